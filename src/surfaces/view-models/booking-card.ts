import { refusalToDecide } from '../../core/approval/may-decide.ts'
import type { StepKind } from '../../core/approval/step.ts'
import type { Booking, Trip } from '../../core/booking/booking.ts'
import { waitingStep } from '../../core/booking/next-due.ts'
import { isUndecided } from '../../core/booking/status.ts'
import { departureOf, openChange, openMatter } from '../../core/booking/trip-change.ts'
import type { DueBookingCard } from '../../core/notification/delivery.ts'
import { announcementWords } from './announcement-words.ts'
import {
  bookingName,
  carName,
  passengersPhrase,
  purposePhrase,
  seatsPhrase,
  travellersPhrase,
} from './booking-words.ts'
import { type Moment, type Outcome, outcomesOf } from './card-outcomes.ts'
import { answerWords, readersPart, waitingWords } from './card-waiting.ts'
import { clipped } from './clipped.ts'
import { formatDateTime, formatLength, formatWindow } from './format-window.ts'
import { shortNoticeWords } from './oddity-words.ts'
import { type OwnAction, ownAction } from './own-action.ts'
import { shownTrip, type TripChange, tripChanges } from './trip-changes.ts'

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
  /** Why it stands here again, the first line in one sentence. */
  announcement?: string[]
  /** Who wants what and when, in one line. */
  headline: string
  /** How its reader comes to be asked, or no longer is; null where that is plain. */
  part: string | null
  /** What an open change changes, old beside new. Those who decide see it here instead of among the facts. */
  changes: { title: string; lines: TripChange[] } | null
  facts: { label: string; text: string }[]
  details: string
  /** What is odd about it. */
  remarks: string[]
  /** What has been decided, a line each: who, what, when, why. */
  outcomes: Outcome[]
  /** Who is to answer, and until when; null when nobody is. */
  waiting: string | null
  /** What the reader may do, if anything. `decide`: approve, reject, or ask for a change. */
  action: { kind: 'decide'; stepId: string } | OwnAction | null
}

/** A card is looked at for days: it says no "today". */
function momentsOf(booking: Booking, { zone }: CardReader, now: Date): Moment {
  return (at) => formatDateTime(at, zone, booking.requester.site.timeZone, now)
}

/** What a card that is due shows its recipient. */
export function cardFor(
  due: Pick<DueBookingCard, 'kind' | 'recipient' | 'announcement'>,
  booking: Booking,
  now: Date,
): BookingCard {
  const card = cardOf(due, booking, now)
  const asks =
    due.kind === 'request' ? waitingStep(booking)?.status === 'changes_requested' : card.action?.kind === 'decide'
  return asks && due.announcement
    ? { ...card, announcement: announcementWords(due.announcement, due.recipient.zone) }
    : card
}

function cardOf(
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
  const change = openChange(booking)
  const moment = momentsOf(booking, reader, now)
  const title = 'You asked for a change. Until it is decided, your booking stands as it is.'
  return {
    bookingId: booking.id,
    headline: `Your booking ${bookingName(booking.number)}: ${windowOf(booking, booking, reader, now)}`,
    part: null,
    changes: change && { title, lines: changesBetween(booking, booking, change.trip, reader, now) },
    facts: factsOf(booking, booking).map(({ label, text }) => ({ label, text })),
    details: booking.details,
    remarks: [],
    outcomes: outcomesOf(booking, moment),
    waiting: waitingWords(booking, true, moment),
    action: ownAction(booking, now),
  }
}

/** An approver's card, about the step of `kind` in which they were asked. While a change is open, it is about that. */
export function approvalCard(booking: Booking, kind: StepKind, reader: CardReader, now: Date): BookingCard {
  const step = booking.steps.findLast((candidate) => candidate.kind === kind)
  const ask = step?.asks.find((candidate) => candidate.person.id === reader.personId)
  const mayDecide = step && ask && departureOf(booking) > now && !refusalToDecide(booking, step, ask.person)
  const { trip } = openMatter(booking)
  const moment = momentsOf(booking, reader, now)
  const changes = changesToDecide(booking, reader, now)
  const changed = new Set<string>(changes?.lines.map(({ label }) => label))
  const asks = openChange(booking) ? 'asks to change a trip' : 'asks for a car'
  return {
    bookingId: booking.id,
    headline: `${requesterOf(booking)} ${asks}: ${windowOf(booking, trip, reader, now)}, ${bookingName(booking.number)}`,
    part: readersPart(step, reader.personId, moment),
    changes,
    facts: factsOf(booking, trip)
      .filter(({ saysOnly }) => !saysOnly.every((label) => changed.has(label)))
      .map(({ label, text }) => ({ label, text })),
    details: trip.details,
    remarks: openChange(booking) ? [] : [shortNoticeWords(booking.createdAt, trip.window.startsAt) ?? []].flat(),
    outcomes: outcomesOf(booking, moment),
    waiting: (mayDecide && answerWords(step, moment)) || waitingWords(booking, false, moment),
    action: mayDecide ? { kind: 'decide', stepId: step.id } : null,
  }
}

/** What is decided anew: a change of a booking that stands, or what was changed of a request that had been sent before. */
function changesToDecide(booking: Booking, reader: CardReader, now: Date): BookingCard['changes'] {
  const open = openChange(booking)
  if (open) return { title: 'What would change', lines: changesBetween(booking, booking, open.trip, reader, now) }
  const { change } = booking
  if (!change || !isUndecided(booking.status)) return null
  return {
    title: 'What was changed since it was first sent',
    lines: changesBetween(booking, change.trip, booking, reader, now),
  }
}

function changesBetween({ requester }: Booking, from: Trip, to: Trip, { zone }: CardReader, now: Date): TripChange[] {
  const lines = tripChanges(shownTrip(from, requester), shownTrip(to, requester), zone, now)
  return lines.map(({ label, was, is }) => ({ label, was: clipped(was, MOST), is: clipped(is, MOST) }))
}

/** What is shown of one side of a change, in characters: a new note stands below as a whole. */
const MOST = 400

function requesterOf({ requester }: Booking): string {
  return requester.department ? `${requester.name} (${requester.department})` : requester.name
}

/** `saysOnly`: where all of that is told as a change, the fact would say it twice. */
function factsOf(
  { requester }: Booking,
  trip: Trip,
): { label: string; text: string; saysOnly: TripChange['label'][] }[] {
  const { vehicle } = trip
  const site = vehicle.site.id === requester.site.id ? '' : `, ${vehicle.site.name}`
  return [
    { label: 'Car', text: `${carName(vehicle)}, ${seatsPhrase(vehicle.seats)}${site}`, saysOnly: ['Car'] },
    {
      label: 'Where and why',
      text: `${trip.destination}: ${purposePhrase(trip).toLowerCase()}`,
      saysOnly: ['Where', 'Why'],
    },
    {
      label: `Aboard: ${passengersPhrase(trip.passengers)}`,
      text: travellersPhrase(trip.travellers),
      saysOnly: ['Who'],
    },
  ]
}

function windowOf({ requester }: Booking, { window }: Trip, reader: CardReader, now: Date): string {
  return `${formatWindow(window, reader.zone, requester.site.timeZone, now)}, ${formatLength(window)}`
}
