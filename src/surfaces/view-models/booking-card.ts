import { differenceInHours } from 'date-fns'
import { checkMayDecide } from '../../core/approval/decide-step.ts'
import type { SkipReason, Step, StepKind } from '../../core/approval/step.ts'
import type { Booking } from '../../core/booking/booking.ts'
import { nextStatus } from '../../core/booking/status.ts'
import { BookingError } from '../../core/booking-error.ts'
import type { Person } from '../../core/people/person.ts'
import {
  bookingName,
  bookingStatusWords,
  carName,
  passengersPhrase,
  REASON_WORDS,
  TYPE_WORDS,
  travellersPhrase,
} from './booking-words.ts'
import { formatLength, formatMoment, formatWindow } from './format-window.ts'

/** Who reads a card, and in which zone (IANA). */
export interface CardReader {
  personId: string
  zone: string
}

/**
 * A living message about a booking, as facts and words: every platform draws the same. Plain text throughout; what people
 * typed is in it as typed.
 */
export interface BookingCard {
  bookingId: string
  /** Who wants what and when, in one line. */
  headline: string
  facts: { label: string; text: string }[]
  details: string
  /** What is odd about it. */
  remarks: string[]
  /** What has been decided, a line each: who, what, when, why. */
  outcomes: Outcome[]
  /** Who is to answer, and until when; null when nobody is. */
  waiting: string | null
  /** What the reader may do, if anything. */
  action: { kind: 'decide'; stepId: string } | { kind: 'cancel' } | null
}

export interface Outcome {
  mark: 'good' | 'bad' | 'neutral'
  text: string
}

/** Departures this close to the request are pointed out to those who decide. */
const SHORT_NOTICE_HOURS = 24

/** The requester's card: how their request stands. */
export function requestCard(booking: Booking, reader: CardReader, now: Date): BookingCard {
  const window = windowOf(booking, reader, now)
  return {
    ...cardBody(booking, reader, now),
    headline: `Your booking ${bookingName(booking.number)}: ${booking.vehicle.name}, ${window}`,
    action: nextStatus(booking.status, 'cancel') && booking.window.startsAt > now ? { kind: 'cancel' } : null,
  }
}

/** An approver's card, about the step of `kind` in which they were asked. */
export function approvalCard(booking: Booking, kind: StepKind, reader: CardReader, now: Date): BookingCard {
  const step = booking.steps.findLast((candidate) => candidate.kind === kind)
  const ask = step?.asks.find((candidate) => candidate.person.id === reader.personId)
  const mayDecide = step && ask && booking.window.startsAt > now && canDecide(booking, step, ask.person)
  const { requester } = booking
  const who = requester.department ? `${requester.name} (${requester.department})` : requester.name
  const body = cardBody(booking, reader, now)
  return {
    ...body,
    headline: `${who} asks for a car: ${windowOf(booking, reader, now)}`,
    waiting:
      mayDecide && step.dueAt ? `Please answer until ${formatMoment(step.dueAt, reader.zone, now)}` : body.waiting,
    action: mayDecide ? { kind: 'decide', stepId: step.id } : null,
  }
}

function canDecide(booking: Booking, step: Step, person: Person): boolean {
  try {
    checkMayDecide(booking, step.id, person)
    return person.active
  } catch (error) {
    if (error instanceof BookingError) return false
    throw error
  }
}

function cardBody(booking: Booking, reader: CardReader, now: Date): Omit<BookingCard, 'headline' | 'action'> {
  const { vehicle, requester } = booking
  const site = vehicle.site.id === requester.site.id ? '' : `, ${vehicle.site.name}`
  return {
    bookingId: booking.id,
    facts: [
      { label: 'When', text: `${windowOf(booking, reader, now)} (${formatLength(booking.window)})` },
      { label: 'Car', text: `${carName(vehicle)}, ${vehicle.seats} seats${site}` },
      {
        label: 'Where and why',
        text: `${booking.destination}: ${TYPE_WORDS[booking.type].toLowerCase()}, ${REASON_WORDS[booking.reason].toLowerCase()}`,
      },
      { label: `Aboard: ${passengersPhrase(booking.passengers)}`, text: travellersPhrase(booking.travellers) },
    ],
    details: booking.details,
    remarks: isShortNotice(booking)
      ? [
          `Short notice: asked ${formatLength({ startsAt: booking.createdAt, endsAt: booking.window.startsAt })} before departure`,
        ]
      : [],
    outcomes: outcomesOf(booking, reader.zone, now),
    waiting: waitingFor(booking, reader.zone, now),
  }
}

function isShortNotice(booking: Booking): boolean {
  return differenceInHours(booking.window.startsAt, booking.createdAt) < SHORT_NOTICE_HOURS
}

function windowOf(booking: Booking, reader: CardReader, now: Date): string {
  return formatWindow(booking.window, reader.zone, booking.vehicle.site.timeZone, now)
}

function waitingFor(booking: Booking, zone: string, now: Date): string | null {
  const open = booking.steps.find((step) => step.status === 'open')
  if (!open) return null
  const until = open.dueAt ? `, until ${formatMoment(open.dueAt, zone, now)}` : ''
  const names = open.asks.map((ask) => ask.person.name)
  return `Waiting for ${open.kind === 'hr' ? `HR (${shortList(names)})` : shortList(names)}${until}`
}

/** "Anna, Ben or 3 others": a card is no address list. */
function shortList(names: string[]): string {
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} or ${names.length - 2} others`
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : (names[0] ?? '')
}

const SKIPPED: Record<SkipReason, string> = {
  no_manager: 'No manager is on record, so HR decides alone',
  manager_inactive: 'The manager has left, so HR decides alone',
}

function outcomesOf(booking: Booking, zone: string, now: Date): Outcome[] {
  const steps = booking.steps.flatMap((step): Outcome[] => {
    if (step.skipReason) return [{ mark: 'neutral', text: SKIPPED[step.skipReason] }]
    if (!step.decidedBy || !step.closedAt) return []
    const as = step.kind === 'hr' ? 'for HR' : 'as manager'
    const why = step.comment ? `: “${step.comment}”` : ''
    const approved = step.status === 'approved'
    const when = formatMoment(step.closedAt, zone, now)
    return [
      {
        mark: approved ? 'good' : 'bad',
        text: `${approved ? 'Approved' : 'Rejected'} by ${step.decidedBy.name} ${as}, ${when}${why}`,
      },
    ]
  })
  const cancelled = booking.events.findLast((event) => event.type === 'booking.cancelled')
  if (cancelled) {
    const by = cancelled.actor ? ` by ${cancelled.actor.name}` : ''
    steps.push({ mark: 'bad', text: `Cancelled${by}, ${formatMoment(cancelled.at, zone, now)}` })
  } else if (booking.status === 'expired' || booking.status === 'no_show') {
    steps.push({ mark: 'bad', text: bookingStatusWords(booking.status) })
  }
  return steps
}
