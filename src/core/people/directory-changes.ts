/**
 * Changes of the directory whose consequences are not all drawn yet. An import draws them itself; the schedule does if it has
 * not come to an end after a while. All times are business time.
 */
export interface DirectoryChanges {
  /** Claims what is due for a while; null if nothing is. Returns when it is due again, which is what settles it. */
  claim(now: Date): Promise<Date | null>
  /** Everything followed from the changes that were due again at `claim`, unless there were more since. */
  settle(claim: Date): Promise<void>
  /** Bookings that may not agree with the directory, oldest first: somebody has to decide, or their requester has left. */
  concernedBookings(now: Date): Promise<string[]>
}
