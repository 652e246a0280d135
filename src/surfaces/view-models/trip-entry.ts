import type { Step } from '../../core/approval/step.ts'
import type { Booking } from '../../core/booking/booking.ts'
import { waitingStep } from '../../core/booking/next-due.ts'
import { isLive } from '../../core/booking/status.ts'
import { openChange, openMatter } from '../../core/booking/trip-change.ts'
import { bookingName, carName, fullStop, standingWords } from './booking-words.ts'
import { type CancelChoice, cancelChoice, type ListReader } from './cancel-choice.ts'
import { formatDateTime, formatWindow } from './format-window.ts'
import { type OwnAction, ownAction } from './own-action.ts'
import { changeLine, shownTrip, tripChanges } from './trip-changes.ts'

/** One of somebody's next trips, in two lines, or three where there is something about it that they have to know. */
export interface TripEntry {
  bookingId: string
  text: string
  /** Empty where there is nothing to say any more. */
  role: string
  /** It is none of their next trips any more: cancelled, expired, or driven. */
  isOver: boolean
  /** What they are asked to change, or what they asked to change; null where there is neither. */
  note: string | null
  /** What the reader may do with their own booking; null where it is somebody else's, or nothing can be done. */
  own: OwnAction | null
  cancel: CancelChoice | null
}

export function tripEntry(booking: Booking, reader: ListReader, now: Date): TripEntry {
  const isTheirs = booking.requester.id === reader.personId
  const role = roleWords(booking, reader.personId)
  const over = isOver(booking, now)
  return {
    bookingId: booking.id,
    text: tripLine(booking, reader.zone, now),
    role: over ? '' : isTheirs ? role : `${role}; asked for by ${booking.requester.name}`,
    isOver: over,
    note: isTheirs && !over ? noteWords(booking, reader.zone, now) : null,
    own: isTheirs ? ownAction(booking, now) : null,
    cancel: cancelChoice(booking, reader, now),
  }
}

/** True if a booking holds no car any more, or its trip has ended. */
export function isOver({ status, window }: Booking, now: Date): boolean {
  return !isLive(status) || window.endsAt <= now
}

/** "Mara Lindt asks for a change: “Please take the train.” Please answer by Tue 3 Nov, 09:00", or the change that is asked for. */
function noteWords(booking: Booking, zone: string, now: Date): string | null {
  if (openMatter(booking).status === 'changes_requested') return askedWords(booking, zone, now)
  const change = openChange(booking)
  if (!change) return null
  const lines = tripChanges(shownTrip(booking, booking.requester), shownTrip(change.trip, booking.requester), zone, now)
  return `You asked for a change. ${lines.map(changeLine).join('; ')}`
}

function askedWords(booking: Booking, zone: string, now: Date): string {
  const { decidedBy, comment, dueAt } = waitingStep(booking) ?? {}
  const until = dueAt ? `Please answer by ${formatDateTime(dueAt, zone, booking.requester.site.timeZone, now)}` : ''
  return `${decidedBy?.name ?? 'An approver'} asks for a change: “${comment ?? ''}”${until && `${fullStop(comment)} ${until}`}`
}

function roleWords({ travellers }: Booking, personId: string): string {
  const kind = travellers.find(({ person }) => person?.id === personId)?.kind
  if (kind === 'driver') return 'You drive'
  return kind === 'companion' ? 'You come along' : 'You asked for it, and others travel'
}

/** "#12: Mon 23 Nov, 09:00 – 17:00, Škoda Octavia (B-MP 505), Hamburg. Waiting for HR, overdue since Tue 17 Nov, 09:00". */
export function tripLine(booking: Booking, zone: string, now: Date): string {
  const window = formatWindow(booking.window, zone, booking.requester.site.timeZone, now)
  const { number, vehicle, destination } = booking
  const overdue = overdueWords(booking, zone, now)
  return `${bookingName(number)}: ${window}, ${carName(vehicle)}, ${destination}. ${standingWords(booking)}${overdue}`
}

function overdueWords(booking: Booking, zone: string, now: Date): string {
  const { dueAt, overdueAt } = waitingStep(booking) ?? {}
  return dueAt && overdueAt
    ? `, overdue since ${formatDateTime(dueAt, zone, booking.requester.site.timeZone, now)}`
    : ''
}

/** A request that somebody decided. */
export interface DecidedEntry {
  bookingId: string
  /** "#12, Anna Schmidt: Mon 23 Nov, 09:00 – 17:00, Hamburg. You approved it, Fri 20 Nov, 10:12". */
  text: string
  cancel: CancelChoice | null
}

export function decidedEntry(booking: Booking, reader: ListReader, now: Date): DecidedEntry {
  const own = booking.steps.findLast((step) => step.decidedBy?.id === reader.personId)
  const since = booking.status === 'cancelled' ? '; cancelled since' : ''
  return {
    bookingId: booking.id,
    text: `${requestOf(booking, reader, now)}. You ${own ? didWords(own, booking, reader, now) : 'decided it'}${since}`,
    cancel: cancelChoice(booking, reader, now),
  }
}

/** A row of a list whose request needs no answer any more: what became of it, in one line. */
export interface DoneRow {
  rowId: string
  text: string
}

/** Returns what became of a request that stood in a list with this step of it. */
export function doneRow(booking: Booking, stepId: string, reader: ListReader, now: Date): DoneRow {
  const step = booking.steps.find(({ id }) => id === stepId)
  const by = step?.decidedBy
  const who = by?.id === reader.personId ? 'You' : by?.name
  const outcome = step && who ? `${who} ${didWords(step, booking, reader, now)}` : standingWords(booking)
  return { rowId: stepId, text: `${requestOf(booking, reader, now)}. ${outcome}` }
}

/** "#12, Anna Schmidt: Mon 23 Nov, 09:00 – 17:00, Hamburg". */
function requestOf(booking: Booking, { zone }: ListReader, now: Date): string {
  const { number, requester, window, destination } = booking
  const when = formatWindow(window, zone, requester.site.timeZone, now)
  return `${bookingName(number)}, ${requester.name}: ${when}, ${destination}`
}

/** "approved it, Fri 20 Nov, 10:12". */
function didWords({ status, closedAt }: Step, { requester }: Booking, { zone }: ListReader, now: Date): string {
  return `${DID[status]}${closedAt ? `, ${formatDateTime(closedAt, zone, requester.site.timeZone, now)}` : ''}`
}

/** What somebody did by whom a step was closed. */
const DID: Record<Step['status'], string> = {
  open: 'decided it',
  approved: 'approved it',
  rejected: 'rejected it',
  changes_requested: 'asked for a change',
  skipped: 'decided it',
  unanswered: 'decided it',
  superseded: 'decided it',
}
