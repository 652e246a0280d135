import { BookingError } from '../booking-error.ts'
import { bySuitability, type Vehicle } from '../fleet/vehicle.ts'
import type { Person } from '../people/person.ts'
import type { RequestSituation } from '../ports.ts'
import type { BookingReason, BookingType, Trip } from './booking.ts'
import { checkEverybodyFits, checkText, checkTravellers, type NamedTravellers } from './check-request.ts'
import type { TripWindow } from './trip-window.ts'

/** A trip as its form says it. */
export interface TripForm extends NamedTravellers {
  window: TripWindow
  passengers: number
  /** Null: any suitable car. */
  vehicleId: string | null
  destination: string
  type: BookingType
  reason: BookingReason
  details: string
}

/** What a trip has from its car. */
export type CarOfTrip = Pick<Trip, 'vehicle' | 'turnaroundMinutes'>

/** Returns what a trip has from a car that is new to it: the turnaround is the one that the car needs now. */
export function newCar(vehicle: Vehicle): CarOfTrip {
  return { vehicle, turnaroundMinutes: vehicle.turnaroundMinutes }
}

/**
 * The trip that a form asks for, but for its car.
 * @throws BookingError as {@link checkTravellers}, {@link checkEverybodyFits} and {@link checkText} do
 */
export function checkTrip(form: TripForm, situation: RequestSituation, requester: Person): Omit<Trip, keyof CarOfTrip> {
  const travellers = checkTravellers(form, requester, situation.travellers)
  checkEverybodyFits(travellers, form.passengers)
  return {
    window: form.window,
    passengers: form.passengers,
    destination: checkText('destination', form.destination, { required: true }),
    type: form.type,
    reason: form.reason,
    details: checkText('details', form.details, { required: false }),
    travellers,
  }
}

/**
 * Returns the cars to try for what a form asks for, best first. Any suitable car is one of the requester's own site; of other
 * sites' cars people choose one by name.
 * @throws BookingError `vehicle_not_found`, `vehicle_too_small`
 */
export function suitableVehicles(situation: RequestSituation, form: TripForm, requester: Person): Vehicle[] {
  if (form.vehicleId === null) {
    const own = situation.free.filter(({ site }) => site.id === requester.site.id)
    return own.toSorted(bySuitability(requester.site.id))
  }
  const { vehicle } = situation
  if (!vehicle) throw new BookingError('vehicle_not_found', {})
  checkSeats(vehicle, form.passengers)
  return [vehicle]
}

/** @throws BookingError `vehicle_too_small` */
export function checkSeats({ name: vehicleName, seats }: Vehicle, passengers: number): void {
  if (seats < passengers) throw new BookingError('vehicle_too_small', { vehicleName, seats, passengers })
}
