import type { Booking } from '../../core/booking/booking.ts'
import { openMatter } from '../../core/booking/trip-change.ts'
import { bookingName } from './booking-words.ts'
import { formatWindow } from './format-window.ts'

/** A reason or a comment stands in messages to the requester, and on the cards and in the mails of everybody asked. */
export const DECISION_READ_BY = 'Read by the requester and the other approvers.'

/** Which request is decided: "#12, Anna Schmidt: Mon 23 Nov, 09:00 – 17:00, Hamburg". `zone` is the reader's (IANA). */
export function requestLine(booking: Booking, zone: string, now: Date): string {
  const { number, requester } = booking
  const { window, destination } = openMatter(booking).trip
  const when = formatWindow(window, zone, requester.site.timeZone, now)
  return `${bookingName(number)}, ${requester.name}: ${when}, ${destination}`
}
