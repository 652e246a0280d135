import type { Unreadable } from './find-bookings.ts'

interface Log {
  error(about: object, message: string): void
}

/** Returns what logs each booking that cannot be read, once in the life of the process: lists are read at every look. */
export function reportOnce(log: Log): Unreadable {
  const reported = new Set<string>()
  return (error) => {
    if (reported.has(error.bookingId)) return
    reported.add(error.bookingId)
    log.error({ err: error, booking: error.bookingId }, 'A booking cannot be read, and is left out of lists')
  }
}
