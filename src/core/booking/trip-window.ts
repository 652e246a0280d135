import { addHours, addMinutes } from 'date-fns'
import { BookingError } from '../booking-error.ts'

/** Half-open: a trip that ends at 10:00 and one that starts at 10:00 do not touch. */
export interface TripWindow {
  startsAt: Date
  endsAt: Date
}

/** Days of 24 hours, as a trip's length is shown: no clock, least of all the server's, makes them longer or shorter. */
const LONGEST_TRIP_DAYS = 30

/**
 * Refuses a window nobody can drive in.
 * @throws BookingError `window_ends_before_start`, `window_starts_in_past`, `window_too_long`
 */
export function checkTripWindow(window: TripWindow, now: Date): void {
  if (!(window.endsAt > window.startsAt)) throw new BookingError('window_ends_before_start', { window })
  if (!(window.startsAt > now)) throw new BookingError('window_starts_in_past', { window, now })
  if (window.endsAt > addHours(window.startsAt, LONGEST_TRIP_DAYS * 24)) {
    throw new BookingError('window_too_long', { window, days: LONGEST_TRIP_DAYS })
  }
}

/** What is held of the car for a trip: the trip and the time it takes to make the car ready for the next one. */
export function heldWindow(window: TripWindow, turnaroundMinutes: number): TripWindow {
  return { startsAt: window.startsAt, endsAt: addMinutes(window.endsAt, turnaroundMinutes) }
}
