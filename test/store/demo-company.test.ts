import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { seedDemoCompany } from '../../src/store/demo-company.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

describe('the demo company', () => {
  let testDatabase: TestDatabase
  let database: Database
  beforeAll(async () => {
    testDatabase = await createTestDatabase()
    database = openDatabase(testDatabase.url, 4)
  })
  afterAll(async () => {
    await database.close()
    await testDatabase.drop()
  })

  const everything = async () => ({
    sites: await database.prisma.site.findMany({ orderBy: { name: 'asc' } }),
    people: await database.prisma.person.findMany({ include: { site: true, manager: true }, orderBy: { name: 'asc' } }),
    vehicles: await database.prisma.vehicle.findMany({ include: { site: true }, orderBy: { seats: 'asc' } }),
  })

  it('is there once, however often it is asked for', async () => {
    expect(await seedDemoCompany(database.prisma)).toBe(true)
    const seeded = await everything()
    expect(await seedDemoCompany(database.prisma)).toBe(false)
    expect(await everything()).toEqual(seeded)
  })

  it('has a manager, HR, an admin and four employees in two departments', async () => {
    const { people } = await everything()
    const count = (role: string) => people.filter((person) => person.role === role).length
    expect([count('manager'), count('hr'), count('admin'), count('employee'), people.length]).toEqual([1, 1, 1, 4, 7])
    expect(new Set(people.map((person) => person.department)).size).toBe(2)
    for (const person of people) expect(person.email).toMatch(/^[a-z.]+@example\.com$/)
  })

  it('has somebody to decide about every employee', async () => {
    const { people } = await everything()
    for (const { role, manager } of people) if (role === 'employee') expect(manager?.active).toBe(true)
  })

  it('has two sites in different zones, with people and cars at both', async () => {
    const { sites, people, vehicles } = await everything()
    expect(sites.map(({ timeZone }) => timeZone)).toEqual(['Europe/Berlin', 'Europe/Lisbon'])
    for (const { id } of sites) {
      expect(people.some((person) => person.siteId === id)).toBe(true)
      expect(vehicles.some((vehicle) => vehicle.siteId === id)).toBe(true)
    }
  })

  it('has six cars of two to nine seats, some of which need time between trips', async () => {
    const { vehicles } = await everything()
    expect(vehicles.map((vehicle) => vehicle.seats)).toEqual([2, 4, 5, 5, 7, 9])
    expect(vehicles.some((vehicle) => vehicle.turnaroundMinutes > 0)).toBe(true)
    expect(vehicles.every((vehicle) => vehicle.status === 'in_service')).toBe(true)
  })

  it('leaves a directory alone that has anybody in it', async () => {
    const other = await createTestDatabase()
    const { prisma, close } = openDatabase(other.url, 2)
    const site = await prisma.site.create({ data: { name: 'Oslo', timeZone: 'Europe/Oslo' } })
    await prisma.person.create({ data: { name: 'Ola', email: 'ola@example.com', siteId: site.id } })
    expect(await seedDemoCompany(prisma)).toBe(false)
    expect([await prisma.person.count(), await prisma.vehicle.count()]).toEqual([1, 0])
    await close()
    await other.drop()
  })
})
