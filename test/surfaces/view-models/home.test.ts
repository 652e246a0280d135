import { describe, expect, it } from 'vitest'
import type { Booking } from '../../../src/core/booking/booking.ts'
import type { CarClaim, CarInWindow, Overview } from '../../../src/core/booking/overview.ts'
import type { Vehicle } from '../../../src/core/fleet/vehicle.ts'
import { carList, windowToLookAt } from '../../../src/surfaces/view-models/cars-words.ts'
import { FIRST_LOOK, readHome } from '../../../src/surfaces/view-models/home.ts'
import { readApprovals, readTripList } from '../../../src/surfaces/view-models/lists.ts'
import { readWhen } from '../../../src/surfaces/view-models/when-words.ts'
import { ANNA, aBooking, aPerson, aVehicle, BEN, BERLIN, MARA, NOW } from '../../support/builders.ts'

/** On the clock in Berlin; NOW is Monday 2 November, 09:00. */
const at = (time: string) => new Date(`2026-11-${time.replace(' ', 'T')}+01:00`)
const claim = (from: string, to: string, kind: CarClaim['kind'] = 'booking'): CarClaim => ({
  startsAt: at(from),
  endsAt: at(to),
  kind,
})

/** A company with these cars and nothing else to show. */
function overviewOf(...cars: CarInWindow[]): Overview {
  return {
    nextTrips: async () => ({ bookings: [], total: 0 }),
    waitingFor: async () => ({ bookings: [], total: 0 }),
    decidedBy: async () => [],
    history: async () => ({ bookings: [], page: 0, pages: 1 }),
    unreadNotices: async () => ({ notices: [], total: 0 }),
    markRead: async () => {},
    sites: async () => [],
    carsIn: async (window) =>
      cars.map(({ vehicle, claims }) => ({
        vehicle,
        claims: claims.filter((one) => one.startsAt < window.endsAt && one.endsAt > window.startsAt),
      })),
  }
}

async function onHome(car: CarInWindow): Promise<string | undefined> {
  const { cars } = await readHome(overviewOf(car), ANNA, FIRST_LOOK, NOW)
  return cars.lines[0]?.split(': ')[1]
}

async function inTheList(car: CarInWindow): Promise<string | undefined> {
  const when = readWhen('', BERLIN, NOW)
  if (typeof when === 'string') throw new Error(when)
  const found = await overviewOf(car).carsIn(windowToLookAt(when), null)
  return carList(found, when, ANNA, NOW).sites[0]?.cars[0]?.text.split(': ')[1]
}

it.each<[string, Partial<Vehicle>, CarClaim[]]>([
  ['free', {}, []],
  ['free until 14:00', {}, [claim('02 14:00', '02 15:00')]],
  ['free until 13:30', { turnaroundMinutes: 30 }, [claim('02 14:00', '02 15:30')]],
  ['booked until 15:30', { turnaroundMinutes: 30 }, [claim('02 09:20', '02 15:30')]],
  ['out until 13:30', { turnaroundMinutes: 30 }, [claim('02 08:00', '02 11:30'), claim('02 12:00', '02 13:30')]],
  [
    'out until Thu 5 Nov, 10:00',
    {},
    [claim('01 08:00', '03 08:30'), claim('03 08:30', '04 12:00'), claim('04 12:00', '05 10:00')],
  ],
  ['not free until 15:00', {}, [claim('02 08:00', '02 12:00'), claim('02 12:00', '02 15:00', 'maintenance')]],
  ['free', {}, [claim('03 08:00', '03 15:00')]],
])('a car is “%s” on Home and in the list of cars', async (words, about, claims) => {
  const car = { vehicle: aVehicle(about), claims }
  expect(await inTheList(car)).toBe(words)
  expect(await onHome(car)).toBe(words)
})

it('cars are in the order of the list of cars: free ones first, and of equal ones by name as people read it', async () => {
  const car = (name: string, seats: number, claims: CarClaim[] = []) => ({
    vehicle: aVehicle({ id: name, name, seats }),
    claims,
  })
  const cars = [
    car('Zoe', 5),
    car('Bus', 9),
    car('VW Golf', 5),
    car('Škoda Octavia', 5),
    car('Audi', 5, [claim('02 08:00', '02 12:00')]),
  ]
  const home = await readHome(overviewOf(...cars), ANNA, FIRST_LOOK, NOW)
  expect(home.cars.lines.map((line) => line.split(' (')[0])).toEqual(['Škoda Octavia', 'VW Golf', 'Zoe', 'Bus', 'Audi'])
})

it('times of another zone than the cars’ are said to be so', async () => {
  const out = { vehicle: aVehicle(), claims: [claim('02 08:00', '02 12:00')] }
  const note = async (car: CarInWindow, person = ANNA) =>
    (await readHome(overviewOf(car), person, FIRST_LOOK, NOW)).cars.siteName
  const far = aPerson({ timeZone: 'America/New_York' })
  expect(await note(out)).toBe('Berlin')
  expect(await note(out, far)).toBe('Berlin (times are New York time)')
  expect(await note({ ...out, claims: [] }, far)).toBe('Berlin')
})

describe('what does not fit', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => aBooking({ id: `${index}` }))
  const cut = (bookings: Booking[]) => async (_id: string, _now: Date, most: number) => ({
    bookings: bookings.slice(0, most),
    total: bookings.length,
  })

  it('is counted', async () => {
    const overview = { ...overviewOf(), nextTrips: cut(ids(7)), waitingFor: cut(ids(9)) }
    const { waiting, trips } = await readHome(overview, MARA, FIRST_LOOK, NOW)
    expect([waiting.requests.length, waiting.more, trips.entries.length, trips.more]).toEqual([5, 4, 5, 2])
  })

  it('is counted by the lists as well', async () => {
    const overview = { ...overviewOf(), nextTrips: cut(ids(23)), waitingFor: cut(ids(60)) }
    const { trips, more } = await readTripList(overview, ANNA, NOW)
    expect([trips.length, more]).toEqual([20, 3])
    const approvals = await readApprovals(overview, MARA, NOW)
    expect([approvals.waiting.length, approvals.more]).toEqual([50, 10])
  })

  it('says whose trip somebody comes along on', async () => {
    const overview = { ...overviewOf(), nextTrips: cut([aBooking({ status: 'approved' })]) }
    const { trips } = await readHome(overview, BEN, FIRST_LOOK, NOW)
    expect(trips.entries[0]?.role).toBe('You come along; asked for by Anna Schmidt')
  })
})
