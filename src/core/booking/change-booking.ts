import { BookingError } from '../booking-error.ts'
import type { Notice, Said } from '../notification/notice.ts'
import { type Telling, wantedCards } from '../notification/notices-for.ts'
import type { Person } from '../people/person.ts'
import type { Change, Deps } from '../ports.ts'
import type { Booking, BookingEvent, BookingEventType, NewBooking } from './booking.ts'
import { driverBusy, driverHoldsAfter } from './driver-holds.ts'
import { holdsOf, openMatter } from './trip-change.ts'

/** How often a change is decided anew because somebody else changed what it was decided by. */
export const TRIES = 5

/**
 * Loads, decides and stores until no one else came in between. `decide` stores nothing: it sees the booking as it stands
 * and gives the change, or null where nothing is to change, or throws; whoever comes second is judged by what the first one
 * left. It takes the time anew, so that a change that was overtaken is not dated before the one that overtook it.
 * @throws BookingError whatever `decide` throws, `booking_not_found`, and `vehicle_taken` or `driver_busy` where the change needs a
 * car or a driver that another booking holds then
 */
export function changeBooking(
  deps: Deps,
  load: () => Promise<Booking | null>,
  decide: (booking: Booking) => Promise<Change | null> | Change | null,
): Promise<Booking> {
  const loadAlone = async () => {
    const booking = await load()
    return booking && { booking }
  }
  return changeJudgedBy(deps, loadAlone, ({ booking }) => decide(booking))
}

/** {@link changeBooking}, where a booking is loaded together with what the change is judged by. */
export async function changeJudgedBy<Situation extends { booking: Booking }>(
  deps: Deps,
  load: () => Promise<Situation | null>,
  decide: (situation: Situation) => Promise<Change | null> | Change | null,
): Promise<Booking> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const situation = await load()
    if (!situation) throw new BookingError('booking_not_found', {})
    const { booking } = situation
    const change = await decide(situation)
    if (!change) return booking
    const outcome = await deps.store.commit(change)
    if (outcome.kind === 'committed') return { ...change.booking, number: outcome.number }
    if (outcome.kind === 'driver_busy') throw driverBusy(outcome.driver, change.booking.requester)
    if (outcome.kind === 'vehicle_taken') {
      throw new BookingError('vehicle_taken', { vehicleName: openMatter(change.booking).trip.vehicle.name })
    }
  }
  throw new Error('A booking changed five times while one change was decided')
}

/** The change that leads from `before` to `after`, told through one event. `actor` is null when the rules did it. */
export function changeTo(
  deps: Deps,
  {
    before,
    after,
    type,
    actor,
    at,
  }: { before: Booking; after: NewBooking; type: BookingEventType; actor: Person | null; at: Date },
  notices: (telling: Telling) => Notice[],
  comment: string | null,
  more: Partial<Said> = {},
): Change {
  const event: BookingEvent = { id: crypto.randomUUID(), type, actor: actor && { id: actor.id, name: actor.name }, at }
  const booking: NewBooking = { ...after, version: before.version + 1, events: [...before.events, event] }
  const said = {
    actorName: actor?.name ?? null,
    actorId: actor?.id ?? null,
    comment,
    wasApproved: before.status === 'approved',
    ...more,
  }
  return {
    booking,
    expected: { status: before.status, version: before.version },
    holds: holdsAfter(before, booking),
    driverHolds: driverHoldsAfter(before, booking),
    rewritesTravellers: booking.travellers !== before.travellers,
    events: [event],
    notices: notices({ channels: deps.channels, event, booking, said }),
    cards: wantedCards(booking, deps.channels),
    audit: {
      actorId: actor?.id ?? null,
      action: type,
      at,
      old: { status: before.status, version: before.version },
      new: { status: booking.status, version: booking.version },
    },
  }
}

/** What is to be held after a change, where it is not what was held before. */
function holdsAfter(before: NewBooking, after: NewBooking): Change['holds'] {
  const held = holdsOf(after)
  return JSON.stringify(held) === JSON.stringify(holdsOf(before)) ? 'keep' : held
}
