import type { Booking } from '../../core/booking/booking.ts'
import { bookingName, bookingStatusWords, carName } from './booking-words.ts'
import { type CancelChoice, cancelChoice, type ListReader } from './cancel-choice.ts'
import { formatDateTime, formatWindow } from './format-window.ts'

/** One of somebody's next trips, in two lines. */
export interface TripEntry {
  bookingId: string
  text: string
  role: string
  cancel: CancelChoice | null
}

export function tripEntry(booking: Booking, reader: ListReader, now: Date): TripEntry {
  const isTheirs = booking.requester.id === reader.personId
  const role = roleWords(booking, reader.personId)
  return {
    bookingId: booking.id,
    text: tripLine(booking, reader.zone, now),
    role: isTheirs ? role : `${role}; asked for by ${booking.requester.name}`,
    cancel: cancelChoice(booking, reader, now),
  }
}

function roleWords({ travellers }: Booking, personId: string): string {
  const kind = travellers.find(({ person }) => person?.id === personId)?.kind
  if (kind === 'driver') return 'You drive'
  return kind === 'companion' ? 'You come along' : 'You asked for it, and others travel'
}

/** "#12: Mon 23 Nov, 09:00 – 17:00, Škoda Octavia (B-MP 505), Hamburg. Approved". */
export function tripLine(booking: Booking, zone: string, now: Date): string {
  const window = formatWindow(booking.window, zone, booking.vehicle.site.timeZone, now)
  const { number, vehicle, destination, status } = booking
  return `${bookingName(number)}: ${window}, ${carName(vehicle)}, ${destination}. ${bookingStatusWords(status)}`
}

/** A request that somebody decided. */
export interface DecidedEntry {
  bookingId: string
  /** "#12, Anna Schmidt: Mon 23 Nov, 09:00 – 17:00, Hamburg. You approved it, Fri 20 Nov, 10:12". */
  text: string
  cancel: CancelChoice | null
}

export function decidedEntry(booking: Booking, reader: ListReader, now: Date): DecidedEntry {
  const { personId, zone } = reader
  const { number, requester, window, destination, steps, status, vehicle } = booking
  const own = steps.findLast((step) => step.decidedBy?.id === personId)
  const when = own?.closedAt ? `, ${formatDateTime(own.closedAt, zone, vehicle.site.timeZone, now)}` : ''
  const trip = `${formatWindow(window, zone, vehicle.site.timeZone, now)}, ${destination}`
  const verb = own?.status === 'rejected' ? 'rejected' : 'approved'
  const since = status === 'cancelled' ? '; cancelled since' : ''
  return {
    bookingId: booking.id,
    text: `${bookingName(number)}, ${requester.name}: ${trip}. You ${verb} it${when}${since}`,
    cancel: cancelChoice(booking, reader, now),
  }
}
