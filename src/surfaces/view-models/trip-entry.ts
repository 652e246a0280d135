import type { Booking } from '../../core/booking/booking.ts'
import { type CardReader, requestCard } from './booking-card.ts'
import { bookingName } from './booking-words.ts'
import { formatDateTime, formatWindow } from './format-window.ts'
import { tripLine } from './home.ts'

/** One of somebody's next trips, in two lines. */
export interface TripEntry {
  bookingId: string
  text: string
  role: string
  mayCancel: boolean
}

export function tripEntry(booking: Booking, reader: CardReader, now: Date): TripEntry {
  const isTheirs = booking.requester.id === reader.personId
  const role = roleWords(booking, reader.personId)
  return {
    bookingId: booking.id,
    text: tripLine(booking, reader.zone, now),
    role: isTheirs ? role : `${role}; asked for by ${booking.requester.name}`,
    mayCancel: isTheirs && requestCard(booking, reader, now).action !== null,
  }
}

function roleWords({ travellers }: Booking, personId: string): string {
  const kind = travellers.find(({ person }) => person?.id === personId)?.kind
  if (kind === 'driver') return 'You drive'
  return kind === 'companion' ? 'You come along' : 'You asked for it, and others travel'
}

/** "#12, Anna Schmidt: Mon 23 Nov, 09:00 – 17:00, Hamburg. You approved it, Fri 20 Nov, 10:12." */
export function decidedLine(booking: Booking, { personId, zone }: CardReader, now: Date): string {
  const { number, requester, window, destination, steps, vehicle } = booking
  const own = steps.findLast((step) => step.decidedBy?.id === personId)
  const when = own?.closedAt ? `, ${formatDateTime(own.closedAt, zone, vehicle.site.timeZone, now)}` : ''
  const trip = `${formatWindow(window, zone, vehicle.site.timeZone, now)}, ${destination}`
  const verb = own?.status === 'rejected' ? 'rejected' : 'approved'
  return `${bookingName(number)}, ${requester.name}: ${trip}. You ${verb} it${when}`
}
