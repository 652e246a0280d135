import { BookingError } from '../booking-error.ts'
import { sameTimeDaysLater } from '../time/wall-clock.ts'
import type { TripWindow } from './trip-window.ts'

const LONGEST_TRIP_DAYS = 30

/**
 * Refuses a window nobody can drive in.
 * @throws BookingError `window_ends_before_start`, `window_starts_in_past`
 */
export function checkTripWindow(window: TripWindow, now: Date): void {
  if (!(window.endsAt > window.startsAt)) throw new BookingError('window_ends_before_start', { window })
  if (!(window.startsAt > now)) throw new BookingError('window_starts_in_past', { window, now })
}

/**
 * Refuses a trip of too many days, as the calendar of `zone` (IANA) counts them: 10 Oct, 09:00 to 9 Nov, 09:00 are 30 days, whether
 * the clocks change in between or not.
 * @throws BookingError `window_too_long`
 */
export function checkTripLength(window: TripWindow, zone: string): void {
  if (window.endsAt > sameTimeDaysLater(window.startsAt, LONGEST_TRIP_DAYS, zone)) {
    throw new BookingError('window_too_long', { window, days: LONGEST_TRIP_DAYS })
  }
}
