import type { Booking } from '../../core/booking/booking.ts'
import { canBeCancelled } from '../../core/booking/cancel-booking.ts'
import { mayCancelFor } from '../../core/people/may-cancel-for.ts'
import { type Person, type Role, readerZone } from '../../core/people/person.ts'
import type { CardReader } from './booking-card.ts'
import { clipped } from './clipped.ts'

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
  /** Whose booking it is; null: the reader's own. */
  requesterName: string | null
}

export function cancelChoice(booking: Booking, { personId, role }: ListReader, now: Date): CancelChoice | null {
  const { id, requester } = booking
  if (!canBeCancelled(booking, now) || !mayCancelFor({ id: personId, role }, requester.id)) return null
  return { bookingId: id, requesterName: requester.id === personId ? null : requester.name }
}

/** Cancelling asks once. */
export const CANCEL_WORDS = { question: 'Cancel this booking?', yes: 'Cancel booking' }

/** Of a name in a question, in characters. */
const LONGEST_NAME = 60

/** What cancelling does; whoever cancels for somebody else is told for whom. */
export function cancelConsequences({ requesterName }: CancelChoice): string {
  const whose = requesterName === null ? '' : `${clipped(requesterName, LONGEST_NAME)} asked for it. `
  return `${whose}The car is free for others at once, and everybody who was asked is told.`
}
