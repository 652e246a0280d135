import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { passTime } from '../../src/core/approval/pass-time.ts'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { TripWindow } from '../../src/core/booking/trip-window.ts'
import { withdrawChange } from '../../src/core/booking/withdraw-change.ts'
import { findMisfits } from '../../src/store/check-consistency.ts'
import { type Company, NOW, openCompany, orRefusal, REJECT, refusalOf, trip } from '../support/company.ts'

const CARS = ['Škoda Octavia', 'VW ID.4', 'Ford Transit', 'Smart EQ fortwo', 'Peugeot 5008', 'Renault Zoe']
const PLACE = 'Europe/Berlin'

let company: Company
let days = 0
const at = (from: number, to: number): TripWindow => trip(24 * days + from, 24 * days + to)
const id = (name: string) => company.personId(name)
const approve = async (pending: Booking) => company.decide(await company.decide(pending, 'Mara'), 'Hanna')

beforeAll(async () => {
  company = await openCompany()
}, 60_000)
afterAll(() => company.close())
afterEach(async () => {
  days += 1
  expect(await findMisfits(company.database.sql, NOW, true)).toEqual([])
})

async function isSomebodyWaiting(): Promise<boolean> {
  const { sql } = company.database
  const waiting = await sql`
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return waiting.length > 0
}

/** Who is driving when, in hours of the day. */
async function driving(): Promise<string[]> {
  const rows = await company.database.sql<{ name: string; from: number; to: number }[]>`
    SELECT split_part(p.name, ' ', 1) AS name, extract(epoch FROM d.starts_at - ${at(0, 1).startsAt}) / 3600 AS from,
      extract(epoch FROM d.ends_at - ${at(0, 1).startsAt}) / 3600 AS to
    FROM driver_holds d JOIN people p ON p.id = d.person_id
    WHERE d.starts_at BETWEEN ${at(0, 1).startsAt} AND ${at(0, 24).endsAt} ORDER BY p.name, d.starts_at`
  return rows.map(({ name, from, to }) => `${name} ${Number(from)}-${Number(to)}`)
}

describe('a driver', () => {
  it('does not drive a second car at the same time, and hears which booking stands in the way', async () => {
    const first = await company.request({ window: at(9, 11) })
    expect(await refusalOf(company.request({ car: 'VW ID.4', window: at(10, 12) }))).toEqual({
      code: 'driver_busy',
      facts: {
        driverName: 'Anna Schmidt',
        isRequester: true,
        booking: { number: first.number, window: at(9, 11), siteZone: PLACE },
      },
    })
    expect(await driving()).toEqual(['Anna 9-11'])
    expect(
      await company.database.prisma.vehicleHold.count({ where: { vehicleId: company.vehicleId('VW ID.4') } }),
    ).toBe(0)
  })

  it.each([
    ['right before', 8, 9],
    ['right after, while the car is made ready', 11, 12],
  ])('drives again %s', async (_when, from, to) => {
    await company.request({ car: 'VW ID.4', window: at(9, 11) })
    await expect(company.request({ window: at(from, to) })).resolves.toMatchObject({ status: 'pending_manager' })
  })

  it('is every colleague who is named as one, and nobody who comes along', async () => {
    const drivers = { driverIds: [id('Anna'), id('Ben')], companionIds: [id('Catarina')], passengers: 3 }
    await company.request({ ...drivers, window: at(9, 11) })
    const others = { by: 'Duarte', car: 'VW ID.4', window: at(10, 12), passengers: 2 }
    expect(await refusalOf(company.request({ ...others, driverIds: [id('Duarte'), id('Ben')] }))).toMatchObject({
      code: 'driver_busy',
      facts: { driverName: 'Ben Koch', isRequester: false },
    })
    await expect(company.request({ ...others, driverIds: [id('Catarina')] })).resolves.toBeDefined()
    expect(await driving()).toEqual(['Anna 9-11', 'Ben 9-11', 'Catarina 10-12'])
  })

  it('is not named with a booking that the reader has nothing to do with', async () => {
    await company.request({ by: 'Ben', window: at(9, 11) })
    const refused = { by: 'Anna', car: 'VW ID.4', driverIds: [id('Ben')], window: at(9, 11) }
    expect(await refusalOf(company.request(refused))).toEqual({
      code: 'driver_busy',
      facts: { driverName: 'Ben Koch', isRequester: false, booking: null },
    })
    const bookedAlong = { ...at(14, 16) }
    const along = await company.request({ by: 'Ben', companionIds: [id('Anna')], passengers: 2, window: bookedAlong })
    expect(await refusalOf(company.request({ ...refused, window: at(15, 17) }))).toMatchObject({
      facts: { booking: { number: along.number } },
    })
    expect(await refusalOf(company.request({ ...refused, by: 'Mara' }))).toMatchObject({
      facts: { booking: { window: at(9, 11) } },
    })
  })

  it.each<[string, (booking: Booking) => Promise<unknown>]>([
    ['cancelled', (booking) => company.cancel(booking, 'Anna')],
    ['rejected', (booking) => company.decide(booking, 'Mara', REJECT)],
    [
      'over',
      async (booking) => {
        const { deps } = company.under({ now: () => booking.window.endsAt })
        await passTime(deps, { bookingId: (await approve(booking)).id })
      },
    ],
    [
      'expired',
      (booking) => passTime(company.under({ now: () => booking.window.startsAt }).deps, { bookingId: booking.id }),
    ],
  ])('is free again once the booking is %s', async (_what, end) => {
    const booking = await company.request({ window: at(9, 11) })
    await end(booking)
    expect(await driving()).toEqual([])
    await expect(company.request({ car: 'VW ID.4', window: at(10, 12) })).resolves.toBeDefined()
  })

  it('sends one form twice, and has one booking', async () => {
    const form = { requestKey: crypto.randomUUID(), car: null, window: at(9, 11) }
    const made = await Promise.all([company.request(form), company.request(form), company.request(form)])
    expect(new Set(made.map((booking) => booking.number)).size).toBe(1)
    expect(await company.request(form)).toMatchObject({ number: made[0]?.number })
    expect(await driving()).toEqual(['Anna 9-11'])
  })
})

describe('a booking that is changed', () => {
  it('keeps its driver for both trips while it is decided, and never stands in its own way', async () => {
    const booking = await approve(await company.request({ window: at(9, 11) }))
    const { booking: changing } = await company.change(booking, { car: 'VW ID.4', window: at(10, 12) })
    expect(await driving()).toEqual(['Anna 9-12'])
    const apart = await company.change(changing, { car: 'VW ID.4', window: at(14, 16) })
    expect(await driving()).toEqual(['Anna 9-11', 'Anna 14-16'])
    for (const window of [at(9, 10), at(15, 17)]) {
      expect(await refusalOf(company.request({ car: 'Ford Transit', window }))).toMatchObject({ code: 'driver_busy' })
    }
    await approve(apart.booking)
    expect(await driving()).toEqual(['Anna 14-16'])
  })

  it('gives the driver back with what it comes to nothing', async () => {
    const booking = await approve(await company.request({ window: at(9, 11) }))
    await company.change(booking, { window: at(14, 16) })
    await withdrawChange(company.deps, { bookingId: booking.id, actorId: id('Anna') })
    expect(await driving()).toEqual(['Anna 9-11'])
  })

  it('is refused where its driver is driving then, and stays as it was', async () => {
    const other = await company.request({ by: 'Ben', car: 'VW ID.4', window: at(14, 16) })
    const booking = await company.request({ window: at(9, 11) })
    expect(await refusalOf(company.change(booking, { window: at(15, 17), driverIds: [id('Ben')] }))).toMatchObject({
      code: 'driver_busy',
      facts: { driverName: 'Ben Koch', booking: null },
    })
    expect(await driving()).toEqual(['Anna 9-11', 'Ben 14-16'])
    await company.cancel(other, 'Ben')
    await company.change(booking, { window: at(15, 17), driverIds: [id('Ben')] })
    expect(await driving()).toEqual(['Ben 15-17'])
  })

  it('may have another driver with its car left as it is', async () => {
    const booking = await approve(await company.request({ window: at(9, 11) }))
    await company.change(booking, { driverIds: [id('Ben')] })
    expect(await driving()).toEqual(['Ben 9-11'])
    await company.request({ car: 'VW ID.4', window: at(9, 11) })
    expect(
      await refusalOf(company.change(booking, { driverIds: [id('Anna'), id('Ben')], passengers: 2 })),
    ).toMatchObject({
      code: 'driver_busy',
    })
  })

  it('from before drivers were held may be made shorter and be decided, but not longer', async () => {
    await company.request({ window: at(9, 12) })
    const old = await company.request({ by: 'Ben', car: 'VW ID.4', window: at(9, 12) })
    const { sql } = company.database
    await sql`UPDATE travellers SET person_id = ${id('Anna')} WHERE booking_id = ${old.id}`
    await sql`DELETE FROM driver_holds WHERE booking_id = ${old.id}`
    const found = await company.deps.store.findBooking(old.id)
    if (!found) throw new Error('gone')
    const { booking } = await company.change(found, { window: at(10, 12) })
    expect(booking.window).toEqual(at(10, 12))
    expect(await driving()).toEqual(['Anna 9-12'])
    expect(await refusalOf(company.change(booking, { window: at(9, 13) }))).toMatchObject({ code: 'driver_busy' })
    await approve(booking)
  })
})

describe('many at once', () => {
  it('want one driver in several cars: just one gets them', async () => {
    for (let round = 0; round < 20; round += 1) {
      days += 1
      const answers = await Promise.all(
        [...CARS, ...CARS].map((car) => orRefusal(company.request({ car, window: at(9, 11) }))),
      )
      const booked = answers.filter((answer) => !('code' in answer))
      expect(booked).toHaveLength(1)
      const codes = answers.flatMap((answer) => ('code' in answer ? [answer.code] : []))
      expect(codes.filter((code) => code !== 'driver_busy' && code !== 'vehicle_taken')).toEqual([])
      expect(await driving()).toEqual(['Anna 9-11'])
      const { startsAt } = at(9, 11)
      expect(await company.database.prisma.vehicleHold.count({ where: { startsAt } })).toBe(1)
      expect(await company.database.prisma.booking.count({ where: { startsAt } })).toBe(1)
    }
  })

  it.each([
    ['comes first: nothing of the other is written', 'COMMIT', 0],
    ['comes to nothing: the other is booked', 'ROLLBACK', 1],
  ])('ask for one driver in two cars, and one of them %s', async (_what, end, booked) => {
    const { sql } = company.database
    const first = await company.request({ by: 'Ben', car: 'VW ID.4', window: at(9, 11) })
    const blocker = await sql.reserve()
    await blocker`BEGIN`
    const { startsAt, endsAt } = at(9, 11)
    await blocker`INSERT INTO driver_holds (booking_id, person_id, starts_at, ends_at)
      VALUES (${first.id}, ${id('Anna')}, ${startsAt}, ${endsAt})`
    await blocker`UPDATE travellers SET person_id = ${id('Anna')} WHERE booking_id = ${first.id}`
    await blocker`DELETE FROM driver_holds WHERE booking_id = ${first.id} AND person_id = ${id('Ben')}`
    const asked = orRefusal<object>(company.request({ window: at(10, 12) }))
    while (!(await isSomebodyWaiting())) await sql`SELECT pg_sleep(0.01)`
    await blocker.unsafe(end)
    blocker.release()
    const answer = await asked
    expect('code' in answer ? answer : 'booked').toEqual(
      booked ? 'booked' : expect.objectContaining({ code: 'driver_busy' }),
    )
    const where = { startsAt: at(10, 12).startsAt }
    expect(await company.database.prisma.booking.count({ where })).toBe(booked)
    expect(await company.database.prisma.vehicleHold.count({ where })).toBe(booked)
    expect(await company.database.prisma.driverHold.count({ where })).toBe(booked)
  })

  it('move and book with two drivers in either order: nobody waits for ever, and nothing overlaps', async () => {
    const pairs = [
      [id('Anna'), id('Ben')],
      [id('Ben'), id('Anna')],
    ]
    let [done, refused] = [0, 0]
    for (let round = 0; round < 15; round += 1) {
      days += 1
      const kept = await Promise.all([
        company.request({ by: 'Anna', car: CARS[0], window: at(2, 4) }),
        company.request({ by: 'Ben', car: CARS[1], window: at(2, 4) }),
      ])
      const moves = kept.flatMap((booking, index) =>
        [0, 1].map((other) =>
          company.change(booking, {
            driverIds: pairs[(index + other) % 2] ?? [],
            passengers: 2,
            car: CARS[(index + other) % 2] ?? null,
            window: at(3 + other, 6 + other),
          }),
        ),
      )
      const requests = [0, 1, 2, 3].map((index) =>
        company.request({
          by: 'Mara',
          car: CARS[index % 3] ?? null,
          driverIds: pairs[index % 2] ?? [],
          passengers: 2,
          window: at(4, 7),
        }),
      )
      const answers = await Promise.all([...moves, ...requests].map((asked) => orRefusal<unknown>(asked)))
      for (const answer of answers) {
        if (answer && typeof answer === 'object' && 'code' in answer) refused += 1
        else done += 1
      }
      expect(await findMisfits(company.database.sql, NOW, true)).toEqual([])
    }
    expect(done).toBeGreaterThan(0)
    expect(refused).toBeGreaterThan(0)
  }, 60_000)
})
