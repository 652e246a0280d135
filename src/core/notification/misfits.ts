import type { Booking, BookingEvent } from '../booking/booking.ts'
import type { Misfit } from '../booking/misfit.ts'
import type { Notice } from './notice.ts'

/** Tells the admins of a look. */
export interface MisfitReport {
  bookingId: string
  event: BookingEvent
  notices: Notice[]
}

/** The nightly look at whether bookings, holds, approvals and notices fit together. */
export interface Misfits {
  /**
   * Claims the look that is due, for a while in real time; null if none is, or somebody else has it. The first look ever is
   * due at `next` (business time).
   */
  claim(now: Date, next: Date): Promise<string | null>
  /** Gives a look back that failed: it is due as before. */
  release(claim: string): Promise<void>
  /** All there are at this moment, by the bookings' numbers. */
  find(now: Date): Promise<Misfit[]>
  /** The booking through which a report is told, without the change of it, which may be what cannot be read. */
  read(bookingId: string): Promise<Booking | null>
  /**
   * Keeps what was found, so that the next look (at `next`) knows what is new, and writes the report, if there is one, with
   * it. Returns false, and writes nothing, if somebody else has claimed this look since.
   */
  keep(look: { claim: string; at: Date; next: Date }, found: Misfit[], report: MisfitReport | null): Promise<boolean>
}
