import { describe, expect, it } from 'vitest'
import type { CarClaim, CarInWindow } from '../../../src/core/booking/overview.ts'
import type { TripWindow } from '../../../src/core/booking/trip-window.ts'
import type { Vehicle } from '../../../src/core/fleet/vehicle.ts'
import type { Site } from '../../../src/core/people/person.ts'
import { carsLeftOut } from '../../../src/surfaces/view-models/cars-left-out.ts'
import { carList, windowToLookAt } from '../../../src/surfaces/view-models/cars-words.ts'
import { readCars } from '../../../src/surfaces/view-models/lists.ts'
import { readWhen, type When } from '../../../src/surfaces/view-models/when-words.ts'
import { ANNA, aPerson, aSite, aVehicle, BERLIN, NOW } from '../../support/builders.ts'

/** On the clock in Berlin. */
const at = (time: string) => new Date(`2026-11-${time.replace(' ', 'T')}+01:00`)
const claim = (from: string, to: string, kind: CarClaim['kind'] = 'booking') => ({
  startsAt: at(from),
  endsAt: at(to),
  kind,
})

function when(typed: string, zone = BERLIN): When {
  const read = readWhen(typed, zone, NOW)
  if (typeof read === 'string') throw new Error(read)
  return read
}

/** What Anna reads about one car; NOW is Monday 2 November, 09:00. */
function words(typed: string, claims: CarClaim[], about: Partial<Vehicle> = {}): string {
  const { sites } = carList([{ vehicle: aVehicle(about), claims }], when(typed), ANNA, NOW)
  return sites.flatMap(({ cars }) => cars.map(({ state, text }) => `${state}: ${text.split(': ')[1]}`)).join()
}

describe('what a car does', () => {
  it.each<[string, string, CarClaim[]]>([
    ['', 'free: free', []],
    ['', 'free: free until 14:00', [claim('02 14:00', '02 15:00')]],
    ['', 'partly: out until 11:30', [claim('02 08:00', '02 11:30')]],
    ['', 'taken: out until tomorrow 17:30', [claim('02 08:00', '03 17:30')]],
    ['', 'taken: out until Thu 5 Nov, 17:30', [claim('01 08:00', '05 17:30')]],
    ['', 'partly: in maintenance until 12:00', [claim('01 08:00', '02 12:00', 'maintenance')]],
    ['', 'partly: out until 15:00', [claim('02 08:00', '02 12:00'), claim('02 12:00', '02 15:00')]],
    [
      '',
      'taken: not free until Wed 4 Nov, 08:00',
      [claim('02 08:00', '02 12:00'), claim('02 12:00', '04 08:00', 'maintenance')],
    ],
    ['', 'free: free until 14:00', [claim('02 14:00', '02 15:00'), claim('02 16:00', '02 17:00')]],
    ['today 10-12', 'free: free', [claim('02 08:00', '02 10:00'), claim('02 12:00', '02 15:00')]],
    ['today 10-12', 'partly: free from 11:00', [claim('02 08:00', '02 11:00')]],
    ['today 10-12', 'partly: free until 11:00', [claim('02 11:00', '02 13:00')]],
    ['today 10-12', 'partly: free 10:30 – 11:00', [claim('02 09:00', '02 10:30'), claim('02 11:00', '02 13:00')]],
    ['today 10-12', 'taken: booked until 17:00', [claim('02 09:00', '02 12:00'), claim('02 12:00', '02 17:00')]],
    ['tomorrow', 'taken: in maintenance until Mon 9 Nov, 08:00', [claim('02 08:00', '09 08:00', 'maintenance')]],
    [
      'friday',
      'partly: free until 08:00, 12:00 – 13:00 and from 17:00',
      [claim('06 08:00', '06 12:00'), claim('06 13:00', '06 17:00')],
    ],
  ])('asked “%s”: %s', (typed, expected, claims) => {
    expect(words(typed, claims)).toBe(expected)
  })

  it('a trip has to leave time for the turnaround before the next one', () => {
    const turnaround = { turnaroundMinutes: 30 }
    expect(words('', [claim('02 14:00', '02 15:30')], turnaround)).toBe('free: free until 13:30')
    expect(words('today 12-14', [claim('02 14:00', '02 15:30')], turnaround)).toBe('partly: free until 13:30')
    expect(words('', [claim('02 09:20', '02 15:30')], turnaround)).toBe('partly: booked until 15:30')
    const close = [claim('02 10:00', '02 11:30'), claim('02 12:00', '02 13:30')]
    expect(words('today 10-13', close, turnaround)).toBe('taken: booked until 13:30')
  })
})

describe('the list', () => {
  const lisbon = aSite({ id: 'lisbon', name: 'Lisbon', timeZone: 'Europe/Lisbon' })
  const aachen = aSite({ id: 'aachen', name: 'Aachen' })
  const car = (name: string, changes: Partial<Vehicle>, claims: CarClaim[] = []): CarInWindow => ({
    vehicle: aVehicle({ id: name, name, ...changes }),
    claims,
  })
  const out = [claim('02 08:00', '02 12:00')]
  const cars = [
    car('Zoe', { site: lisbon }),
    car('Audi', { site: aachen }),
    car('Bus', { seats: 9 }),
    car('Corsa', { seats: 4 }, out),
    car('Mini', { seats: 4 }),
  ]

  it('has the counts first, the own site before the others, and free cars before taken ones', () => {
    const { headline, sites } = carList(cars, when(''), ANNA, NOW)
    expect(headline).toBe('4 of 5 cars are free now, 1 more later today')
    expect(sites.map(({ name }) => name)).toEqual(['Berlin', 'Aachen', 'Lisbon'])
    expect(sites[0]?.cars.map(({ text }) => text)).toEqual([
      'Mini (B-MP 102), 4 seats: free',
      'Bus (B-MP 102), 9 seats: free',
      'Corsa (B-MP 102), 4 seats: out until 12:00',
    ])
  })

  it.each([
    ['tomorrow', '5 of 5 cars are free all day, Tue 3 Nov'],
    ['30.11.2027', '5 of 5 cars are free all day, Tue 30 Nov 2027'],
    ['today 11-14', '4 of 5 cars are free Mon 2 Nov, 11:00 – 14:00, 1 more for a part of it'],
    ['today 10-12', '4 of 5 cars are free Mon 2 Nov, 10:00 – 12:00'],
  ])('asked “%s” begins: %s', (typed, expected) => {
    expect(carList(cars, when(typed), ANNA, NOW).headline).toBe(expected)
  })

  it.each<[string, CarInWindow[]]>([
    ['No car is in service yet.', []],
    ['1 of 1 car is free now', [car('Mini', {})]],
    ['0 of 1 car is free now, 1 more later today', [car('Mini', {}, out)]],
  ])('begins: %s', (expected, few) => {
    expect(carList(few, when(''), ANNA, NOW).headline).toBe(expected)
  })

  it('goes by the clock of the reader, and says so', () => {
    const reader = aPerson({ timeZone: 'America/New_York' })
    const { headline, sites } = carList([car('Mini', {}, out)], when('today 5-8', 'America/New_York'), reader, NOW)
    expect(headline).toBe('0 of 1 car is free Mon 2 Nov, 05:00 – 08:00 (New York time), 1 more for a part of it')
    expect(sites[0]).toMatchObject({
      name: 'Berlin (times are New York time)',
      cars: [{ text: expect.stringContaining('free from 06:00') }],
    })
  })

  it('says which clock, where a car is more than free', () => {
    const names = (claims: CarClaim[]) =>
      carList([car('Zoe', { site: lisbon }, claims)], when(''), ANNA, NOW).sites.map(({ name }) => name)
    expect(names(out)).toEqual(['Lisbon (times are Berlin time)'])
    expect(names([])).toEqual(['Lisbon'])
  })

  it.each([
    [
      '3 more cars are not shown: 1 in Berlin, 1 in Aachen and 1 in Lisbon. Name a site to see its cars alone: “cars Lisbon”.',
      2,
    ],
    ['1 more car is not shown, in Lisbon. Name a site to see its cars alone: “cars Lisbon”.', 4],
    [null, 5],
  ])('that is cut says: %s', (expected, shown) => {
    expect(carsLeftOut(carList(cars, when(''), ANNA, NOW), shown, 'cars')).toBe(expected)
  })

  it('that is cut within the one site says which cars came first', () => {
    const own = carList([car('Mini', {}), car('Corsa', {}, out)], when(''), ANNA, NOW)
    expect(carsLeftOut(own, 1, 'cars')).toBe('1 more car is not shown: free cars come first.')
  })

  it('looks beyond the window, for trips that follow one another', () => {
    expect(windowToLookAt(when('today 10-12'))).toEqual({ startsAt: at('02 10:00'), endsAt: at('09 12:00') })
  })
})

describe('the cars of one site', () => {
  const lisbon = aSite({ id: 'lisbon', name: 'Lisbon', timeZone: 'Europe/Lisbon' })
  const sites = [aSite(), lisbon, aSite({ id: 'fra', name: 'Frankfurt am Main' }), aSite({ id: 'graz', name: 'Graz' })]
  const cars: CarInWindow[] = [
    { vehicle: aVehicle({ name: 'Mini' }), claims: [] },
    { vehicle: aVehicle({ name: 'Zoe', site: lisbon }), claims: [] },
    { vehicle: aVehicle({ name: 'Ibiza', site: sites[2] as Site }), claims: [] },
  ]
  const overview = {
    sites: async () => sites,
    carsIn: async (_window: TripWindow, siteId: string | null) =>
      cars.filter(({ vehicle }) => siteId === null || vehicle.site.id === siteId),
  }
  const read = async (typed: string) => {
    const list = await readCars(overview, ANNA, typed, NOW)
    return typeof list === 'string' ? list : [list.headline, ...list.sites.map(({ name }) => name)]
  }

  it.each([
    ['lisbon', ['1 of 1 car is free now', 'Lisbon']],
    ['Lisbon tomorrow', ['1 of 1 car is free all day, Tue 3 Nov', 'Lisbon']],
    ['tomorrow 9-12 in LISBON', ['1 of 1 car is free Tue 3 Nov, 09:00 – 12:00', 'Lisbon']],
    ['frankfurt  am main friday', ['1 of 1 car is free all day, Fri 6 Nov', 'Frankfurt am Main']],
    ['', ['3 of 3 cars are free now', 'Berlin', 'Frankfurt am Main', 'Lisbon']],
    ['graz', 'No car is in service in Graz.'],
  ])('are asked for by “%s”', async (typed, expected) => {
    expect(await read(typed)).toEqual(expected)
  })

  it.each(['hamburg', 'lisbonne', 'lisbon yesterday', 'in'])('are not meant by “%s”', async (typed) => {
    expect(await read(typed)).toMatch(/^I did not understand/)
  })
})
