import { max } from 'date-fns/max'
import { BookingError } from '../booking-error.ts'
import type { Person } from '../people/person.ts'
import type { NewBooking, Trip } from './booking.ts'
import { isLive } from './status.ts'
import { openChange } from './trip-change.ts'
import type { TripWindow } from './trip-window.ts'

/** A colleague and how long they drive: nobody drives two cars at once. */
export interface DriverHold {
  personId: string
  window: TripWindow
}

/** A driver hold of a change. One that is not new is within what the booking had before, and so is never refused. */
export interface WantedDriverHold extends DriverHold {
  isNew: boolean
}

/** A driver who is driving then, and the booking for which they are. */
export interface BusyDriver {
  id: string
  name: string
  booking: { number: number; window: TripWindow; siteZone: string; concernedIds: string[] }
}

/**
 * Returns how long a booking's drivers drive, in the order of their ids: for its trip, and while a change of it is open also
 * for the trip that it asks for. Windows of one person that meet are one, so that no booking stands in its own way.
 */
export function driverHoldsOf(booking: NewBooking): DriverHold[] {
  if (!isLive(booking.status)) return []
  const trips: Trip[] = [booking, openChange(booking)?.trip ?? []].flat()
  const windows = new Map<string, TripWindow[]>()
  for (const { travellers, window } of trips) {
    for (const { kind, person } of travellers) {
      if (kind === 'driver' && person) windows.set(person.id, merged([...(windows.get(person.id) ?? []), window]))
    }
  }
  return [...windows.keys()]
    .sort()
    .flatMap((personId) => (windows.get(personId) ?? []).map((window) => ({ personId, window })))
}

/** Returns what drivers are to be held for after a change, or `keep` where that is what was held before. */
export function driverHoldsAfter(before: NewBooking, after: NewBooking): WantedDriverHold[] | 'keep' {
  const had = driverHoldsOf(before)
  const held = driverHoldsOf(after)
  if (JSON.stringify(held) === JSON.stringify(had)) return 'keep'
  return held.map((hold) => ({ ...hold, isNew: !had.some((one) => covers(one, hold)) }))
}

/** Returns the refusal of a trip whose driver is driving then. It names the other booking to those who know of it. */
export function driverBusy({ id, name, booking }: BusyDriver, reader: Person): BookingError<'driver_busy'> {
  const { concernedIds, ...about } = booking
  const maySee = reader.role === 'admin' || concernedIds.includes(reader.id)
  return new BookingError('driver_busy', {
    driverName: name,
    isRequester: id === reader.id,
    booking: maySee ? about : null,
  })
}

function covers(one: DriverHold, other: DriverHold): boolean {
  return (
    one.personId === other.personId &&
    one.window.startsAt <= other.window.startsAt &&
    one.window.endsAt >= other.window.endsAt
  )
}

/** Joins windows that overlap or touch. */
function merged(windows: TripWindow[]): TripWindow[] {
  const joined: TripWindow[] = []
  for (const window of windows.toSorted((a, b) => +a.startsAt - +b.startsAt)) {
    const last = joined.at(-1)
    if (last && window.startsAt <= last.endsAt) {
      joined.splice(-1, 1, { startsAt: last.startsAt, endsAt: max([last.endsAt, window.endsAt]) })
    } else joined.push(window)
  }
  return joined
}
