import type { Step } from '../approval/step.ts'
import type { Vehicle } from '../fleet/vehicle.ts'
import type { Person } from '../people/person.ts'
import type { BookingStatus } from './status.ts'
import type { TripWindow } from './trip-window.ts'

export const BOOKING_TYPES = ['business_trip', 'airport_transfer', 'delivery', 'event', 'other'] as const
export type BookingType = (typeof BOOKING_TYPES)[number]

export const BOOKING_REASONS = ['client_meeting', 'site_visit', 'training', 'internal_meeting', 'other'] as const
export type BookingReason = (typeof BOOKING_REASONS)[number]

/** A driver or companion. A colleague's name is the directory's; others are known by the name that was typed. */
export interface Traveller {
  kind: 'driver' | 'companion'
  person: Person | null
  name: string
}

/** Something that happened to a booking. */
export interface BookingEvent {
  id: string
  type: BookingEventType
  /** Null when the clock or the rules did it. */
  actor: Pick<Person, 'id' | 'name'> | null
  at: Date
}

export type BookingEventType =
  | 'booking.requested'
  | 'booking.changed'
  | 'booking.resubmitted'
  | 'booking.approved'
  | 'booking.rejected'
  | 'booking.cancelled'
  | 'booking.expired'
  | 'booking.completed'
  | 'change.requested'
  | 'change.approved'
  | 'change.rejected'
  | 'change.withdrawn'
  | 'change.expired'
  | 'step.skipped'
  | 'step.reasked'
  | 'step.reminded'
  | 'step.escalated'
  | 'step.unanswered'
  | 'step.overdue'
  | 'step.approved'
  | 'step.changes_requested'
  | 'delivery.failed'
  | 'check.failed'

/** What a request asks for: everything its form says. */
export interface Trip {
  vehicle: Vehicle
  window: TripWindow
  /** How long the car is held after the trip. It stays as it was promised, whatever the car needs by now. */
  turnaroundMinutes: number
  passengers: number
  destination: string
  type: BookingType
  reason: BookingReason
  details: string
  /** In the order of the form; the first driver is primary. */
  travellers: Traveller[]
}

/**
 * The other trip of a booking that was or is to be changed. As long as `status` is undecided, and once it came to nothing, it
 * is the trip that was proposed; once `approved`, it is what the booking was before.
 */
export interface TripChange {
  status: BookingStatus
  trip: Trip
}

/** A request and what became of it, with everything a card or a decision needs to know. */
export interface NewBooking extends Trip {
  id: string
  /** The form's own key: the same form twice is the same booking. */
  requestKey: string
  requester: Person
  status: BookingStatus
  /** Grows by one with every change. */
  version: number
  /** Grows when approval starts over. */
  round: number
  change: TripChange | null
  /** In the order in which they were opened. */
  steps: Step[]
  events: BookingEvent[]
  createdAt: Date
}

/** A booking that the store has, and has given a number. */
export interface Booking extends NewBooking {
  /** Short, for people to say. */
  number: number
}
