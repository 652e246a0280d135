import { BookingError } from '../booking-error.ts'
import { type Person, readerZone } from '../people/person.ts'
import { requireActivePerson } from '../people/require-active-person.ts'
import type { Change, Deps, RequestSituation } from '../ports.ts'
import type { Booking, BookingEventType, NewBooking } from './booking.ts'
import { changeBooking, changeTo } from './change-booking.ts'
import { checkPassengers } from './check-request.ts'
import { type CarOfTrip, checkSeats, checkTrip, newCar, suitableVehicles, type TripForm } from './check-trip.ts'
import { checkTripLength, checkTripWindow } from './check-trip-window.ts'
import { decideTripChange } from './decide-trip-change.ts'
import { lastChange } from './last-change.ts'
import { noVehicleFree } from './no-vehicle-free.ts'
import { isLive } from './status.ts'
import { openMatter } from './trip-change.ts'

export interface ChangeTrip extends TripForm {
  bookingId: string
  actorId: string
}

/** What became of it: `became` is null where the booking was that trip already. */
export interface TripChanged {
  booking: Booking
  became: BookingEventType | null
}

/** Whether a booking can be changed at all now: it is live, and has not departed. */
export function canBeChanged({ status, window }: NewBooking, now: Date): boolean {
  return isLive(status) && status !== 'in_use' && now < window.startsAt
}

/**
 * Changes a booking, or answers whoever asked for a change of it. Only the requester may. What becomes of it is
 * {@link decideTripChange}'s affair.
 * @throws BookingError as `requestBooking` does for what is wrong with the form, `vehicle_taken` / `no_vehicle_free` when
 * somebody else holds the car then, `driver_busy`, `no_approver`, `booking_not_found`, `not_your_booking`, `not_possible_now`, `departed`
 */
export async function changeTrip(deps: Deps, input: ChangeTrip): Promise<TripChanged> {
  const cars = { taken: new Set<string>(), tried: '' }
  for (;;) {
    try {
      return await tryToChange(deps, input, cars)
    } catch (error) {
      if (!(error instanceof BookingError) || error.code !== 'vehicle_taken' || input.vehicleId !== null) throw error
      // Any suitable car was asked for, and the best one is somebody else's by now: there may be another.
      cars.taken.add(cars.tried)
    }
  }
}

async function tryToChange(
  deps: Deps,
  input: ChangeTrip,
  cars: { taken: Set<string>; tried: string },
): Promise<TripChanged> {
  let became: BookingEventType | null = null
  const booking = await changeBooking(
    deps,
    () => deps.store.findBooking(input.bookingId),
    async (before) => {
      const actor = await requireActivePerson(deps.store, input.actorId)
      const now = deps.now()
      checkMayChange(before, actor, now)
      checkTripWindow(input.window, now)
      checkTripLength(input.window, readerZone(actor))
      checkPassengers(input.passengers)
      const travellerIds = [...input.driverIds, ...input.companionIds]
      const situation = await deps.store.requestSituation({ ...input, requesterId: before.requester.id, travellerIds })
      const car = candidates(before, situation, input).find(({ vehicle }) => !cars.taken.has(vehicle.id))
      if (!car) {
        const query = { ...input, forBookingId: before.id }
        throw await noVehicleFree(deps.store, before.requester.site, query, situation.free)
      }
      cars.tried = car.vehicle.id
      const to = { ...checkTrip(input, situation, before.requester), ...car }
      const decision = decideTripChange(before, to, situation.deciders, { now, deadlines: deps.deadlines })
      became = decision?.type ?? null
      if (!decision) return null
      const { after, type, also, notices } = decision
      const change = changeTo(deps, { before, after, type, actor, at: now }, notices, null)
      return { ...withEvents(change, also), judgedBy: [actor] }
    },
  )
  return { booking, became }
}

/** @throws BookingError `not_your_booking`, `not_possible_now`, `departed` */
export function checkMayChange(booking: Booking, actor: Pick<Person, 'id'>, now: Date): void {
  if (booking.requester.id !== actor.id) throw new BookingError('not_your_booking', {})
  if (canBeChanged(booking, now)) return
  const { status, window } = booking
  if (isLive(status) && status !== 'in_use') throw new BookingError('departed', { startsAt: window.startsAt })
  throw new BookingError('not_possible_now', { bookingStatus: status, ...lastChange(booking) })
}

/**
 * Returns the cars to try, best first. A booking keeps a car that it has, with what it was promised: the turnaround, and the
 * seats for so many people, even where the car has fewer since, or was retired or moved.
 */
function candidates(before: Booking, situation: RequestSituation, input: ChangeTrip): CarOfTrip[] {
  const asked = openMatter(before).trip
  const own = [asked, before].find(({ vehicle }) => vehicle.id === (input.vehicleId ?? asked.vehicle.id))
  if (!own) return suitableVehicles(situation, input, before.requester).map(newCar)
  const kept = { vehicle: own.vehicle, turnaroundMinutes: own.turnaroundMinutes }
  const isPromised = input.passengers <= own.passengers
  if (input.vehicleId !== null) {
    if (!isPromised) checkSeats(own.vehicle, input.passengers)
    return [kept]
  }
  const fits = own.vehicle.seats >= input.passengers
  const mayStay = fits || isPromised
  const others = suitableVehicles(situation, input, before.requester)
    .filter(({ id }) => id !== own.vehicle.id)
    .map(newCar)
  if (fits) return [kept, ...others]
  return mayStay ? [...others, kept] : others
}

function withEvents(change: Change, also: Change['events']): Change {
  const { booking, events } = change
  return { ...change, events: [...events, ...also], booking: { ...booking, events: [...booking.events, ...also] } }
}
