import { expect, it } from 'vitest'
import type { CarClaim, CarInWindow, Overview } from '../../../src/core/booking/overview.ts'
import type { Vehicle } from '../../../src/core/fleet/vehicle.ts'
import { carList, windowToLookAt } from '../../../src/surfaces/view-models/cars-words.ts'
import { FIRST_LOOK, readHome } from '../../../src/surfaces/view-models/home.ts'
import { readWhen } from '../../../src/surfaces/view-models/when-words.ts'
import { ANNA, aVehicle, BERLIN, NOW } from '../../support/builders.ts'

/** On the clock in Berlin; NOW is Monday 2 November, 09:00. */
const at = (time: string) => new Date(`2026-11-${time.replace(' ', 'T')}+01:00`)
const claim = (from: string, to: string, kind: CarClaim['kind'] = 'booking'): CarClaim => ({
  startsAt: at(from),
  endsAt: at(to),
  kind,
})

/** A company with one car and nothing else to show. */
function overviewOf({ vehicle, claims }: CarInWindow): Overview {
  return {
    nextTrips: async () => [],
    waitingFor: async () => [],
    decidedBy: async () => [],
    history: async () => ({ bookings: [], page: 0, pages: 1 }),
    unreadNotices: async () => ({ notices: [], total: 0 }),
    markAllRead: async () => {},
    carsIn: async (window) => {
      const within = claims.filter((one) => one.startsAt < window.endsAt && one.endsAt > window.startsAt)
      return [{ vehicle, claims: within }]
    },
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
