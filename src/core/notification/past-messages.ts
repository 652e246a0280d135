/** A booking in the order in which bookings ended; as text, for a Date would lose microseconds. */
export interface EndedBooking {
  endsAt: string
  id: string
}

/**
 * What was told about bookings that are over: notices, their deliveries and cards. Bookings themselves, their steps, events
 * and the audit trail are kept for good.
 */
export interface PastMessages {
  /**
   * Deletes what was told about at most `limit` bookings that ended before `endedBefore`, read or not, the first that ended
   * after `after` first. Keeps what is still to be sent or drawn, and what was given up after `endedBefore`: a later call
   * finds it. Returns the last of these bookings, or null if there were none; of several callers each takes others.
   */
  prune(endedBefore: Date, after: EndedBooking | null, limit: number): Promise<EndedBooking | null>
}
