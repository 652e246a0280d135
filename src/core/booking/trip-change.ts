import { max } from 'date-fns/max'
import { min } from 'date-fns/min'
import { BookingError } from '../booking-error.ts'
import type { NewBooking, Trip } from './booking.ts'
import { lastChange } from './last-change.ts'
import { type BookingAction, type BookingStatus, isLive, isUndecided, nextStatus } from './status.ts'
import { heldWindow, type TripWindow } from './trip-window.ts'

/** A car and how long it is claimed, its turnaround included. */
export interface Hold {
  vehicleId: string
  window: TripWindow
}

/** The trip of a booking as it stands. */
export function tripOf(booking: Trip): Trip {
  const { vehicle, window, turnaroundMinutes, passengers, destination, type, reason, details, travellers } = booking
  return { vehicle, window, turnaroundMinutes, passengers, destination, type, reason, details, travellers }
}

/** The change that somebody still has to decide or to answer, while the booking stands as it was. */
export function openChange({ change }: NewBooking): NewBooking['change'] {
  return change && isUndecided(change.status) ? change : null
}

/** What there is to decide: the change of a booking that stands, else the booking itself. */
export function openMatter(booking: NewBooking): { status: BookingStatus; trip: Trip } {
  return openChange(booking) ?? { status: booking.status, trip: tripOf(booking) }
}

/** From when on what is undecided can no longer be approved: neither trip may have begun. */
export function departureOf(booking: NewBooking): Date {
  const { trip } = openMatter(booking)
  return min([trip.window.startsAt, booking.window.startsAt])
}

/**
 * Takes what there is to decide one status further. A change that is approved is the booking from then on, and keeps what it
 * was before; one that comes to nothing leaves the booking as it stands.
 * @throws BookingError `not_possible_now`
 */
export function advance<B extends NewBooking>(booking: B, action: BookingAction): B {
  const matter = openMatter(booking)
  const status = nextStatus(matter.status, action)
  if (!status) throw new BookingError('not_possible_now', { bookingStatus: matter.status, ...lastChange(booking) })
  if (!openChange(booking)) return { ...booking, status }
  return status === 'approved'
    ? { ...booking, ...matter.trip, change: { status, trip: tripOf(booking) } }
    : { ...booking, change: { status, trip: matter.trip } }
}

/**
 * Whether an approver has to see a trip again that is changed so: earlier, later or longer, elsewhere, with another car or for
 * another purpose. Who comes along, the note, and a shorter trip within the old one are the requester's own affair.
 */
export function isMaterial(from: Trip, to: Trip): boolean {
  const outside = to.window.startsAt < from.window.startsAt || to.window.endsAt > from.window.endsAt
  return (
    outside ||
    to.vehicle.id !== from.vehicle.id ||
    to.destination !== from.destination ||
    to.type !== from.type ||
    to.reason !== from.reason
  )
}

/** Whether nothing at all was changed. */
export function isSameTrip(a: Trip, b: Trip): boolean {
  const sameWindow = +a.window.startsAt === +b.window.startsAt && +a.window.endsAt === +b.window.endsAt
  const named = ({ travellers }: Trip) =>
    travellers.map(({ kind, person, name }) => `${kind} ${person?.id ?? name}`).join()
  return (
    sameWindow && !isMaterial(a, b) && a.passengers === b.passengers && a.details === b.details && named(a) === named(b)
  )
}

/** What a booking holds: its car, and while a change of it is open also what the change asks for. */
export function holdsOf(booking: NewBooking): Hold[] {
  if (!isLive(booking.status)) return []
  const own = holdOf(booking)
  const change = openChange(booking)
  if (!change) return [own]
  const proposed = holdOf(change.trip)
  const touches =
    own.vehicleId === proposed.vehicleId &&
    own.window.startsAt <= proposed.window.endsAt &&
    proposed.window.startsAt <= own.window.endsAt
  return touches ? [{ vehicleId: own.vehicleId, window: covering(own.window, proposed.window) }] : [own, proposed]
}

function holdOf({ vehicle, window, turnaroundMinutes }: Trip): Hold {
  return { vehicleId: vehicle.id, window: heldWindow(window, turnaroundMinutes) }
}

function covering(a: TripWindow, b: TripWindow): TripWindow {
  return { startsAt: min([a.startsAt, b.startsAt]), endsAt: max([a.endsAt, b.endsAt]) }
}
