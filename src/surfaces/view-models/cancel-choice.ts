import type { Booking } from '../../core/booking/booking.ts'
import { canBeCancelled } from '../../core/booking/cancel-booking.ts'
import { mayCancelFor } from '../../core/people/may-cancel-for.ts'
import { type Person, type Role, readerZone } from '../../core/people/person.ts'
import type { CardReader } from './booking-card.ts'
import { bookingName } from './booking-words.ts'
import { clipped } from './clipped.ts'
import { formatWindow } from './format-window.ts'

/** Who reads a list of bookings, and what they may do in it. */
export interface ListReader extends CardReader {
  role: Role
}

export function listReader(person: Person): ListReader {
  return { personId: person.id, role: person.role, zone: readerZone(person) }
}

/** A booking that the reader may cancel now. */
export interface CancelChoice {
  bookingId: string
  /** Which one: "#12, Mon 23 Nov, 09:00 – 17:00, Hamburg"; null on a card, which shows it. */
  about: string | null
  /** Whose booking it is; null: the reader's own. */
  requesterName: string | null
}

export function cancelChoice(booking: Booking, { personId, role, zone }: ListReader, now: Date): CancelChoice | null {
  const { id, requester } = booking
  if (!canBeCancelled(booking, now) || !mayCancelFor({ id: personId, role }, requester.id)) return null
  const requesterName = requester.id === personId ? null : requester.name
  return { bookingId: id, about: aboutBooking(booking, zone, now), requesterName }
}

function aboutBooking({ number, window, requester, destination }: Booking, zone: string, now: Date): string {
  const when = formatWindow(window, zone, requester.site.timeZone, now)
  return `${bookingName(number)}, ${when}, ${clipped(destination, LONGEST_PLACE)}`
}

/** Cancelling asks once, and why for those who care to say. */
export const CANCEL_WORDS = {
  question: 'Cancel this booking?',
  yes: 'Cancel booking',
  no: 'Keep it',
  why: 'Why',
  readBy: 'Read by everybody who is told.',
}

/** Of a name and of a place in a question, in characters. */
const LONGEST_NAME = 40
const LONGEST_PLACE = 30

/** What cancelling does; whoever cancels for somebody else is told for whom. */
export function cancelConsequences({ about, requesterName }: CancelChoice): string {
  const which = about === null ? '' : `${about}. `
  const whose = requesterName === null ? '' : `${clipped(requesterName, LONGEST_NAME)} asked for it. `
  return `${which}${whose}The car is free for others at once, and everybody who was asked or comes along is told.`
}
