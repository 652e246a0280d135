import { describe, expect, it } from 'vitest'
import { DEADLINES } from '../../../src/core/approval/deadlines.ts'
import type { Booking } from '../../../src/core/booking/booking.ts'
import { type Draft, MOST_DRAFTS } from '../../../src/core/booking/draft.ts'
import type { CarClaim, CarInWindow, Overview } from '../../../src/core/booking/overview.ts'
import type { Vehicle } from '../../../src/core/fleet/vehicle.ts'
import type { Absence } from '../../../src/core/people/absence.ts'
import { carList, windowToLookAt } from '../../../src/surfaces/view-models/cars-words.ts'
import { FIRST_LOOK, type HomeDeps, homeStateOf, readHome } from '../../../src/surfaces/view-models/home.ts'
import {
  type ApprovalList,
  isCard,
  readApprovals,
  readTripList,
  rowIdOf,
} from '../../../src/surfaces/view-models/lists.ts'
import { readWhen } from '../../../src/surfaces/view-models/when-words.ts'
import {
  ANNA,
  aBooking,
  aPerson,
  aStep,
  aVehicle,
  BEN,
  BERLIN,
  decided,
  MARA,
  minutesAfter,
  NOW,
} from '../../support/builders.ts'

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
    standingInFor: async () => [],
    sites: async () => [],
    carsIn: async (window) =>
      cars.map(({ vehicle, claims }) => ({
        vehicle,
        claims: claims.filter((one) => one.startsAt < window.endsAt && one.endsAt > window.startsAt),
      })),
  }
}

interface Kept {
  drafts?: Draft[]
  absence?: Absence | null
}

/** Nobody is away, and nothing was put aside, unless said otherwise. */
function depsWith(overview: Overview, { drafts = [], absence = null }: Kept = {}): HomeDeps {
  const reads = {
    overview,
    now: () => NOW,
    deadlines: DEADLINES,
    drafts: { list: async () => drafts },
    absences: { find: async () => absence },
  }
  return reads as unknown as HomeDeps
}

async function onHome(car: CarInWindow): Promise<string | undefined> {
  const { cars } = await readHome(depsWith(overviewOf(car)), ANNA, FIRST_LOOK)
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
  const home = await readHome(depsWith(overviewOf(...cars)), ANNA, FIRST_LOOK)
  expect(home.cars.lines.map((line) => line.split(' (')[0])).toEqual(['Škoda Octavia', 'VW Golf', 'Zoe', 'Bus', 'Audi'])
})

it('times of another zone than the cars’ are said to be so', async () => {
  const out = { vehicle: aVehicle(), claims: [claim('02 08:00', '02 12:00')] }
  const note = async (car: CarInWindow, person = ANNA) =>
    (await readHome(depsWith(overviewOf(car)), person, FIRST_LOOK)).cars.siteName
  const far = aPerson({ timeZone: 'America/New_York' })
  expect(await note(out)).toBe('Berlin')
  expect(await note(out, far)).toBe('Berlin (times are New York time)')
  expect(await note({ ...out, claims: [] }, far)).toBe('Berlin')
})

const NOTHING = { findBooking: async () => null, findBookingByStep: async () => null }

describe('rows that somebody saw', () => {
  const steps = ['one', 'two', 'three'].map((id) => aBooking({ id: `of ${id}`, steps: [aStep({ id })] }))
  const [one, two, three] = steps as [Booking, Booking, Booking]
  const rejected = {
    ...two,
    status: 'rejected' as const,
    steps: [decided(aStep({ id: 'two' }), { status: 'rejected' })],
  }
  const newer = aBooking({ id: 'newer', steps: [aStep({ id: 'new' })] })
  const overview = {
    ...overviewOf(),
    waitingFor: async (_id: string, _now: Date, most: number) => ({
      bookings: [newer, three, one].slice(0, most),
      total: 3,
    }),
  }
  const store = { ...NOTHING, findBookingByStep: async (id: string) => ({ one, two: rejected, three })[id] ?? null }
  const REJECTED = '#12, Anna Schmidt: Thu 5 Nov, 09:00 – 17:30, Dresden. You rejected it, Mon 2 Nov, 10:00'
  const rowsOf = (rows: ApprovalList['waiting']) => rows.map((row) => (isCard(row) ? rowIdOf(row) : row.text))

  it('keep their places in a list until it is opened again, one that was decided in a line', async () => {
    const look = { offset: 0, rows: ['one', 'two', 'three'] }
    const kept = await readApprovals({ overview, store }, MARA, NOW, look)
    expect(rowsOf(kept.waiting)).toEqual(['one', REJECTED, 'three'])
    expect(kept.more).toBe(1)
    expect(rowsOf((await readApprovals({ overview, store }, MARA, NOW)).waiting)).toEqual(['new', 'three', 'one'])
  })

  it('keep their places on a Home for ten minutes, and what is new comes after them', async () => {
    const deps = { ...depsWith(overview), store } as unknown as HomeDeps
    const state = { rows: { since: +NOW, waiting: ['one', 'two', 'three'], trips: [], drafts: [] } }
    const look = async (now: Date) => {
      const home = await readHome(deps, MARA, homeStateOf(state, now))
      return [...rowsOf(home.waiting.requests), home.waiting.more]
    }
    expect(await look(minutesAfter(NOW, 10))).toEqual(['one', REJECTED, 'three', 'new', 0])
    expect(await look(minutesAfter(NOW, 10.1))).toEqual(['new', 'three', 'one', 0])
  })

  it('keep their places among the trips, a cancelled one in a line', async () => {
    const cancelled = aBooking({ id: 'gone', status: 'cancelled' })
    const trips = { ...overviewOf(), nextTrips: async () => ({ bookings: [one], total: 1 }) }
    const find = { ...NOTHING, findBooking: async (id: string) => (id === 'gone' ? cancelled : one) }
    const list = await readTripList({ overview: trips, store: find }, ANNA, NOW, { offset: 0, rows: ['gone', one.id] })
    expect(list.trips.map(({ bookingId, role, cancel }) => [bookingId, role !== '', cancel !== null])).toEqual([
      ['gone', false, false],
      [one.id, true, true],
    ])
    expect(list.trips[0]?.text).toMatch(/Cancelled$/)
    expect(list.more).toBe(0)
  })

  it('of a list that has become shorter, the last page is shown', async () => {
    const nine = Array.from({ length: 9 }, (_, index) => aBooking({ id: `${index}` }))
    const nextTrips = async (_id: string, _now: Date, most: number, skip = 0) => ({
      bookings: nine.slice(skip, skip + most),
      total: nine.length,
    })
    const list = await readTripList({ overview: { ...overviewOf(), nextTrips }, store: NOTHING }, ANNA, NOW, {
      offset: 16,
      rows: null,
    })
    expect([list.trips.map(({ bookingId }) => bookingId), list.offset, list.more]).toEqual([['8'], 8, 0])
  })
})

describe('what does not fit', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => aBooking({ id: `${index}` }))
  const cut = (bookings: Booking[]) => async (_id: string, _now: Date, most: number) => ({
    bookings: bookings.slice(0, most),
    total: bookings.length,
  })

  it('is counted', async () => {
    const overview = { ...overviewOf(), nextTrips: cut(ids(7)), waitingFor: cut(ids(9)) }
    const { waiting, trips } = await readHome(depsWith(overview), MARA, FIRST_LOOK)
    expect([waiting.requests.length, waiting.more, trips.entries.length, trips.more]).toEqual([5, 4, 5, 2])
  })

  it('is counted by the lists as well', async () => {
    const overview = { ...overviewOf(), nextTrips: cut(ids(23)), waitingFor: cut(ids(60)) }
    const { trips, more } = await readTripList({ overview, store: NOTHING }, ANNA, NOW)
    expect([trips.length, more]).toEqual([8, 15])
    const approvals = await readApprovals({ overview, store: NOTHING }, MARA, NOW)
    expect([approvals.waiting.length, approvals.more]).toEqual([8, 52])
  })

  it('says whose trip somebody comes along on', async () => {
    const overview = { ...overviewOf(), nextTrips: cut([aBooking({ status: 'approved' })]) }
    const { trips } = await readHome(depsWith(overview), BEN, FIRST_LOOK)
    expect(trips.entries[0]?.role).toBe('You come along; asked for by Anna Schmidt')
  })
})

describe('what somebody put aside', () => {
  const draft = (id: string): Draft => ({
    id,
    personId: ANNA.id,
    requestKey: id,
    form: { destination: `Place ${id}` },
    createdAt: NOW,
    touchedAt: NOW,
  })

  it('is all shown, for nothing else on a Home leads to the rest', async () => {
    const kept = { drafts: Array.from({ length: MOST_DRAFTS }, (_, index) => draft(`${index}`)) }
    const { drafts } = await readHome(depsWith(overviewOf(), kept), ANNA, FIRST_LOOK)
    expect([drafts.entries.length, drafts.more]).toEqual([MOST_DRAFTS, 0])
  })

  it('keeps its place once it is gone, and says so', async () => {
    const deps = depsWith(overviewOf(), { drafts: ['new', '1', '3'].map(draft) })
    const rows = { since: +NOW, waiting: [], trips: [], drafts: ['1', '2', '3'] }
    const { drafts } = await readHome(deps, ANNA, { ...FIRST_LOOK, rows })
    expect(drafts.entries.map(({ text }) => text)).toEqual([
      'Place 1',
      'This draft was sent or discarded.',
      'Place 3',
      'Place new',
    ])
  })
})

describe('being away', () => {
  const absence = (from: string, until: string): Absence => ({
    personId: MARA.id,
    startsAt: at(from),
    endsAt: at(until),
    standIn: BEN,
  })

  it.each([
    ['02 08:00', '09 09:00', true, 'You are away until Mon 9 Nov, 09:00. Ben Koch stands in for you.'],
    [
      '03 08:00',
      '09 09:00',
      false,
      'You will be away from Tue 3 Nov, 08:00 until Mon 9 Nov, 09:00. Ben Koch stands in for you.',
    ],
  ])('from %s until %s is told', async (from, until, isAway, text) => {
    const { away } = await readHome(depsWith(overviewOf(), { absence: absence(from, until) }), MARA, FIRST_LOOK)
    expect(away.own).toMatchObject({ isAway, text })
  })

  it('is not told any more once it is over', async () => {
    const kept = { absence: absence('01 08:00', '02 09:00') }
    expect((await readHome(depsWith(overviewOf(), kept), MARA, FIRST_LOOK)).away.own).toBeNull()
  })

  it('of others, for whom one stands in, is told', async () => {
    const others = [
      { name: 'Mara Lindt', startsAt: at('02 08:00'), endsAt: at('09 09:00') },
      { name: 'Jo Meyer', startsAt: at('03 08:00'), endsAt: at('10 09:00') },
    ]
    const overview = { ...overviewOf(), standingInFor: async () => others }
    expect((await readHome(depsWith(overview), BEN, FIRST_LOOK)).away.standingIn).toEqual([
      'You stand in for Mara Lindt until Mon 9 Nov, 09:00.',
      'You stand in for Jo Meyer from Tue 3 Nov, 08:00 until Tue 10 Nov, 09:00.',
    ])
  })
})
