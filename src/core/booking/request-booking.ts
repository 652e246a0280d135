import { openApproval } from '../approval/open-steps.ts'
import { BookingError } from '../booking-error.ts'
import { requestedNotices, wantedCards } from '../notification/notices-for.ts'
import { readerZone } from '../people/person.ts'
import { activePerson } from '../people/require-active-person.ts'
import type { Change, Deps, RequestSituation } from '../ports.ts'
import type { Booking, NewBooking } from './booking.ts'
import { TRIES } from './change-booking.ts'
import { checkPassengers } from './check-request.ts'
import { type CarOfTrip, checkTrip, newCar, suitableVehicles, type TripForm } from './check-trip.ts'
import { checkTripLength, checkTripWindow } from './check-trip-window.ts'
import { driverBusy, driverHoldsOf } from './driver-holds.ts'
import { noVehicleFree } from './no-vehicle-free.ts'
import { holdsOf } from './trip-change.ts'

export interface RequestBooking extends TripForm {
  /** The form's own key: the same form, sent twice, makes one booking. */
  requestKey: string
  requesterId: string
}

/**
 * Requests a car and holds it at that moment. A request key that was used before gives the booking it made.
 * @throws BookingError for what is wrong with the form, `vehicle_taken` / `no_vehicle_free` when somebody else was first,
 * `driver_busy` when a driver drives for another booking then,
 * `no_approver` when nobody could decide, `person_not_found` / `person_inactive`
 */
export async function requestBooking(deps: Deps, input: RequestBooking): Promise<Booking> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const booking = await tryToRequest(deps, input)
    if (booking !== 'stale') return booking
  }
  throw new Error('The directory changed five times while one request was decided')
}

async function tryToRequest(deps: Deps, input: RequestBooking): Promise<Booking | 'stale'> {
  const now = deps.now()
  checkTripWindow(input.window, now)
  checkPassengers(input.passengers)
  const situation = await deps.store.requestSituation({
    ...input,
    travellerIds: [...input.driverIds, ...input.companionIds],
  })
  try {
    const { request, vehicles } = decideRequest(situation, input, now)
    for (const vehicle of vehicles) {
      const change = requestChange(deps, { ...request, ...newCar(vehicle) }, situation, now)
      const outcome = await deps.store.commit(change)
      if (outcome.kind === 'committed') return { ...change.booking, number: outcome.number }
      if (outcome.kind === 'stale') return 'stale'
      if (outcome.kind === 'driver_busy') throw driverBusy(outcome.driver, change.booking.requester)
      if (outcome.kind === 'duplicate') break
    }
  } catch (error) {
    return orMadeBefore(deps, input, error)
  }
  return orMadeBefore(deps, input, await noneLeft(deps, situation, input))
}

/**
 * A repeat may find its own first try in the way, or follow one whose answer was lost: that one is the answer, not a refusal.
 * A form that was changed in between is no repeat.
 */
async function orMadeBefore(deps: Deps, input: RequestBooking, refusal: unknown): Promise<Booking> {
  const made = await deps.store.findBookingByRequestKey(input.requestKey)
  if (!made || made.requester.id !== input.requesterId) throw refusal
  if (isSameRequest(made, input)) return made
  throw new BookingError('requested_already', {
    number: made.number,
    window: made.window,
    siteZone: made.requester.site.timeZone,
  })
}

function isSameRequest({ window, passengers, vehicle }: Booking, input: RequestBooking): boolean {
  const sameCar = input.vehicleId === null || input.vehicleId === vehicle.id
  const sameWindow = +window.startsAt === +input.window.startsAt && +window.endsAt === +input.window.endsAt
  return sameCar && sameWindow && passengers === input.passengers
}

/** The request as it would be booked, and the cars to try, best first. */
function decideRequest(situation: RequestSituation, input: RequestBooking, now: Date) {
  const requester = activePerson(situation.requester)
  checkTripLength(input.window, readerZone(requester))
  const request: Omit<NewBooking, keyof CarOfTrip> = {
    ...checkTrip(input, situation, requester),
    id: crypto.randomUUID(),
    requestKey: input.requestKey,
    requester,
    status: 'pending_manager',
    version: 1,
    round: 1,
    change: null,
    steps: [],
    events: [],
    createdAt: now,
  }
  return { request, vehicles: suitableVehicles(situation, input, requester) }
}

async function noneLeft(deps: Deps, situation: RequestSituation, input: RequestBooking): Promise<BookingError> {
  const { vehicle, free } = situation
  if (input.vehicleId !== null && vehicle) return new BookingError('vehicle_taken', { vehicleName: vehicle.name })
  return noVehicleFree(deps.store, activePerson(situation.requester).site, { ...input, forBookingId: null }, free)
}

function requestChange(deps: Deps, request: NewBooking, situation: RequestSituation, now: Date): Change {
  const requested = {
    id: crypto.randomUUID(),
    type: 'booking.requested',
    actor: { id: request.requester.id, name: request.requester.name },
    at: now,
  } as const
  const { booking, events } = openApproval(request, situation.deciders, { now, deadlines: deps.deadlines })
  const { id: actorId, name: actorName } = booking.requester
  const said = { actorId, actorName, comment: null, wasApproved: false }
  return {
    booking: { ...booking, events: [requested, ...events] },
    expected: null,
    holds: holdsOf(booking),
    driverHolds: driverHoldsOf(booking).map((hold) => ({ ...hold, isNew: true })),
    rewritesTravellers: true,
    events: [requested, ...events],
    notices: requestedNotices({ channels: deps.channels, event: requested, booking, said }),
    cards: wantedCards(booking, deps.channels),
    audit: {
      actorId: booking.requester.id,
      action: requested.type,
      at: now,
      old: null,
      new: { status: booking.status, version: booking.version, vehicleId: booking.vehicle.id },
    },
  }
}
