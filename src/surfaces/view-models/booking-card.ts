import { refusalToDecide } from '../../core/approval/decide-step.ts'
import type { Step, StepKind } from '../../core/approval/step.ts'
import type { Booking } from '../../core/booking/booking.ts'
import { canBeCancelled } from '../../core/booking/cancel-booking.ts'
import type { DueBookingCard } from '../../core/notification/delivery.ts'
import {
  bookingName,
  bookingStatusWords,
  carName,
  passengersPhrase,
  REASON_WORDS,
  seatsPhrase,
  TYPE_WORDS,
  travellersPhrase,
} from './booking-words.ts'
import { formatDateTime, formatLength, formatWindow } from './format-window.ts'
import { SKIP_WORDS, shortNoticeWords } from './oddity-words.ts'

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

type Moment = (at: Date) => string

/** A card is looked at for days: it says no "today". */
function momentsOf(booking: Booking, { zone }: CardReader, now: Date): Moment {
  return (at) => formatDateTime(at, zone, booking.vehicle.site.timeZone, now)
}

/** What a card that is due shows its recipient. */
export function cardFor(
  { kind, recipient }: Pick<DueBookingCard, 'kind' | 'recipient'>,
  booking: Booking,
  now: Date,
): BookingCard {
  const reader = { personId: recipient.personId, zone: recipient.zone }
  switch (kind) {
    case 'request':
      return requestCard(booking, reader, now)
    case 'manager_approval':
      return approvalCard(booking, 'manager', reader, now)
    case 'hr_approval':
      return approvalCard(booking, 'hr', reader, now)
  }
}

/** The requester's card: how their request stands. */
export function requestCard(booking: Booking, reader: CardReader, now: Date): BookingCard {
  return {
    ...cardBody(booking, reader, now),
    headline: `Your booking ${bookingName(booking.number)}: ${windowOf(booking, reader, now)}`,
    action: canBeCancelled(booking, now) ? { kind: 'cancel' } : null,
  }
}

/** An approver's card, about the step of `kind` in which they were asked. */
export function approvalCard(booking: Booking, kind: StepKind, reader: CardReader, now: Date): BookingCard {
  const step = booking.steps.findLast((candidate) => candidate.kind === kind)
  const ask = step?.asks.find((candidate) => candidate.person.id === reader.personId)
  const mayDecide = step && ask && booking.window.startsAt > now && !refusalToDecide(booking, step, ask.person)
  const { requester } = booking
  const who = requester.department ? `${requester.name} (${requester.department})` : requester.name
  const body = cardBody(booking, reader, now)
  const moment = momentsOf(booking, reader, now)
  return {
    ...body,
    remarks: [shortNoticeWords(booking.createdAt, booking.window.startsAt) ?? []].flat(),
    headline: `${who} asks for a car: ${windowOf(booking, reader, now)}, ${bookingName(booking.number)}`,
    waiting: mayDecide && step.dueAt ? `Please answer by ${moment(step.dueAt)}` : body.waiting,
    action: mayDecide ? { kind: 'decide', stepId: step.id } : null,
  }
}

function cardBody(booking: Booking, reader: CardReader, now: Date): Omit<BookingCard, 'headline' | 'action'> {
  const { vehicle, requester } = booking
  const moment = momentsOf(booking, reader, now)
  const site = vehicle.site.id === requester.site.id ? '' : `, ${vehicle.site.name}`
  return {
    bookingId: booking.id,
    facts: [
      { label: 'Car', text: `${carName(vehicle)}, ${seatsPhrase(vehicle.seats)}${site}` },
      {
        label: 'Where and why',
        text: `${booking.destination}: ${TYPE_WORDS[booking.type].toLowerCase()}, ${REASON_WORDS[booking.reason].toLowerCase()}`,
      },
      { label: `Aboard: ${passengersPhrase(booking.passengers)}`, text: travellersPhrase(booking.travellers) },
    ],
    details: booking.details,
    remarks: [],
    outcomes: outcomesOf(booking, moment),
    waiting: waitingFor(booking, moment),
  }
}

function windowOf(booking: Booking, reader: CardReader, now: Date): string {
  const window = formatWindow(booking.window, reader.zone, booking.vehicle.site.timeZone, now)
  return `${window}, ${formatLength(booking.window)}`
}

function waitingFor(booking: Booking, moment: Moment): string | null {
  const open = booking.steps.find((step) => step.status === 'open')
  if (!open) return null
  const until = open.dueAt ? `, by ${moment(open.dueAt)}` : ''
  const names = open.asks.map((ask) => ask.person.name)
  return `Waiting for ${open.kind === 'hr' ? `${hrOrAdmin(open)} (${shortList(names)})` : shortList(names)}${until}`
}

/** Where there is no usable HR person, the admins are asked in their place. */
function hrOrAdmin({ asks }: Step): string {
  return asks.length > 0 && asks.every((ask) => ask.person.role === 'admin') ? 'an admin' : 'HR'
}

/** "Anna, Ben or 3 others": a card is no address list. */
function shortList(names: string[]): string {
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} or ${names.length - 2} others`
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : (names[0] ?? '')
}

function outcomesOf(booking: Booking, moment: Moment): Outcome[] {
  const steps = booking.steps.flatMap((step): Outcome[] => {
    if (step.skipReason) return [{ mark: 'neutral', text: SKIP_WORDS[step.skipReason] }]
    if (!step.decidedBy || !step.closedAt) return []
    const as = step.kind === 'hr' ? 'for HR' : 'as manager'
    const why = step.comment ? `: “${step.comment}”` : ''
    const approved = step.status === 'approved'
    const when = moment(step.closedAt)
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
    steps.push({ mark: 'bad', text: `Cancelled${by}, ${moment(cancelled.at)}` })
  } else if (booking.status === 'expired' || booking.status === 'no_show') {
    steps.push({ mark: 'bad', text: bookingStatusWords(booking.status) })
  }
  return steps
}
