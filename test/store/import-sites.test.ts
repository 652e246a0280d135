import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SitesTable } from '../../src/core/people/import-sites.ts'
import { createDirectory } from '../../src/store/directory.ts'
import { importSites } from '../../src/store/import-sites.ts'
import { createOverview } from '../../src/store/overview.ts'
import { type Company, NOW, openCompany, openStep, trip } from '../support/company.ts'

let company: Company
beforeEach(async () => {
  company = await openCompany()
})
afterEach(() => company.close())

async function run(...rows: SitesTable['rows'][number]['cells'][]) {
  const table: SitesTable = { rows: rows.map((cells, index) => ({ line: index + 2, cells })), problems: [] }
  return importSites(company.database.prisma, table, 'Europe/Paris', NOW)
}

const siteOf = async (name: string) => (await company.deps.store.findPerson(company.personId(name)))?.site

it('writes new and changed sites, and nothing the second time', async () => {
  const rows = [
    { name: 'Cairo', time_zone: 'Africa/Cairo', working_days: 'sun-thu', working_hours: '07:00-15:00' },
    { name: 'berlin', working_days: 'mon' },
  ]
  expect(await run(...rows)).toMatchObject({ plan: { added: [{}], changed: [{}], unchanged: 0, notNamed: 1 } })
  expect(await createOverview(company.database).sites()).toEqual([
    {
      id: expect.any(String),
      name: 'Cairo',
      timeZone: 'Africa/Cairo',
      workingDays: [1, 2, 3, 4, 7],
      workingHours: { from: 420, until: 900 },
    },
    { id: expect.any(String), name: 'Lisbon', timeZone: 'Europe/Lisbon', workingDays: null, workingHours: null },
    { id: expect.any(String), name: 'berlin', timeZone: 'Europe/Berlin', workingDays: [1], workingHours: null },
  ])
  expect(await run(...rows)).toMatchObject({ plan: { added: [], changed: [], unchanged: 2, notNamed: 1 } })
  const trail = await company.database.prisma.auditEntry.findMany({
    where: { subject: 'site' },
    orderBy: { id: 'asc' },
  })
  expect(trail).toMatchObject([
    {
      action: 'site.added',
      newValues: { timeZone: 'Africa/Cairo', workingDays: '1,2,3,4,7', workingHours: '07:00-15:00' },
    },
    { action: 'site.changed', oldValues: { workingDays: null }, newValues: { workingDays: '1' } },
  ])
})

it('writes nothing at all where a row is wrong', async () => {
  expect(await run({ name: 'Cairo' }, { name: 'Berlin', working_days: 'never' })).toMatchObject({ kind: 'refused' })
  expect(await company.database.prisma.site.count()).toBe(2)
})

it('the days of a site count for those who are asked from then on', async () => {
  const before = await company.request({ window: trip(240, 241) })
  expect(openStep(before).dueAt).toEqual(trip(24, 25).startsAt)
  await run({ name: 'Berlin', working_days: 'wed' })
  expect(await siteOf('Anna')).toMatchObject({ workingDays: [3] })
  const after = await company.request({ by: 'Ben', window: trip(240, 241), car: 'VW ID.4' })
  expect(openStep(after).dueAt).toEqual(new Date('2030-03-13T07:00:00Z'))
  const stored = await company.deps.store.findBooking(before.id)
  expect(stored && openStep(stored).dueAt).toEqual(openStep(before).dueAt)
  await run({ name: 'Berlin', working_days: '' })
  expect(await siteOf('Anna')).toMatchObject({ workingDays: null })
})

it('people read one way or the other have the same site', async () => {
  await run({ name: 'Berlin', working_days: 'sun-thu', working_hours: '07:00-15:00' })
  const directory = createDirectory(company.database)
  for (const name of ['Anna', 'Catarina']) {
    const person = await company.deps.store.findPerson(company.personId(name))
    expect(await directory.findByEmail(person?.email ?? '')).toEqual(person)
  }
})

it('the database takes no list without days, and none that are no days', async () => {
  const { sql } = company.database
  await expect(sql`UPDATE sites SET working_days = '{}'`).rejects.toThrow('sites_working_days_check')
  await expect(sql`UPDATE sites SET working_days = '{0}'`).rejects.toThrow('sites_working_days_check')
  await expect(sql`UPDATE sites SET working_days = '{1,8}'`).rejects.toThrow('sites_working_days_check')
  await expect(sql`UPDATE sites SET working_days = '{1,null}'`).rejects.toThrow('sites_working_days_check')
})

it('the database takes no hours across midnight, and none that are no two minutes of a day', async () => {
  const { sql } = company.database
  for (const hours of ['{}', '{480}', '{1080,480}', '{480,480}', '{-1,480}', '{480,1441}', '{480,null}', '{1,2,3}']) {
    await expect(sql.unsafe(`UPDATE sites SET working_hours = '${hours}'`), hours).rejects.toThrow(
      'sites_working_hours_check',
    )
  }
  await sql`UPDATE sites SET working_hours = '{0,1440}'`
})
