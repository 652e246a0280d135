import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Decision } from '../../src/core/approval/decide-step.ts'
import type { Booking } from '../../src/core/booking/booking.ts'
import { type HistoryFilter, MOST_COUNTED, type Overview } from '../../src/core/booking/overview.ts'
import { createOverview } from '../../src/store/overview.ts'
import { APPROVE, type Company, NOW, openCompany, REJECT, trip } from '../support/company.ts'

let company: Company
let overview: Overview
beforeAll(async () => {
  company = await openCompany()
  overview = createOverview(company.database)
})
afterAll(() => company.close())

const kinds = async (name: string) => {
  const { notices, total } = await overview.unreadNotices(company.personId(name), 20)
  expect(total).toBe(notices.length)
  return notices.map(({ kind }) => kind)
}

describe('what is cut short', () => {
  it('says how many there are in all', async () => {
    for (const day of [10, 11, 12]) await company.request({ window: trip(day * 24, day * 24 + 1) })
    const trips = await overview.nextTrips(company.personId('Anna'), NOW, 2)
    expect([trips.bookings.length, trips.total]).toEqual([2, 3])
    const waiting = await overview.waitingFor(company.personId('Mara'), NOW, 2)
    expect([waiting.bookings.length, waiting.total]).toEqual([2, 3])
  })
})

describe('news', () => {
  it('is what others did, and what the rules did', async () => {
    const hers = await company.request({ by: 'Ben' })
    await company.cancel(hers, 'Ben')
    expect(await kinds('Ben')).toEqual([])
    expect(await kinds('Mara')).toEqual(['booking_cancelled'])

    const rejected = await company.request({ by: 'Ben' })
    await company.decide(rejected, 'Mara', REJECT)
    expect(await kinds('Ben')).toEqual(['booking_rejected'])
  })

  it('is what nobody did', async () => {
    const { prisma } = company.database
    const { id } = await prisma.event.findFirstOrThrow({ where: { type: 'booking.rejected' } })
    await prisma.event.update({ where: { id }, data: { actorId: null } })
    expect(await kinds('Ben')).toEqual(['booking_rejected'])
  })

  it('stays new until it was shown', async () => {
    const ben = company.personId('Ben')
    await company.decide(await company.request({ by: 'Ben' }), 'Mara', APPROVE)
    const { notices, total } = await overview.unreadNotices(ben, 1)
    expect([notices.map(({ kind }) => kind), total]).toEqual([['manager_approved'], 2])
    const shown = notices.map(({ id }) => id)

    await overview.markRead(company.personId('Anna'), shown, NOW)
    expect((await overview.unreadNotices(ben, 1)).total).toBe(2)
    await overview.markRead(ben, ['no id', ...shown], NOW)
    expect(await kinds('Ben')).toEqual(['booking_rejected'])
    await overview.markRead(ben, [], NOW)
    expect(await kinds('Ben')).toEqual(['booking_rejected'])
  })
})

describe('what piled up', () => {
  it('is counted up to a hundred where nobody has read it', async () => {
    const { sql } = company.database
    await sql`
      INSERT INTO notifications (id, event_id, person_id, kind, facts, created_at)
      SELECT gen_random_uuid(), e.id, ${company.personId('Duarte')}, 'booking_approved', '{}', now()
      FROM (SELECT id FROM events LIMIT 1) e, generate_series(1, 150)`
    const { notices, total } = await overview.unreadNotices(company.personId('Duarte'), 5)
    expect([notices.length, total]).toEqual([5, MOST_COUNTED])
    await sql`DELETE FROM notifications WHERE person_id = ${company.personId('Duarte')}`
  })

  it('has pages that are counted a little ahead, and none that cannot be reached', async () => {
    const { sql } = company.database
    const catarina = company.personId('Catarina')
    await sql`
      INSERT INTO bookings (id, request_key, requester_id, vehicle_id, status, starts_at, ends_at, passengers, destination,
        type, reason, created_at, changed_at)
      SELECT gen_random_uuid(), 'past ' || n, ${catarina}, ${company.vehicleId('VW ID.4')}, 'cancelled',
        '2020-01-01'::timestamptz + make_interval(hours => n), '2020-01-01'::timestamptz + make_interval(hours => n + 1), 1,
        'Trip ' || n, 'business_trip', 'client_meeting', now(), now() FROM generate_series(1, 200) n`
    const page = async (wanted: number, filter: HistoryFilter = 'all') => {
      const history = await overview.history(catarina, filter, wanted, 2)
      return { ...history, bookings: history.bookings.map(({ destination }) => destination) }
    }
    expect(await page(0)).toEqual({ bookings: ['Trip 200', 'Trip 199'], page: 0, pages: 51 })
    expect(await page(60, 'cancelled')).toEqual({ bookings: ['Trip 80', 'Trip 79'], page: 60, pages: 100 })
    expect(await page(500)).toEqual({ bookings: ['Trip 2', 'Trip 1'], page: 99, pages: 100 })
    expect(await page(3, 'approved')).toEqual({ bookings: [], page: 0, pages: 1 })
  })
})

describe('a change of a booking that stands', () => {
  const ASK: Decision = { kind: 'ask_for_change', note: 'Shorter, please.' }
  const idsOf = (bookings: Booking[]) => bookings.map(({ id }) => id)
  const history = async (name: string, filter: HistoryFilter) =>
    idsOf((await overview.history(company.personId(name), filter, 0, 50)).bookings)
  const waiting = async (name: string) => idsOf((await overview.waitingFor(company.personId(name), NOW, 50)).bookings)
  const trips = async (name: string) => idsOf((await overview.nextTrips(company.personId(name), NOW, 50)).bookings)

  let id = ''
  let booking: Booking
  beforeAll(async () => {
    booking = await company.request({ window: trip(500, 502) })
    id = booking.id
    for (const by of ['Mara', 'Hanna']) booking = await company.decide(booking, by, APPROVE)
  })

  it('waits for the approver, and for an answer, while it is still approved', async () => {
    expect(await waiting('Mara')).not.toContain(id)
    expect(await history('Anna', 'pending')).not.toContain(id)
    booking = (await company.change(booking, { window: trip(500, 504) })).booking
    expect(await waiting('Mara')).toContain(id)
    expect(await history('Anna', 'pending')).toContain(id)
    expect(await history('Anna', 'approved')).toContain(id)
    expect(await history('Anna', 'rejected')).not.toContain(id)
    expect(await trips('Anna')).toContain(id)
  })

  it('is no longer the approver’s once they asked for another', async () => {
    booking = await company.decide(booking, 'Mara', ASK)
    expect(await waiting('Mara')).not.toContain(id)
    expect(await history('Anna', 'pending')).toContain(id)
    expect(await trips('Anna')).toContain(id)
    expect(idsOf(await overview.decidedBy(company.personId('Mara'), 50))).toContain(id)
    expect(await kinds('Anna')).toContain('changes_requested')
  })

  it('that came to nothing waits for nobody', async () => {
    await company.change(booking, { window: trip(500, 502) })
    expect(await history('Anna', 'pending')).not.toContain(id)
    expect(await history('Anna', 'approved')).toContain(id)
  })

  it('is no news to whoever asked for it, nor is the reminder of what waits', async () => {
    for (const kind of ['change_requested', 'booking_requested']) expect(await kinds('Anna')).not.toContain(kind)
    const { prisma } = company.database
    const { id: eventId } = await prisma.event.findFirstOrThrow({ where: { bookingId: id, type: 'booking.approved' } })
    await prisma.notification.updateMany({ where: { eventId }, data: { kind: 'approval_reminder' } })
    expect(await kinds('Anna')).not.toContain('approval_reminder')
  })
})

it('sites are all there are, by name', async () => {
  await company.database.prisma.site.create({ data: { name: 'Graz', timeZone: 'Europe/Vienna' } })
  expect((await overview.sites()).map(({ name }) => name)).toEqual(['Berlin', 'Graz', 'Lisbon'])
})

describe('absences of others', () => {
  const standsIn = async (name: string, now = NOW) =>
    (await overview.standingInFor(company.personId(name), now)).map((one) => one.name)
  const away = (name: string, standIn: string, { startsAt, endsAt } = trip(0, 24)) =>
    company.database.prisma.absence.create({
      data: {
        personId: company.personId(name),
        standInId: company.personId(standIn),
        startsAt,
        endsAt,
        nextDueAt: startsAt,
      },
    })

  it('are those for which somebody stands in, now or later, until they are over', async () => {
    await away('Mara', 'Ben', trip(24, 72))
    await away('Hanna', 'Ben', trip(-24, 24))
    await away('Aydin', 'Anna')
    expect(await standsIn('Ben')).toEqual(['Hanna Weber', 'Mara Lindqvist'])
    expect(await standsIn('Ben', trip(24, 25).startsAt)).toEqual(['Mara Lindqvist'])
    expect(await standsIn('Hanna')).toEqual([])
    const [first] = await overview.standingInFor(company.personId('Ben'), NOW)
    expect(first).toEqual({ name: 'Hanna Weber', ...trip(-24, 24) })
  })
})

it('what was passed on waits for nobody any more', async () => {
  const booking = await company.request({ window: trip(700, 702) })
  const mara = company.personId('Mara')
  const waits = async () => (await overview.waitingFor(mara, NOW, 50)).bookings.some(({ id }) => id === booking.id)
  expect(await waits()).toBe(true)
  await company.database.prisma.ask.updateMany({ where: { personId: mara }, data: { endedAt: NOW } })
  expect(await waits()).toBe(false)
})
