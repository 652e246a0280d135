import type { Booking, BookingReason, BookingType, Traveller } from '../../core/booking/booking.ts'
import type { BookingStatus } from '../../core/booking/status.ts'
import { openChange } from '../../core/booking/trip-change.ts'
import type { Vehicle } from '../../core/fleet/vehicle.ts'

export const TYPE_WORDS: Record<BookingType, string> = {
  business_trip: 'Business trip',
  airport_transfer: 'Airport transfer',
  delivery: 'Delivery',
  event: 'Event',
  other: 'Other',
}

export const REASON_WORDS: Record<BookingReason, string> = {
  client_meeting: 'Client meeting',
  site_visit: 'Site visit',
  training: 'Training',
  internal_meeting: 'Internal meeting',
  other: 'Other',
}

/** "#12". */
export function bookingName(number: number): string {
  return `#${number}`
}

/** "Škoda Octavia (B-MP 102)". */
export function carName(vehicle: Pick<Vehicle, 'name' | 'licensePlate'>): string {
  return `${vehicle.name} (${vehicle.licensePlate})`
}

/** "1 person", "4 people": everybody aboard, drivers included. */
export function passengersPhrase(passengers: number): string {
  return passengers === 1 ? '1 person' : `${passengers} people`
}

/** "1 seat", "5 seats". */
export function seatsPhrase(seats: number): string {
  return seats === 1 ? '1 seat' : `${seats} seats`
}

/** "Anna Schmidt (driver), Ben Koch", in the order of the form. */
export function travellersPhrase(travellers: readonly Pick<Traveller, 'kind' | 'name'>[]): string {
  return travellers.map(({ kind, name }) => (kind === 'driver' ? `${name} (driver)` : name)).join(', ')
}

/** "Business trip, client meeting". */
export function purposePhrase({ type, reason }: { type: BookingType; reason: BookingReason }): string {
  return `${TYPE_WORDS[type]}, ${REASON_WORDS[reason].toLowerCase()}`
}

const STATUS_WORDS: Record<BookingStatus, string> = {
  draft: 'Draft',
  pending_manager: 'Waiting for the manager',
  pending_hr: 'Waiting for HR',
  changes_requested: 'Back for a change',
  approved: 'Approved',
  in_use: 'On the road',
  completed: 'Completed',
  rejected: 'Rejected',
  cancelled: 'Cancelled',
  expired: 'Expired',
  no_show: 'Not collected',
}

export function bookingStatusWords(status: BookingStatus): string {
  return STATUS_WORDS[status]
}

/** "Approved", or while a change of it is open "Approved; change: waiting for HR". */
export function standingWords(booking: Booking): string {
  const change = openChange(booking)
  const stands = bookingStatusWords(booking.status)
  return change ? `${stands}; change: ${uncapitalised(bookingStatusWords(change.status))}` : stands
}

export function uncapitalised(words: string): string {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`
}

/** A full stop after what somebody is quoted with, unless they set one. */
export function fullStop(quoted: string | null | undefined): string {
  return /[.!?…]$/.test(quoted?.trim() ?? '') ? '' : '.'
}
