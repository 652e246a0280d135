import type { Booking } from './booking.ts'

/** The bookings for which time brings something about. What is claimed belongs to the claimer until its lease ends. */
export interface DueBookings {
  /** At most so many that are due at `now` (business time), the longest due first. */
  claim(now: Date, limit: number): Promise<string[]>
  /** Those of these bookings that can be read, as they stand, in one go. */
  read(bookingIds: string[]): Promise<Booking[]>
  /** Nothing was to do: says when it is due next, unless the booking has changed since this version. */
  settle(bookingId: string, version: number, nextDueAt: Date | null): Promise<void>
  /** One that cannot be read is claimed again only after a good while. */
  putOff(bookingId: string): Promise<void>
  /** They can be claimed again at once. */
  release(bookingIds: string[]): Promise<void>
}
