import { addDays } from 'date-fns/addDays'

/**
 * Days after the end of a booking in which what was not delivered is still tried: a week-end and an outage of some days lose
 * nothing, and nobody is told of a trip that is long over.
 */
const MATTERS_FOR_DAYS = 7

/** True if a message or card about a booking that ended then is of no use to anybody. `bookingEndedAt` null: it is live. */
export function noLongerMatters(bookingEndedAt: Date | null, now: Date): boolean {
  return bookingEndedAt !== null && addDays(bookingEndedAt, MATTERS_FOR_DAYS) <= now
}
