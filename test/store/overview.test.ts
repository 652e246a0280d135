import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Overview } from '../../src/core/booking/overview.ts'
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

it('sites are all there are, by name', async () => {
  await company.database.prisma.site.create({ data: { name: 'Graz', timeZone: 'Europe/Vienna' } })
  expect((await overview.sites()).map(({ name }) => name)).toEqual(['Berlin', 'Graz', 'Lisbon'])
})
