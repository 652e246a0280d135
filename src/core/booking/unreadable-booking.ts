/** A booking whose row cannot be read: somebody wrote to the database by hand, or it is damaged. It takes no other with it. */
export class UnreadableBooking extends Error {
  readonly bookingId: string

  constructor(bookingId: string, cause: unknown) {
    super(`Booking ${bookingId} cannot be read`, { cause })
    this.name = 'UnreadableBooking'
    this.bookingId = bookingId
  }
}
