import { randomUUID } from 'node:crypto'
import type { Role } from '../core/people/person.ts'
import type { PrismaClient } from './generated/client.ts'

interface DemoPerson {
  name: string
  role: Role
  department: string
  site: string
  manager: string | null
}

const SITES = [
  { name: 'Berlin', timeZone: 'Europe/Berlin' },
  { name: 'Lisbon', timeZone: 'Europe/Lisbon' },
]

const PEOPLE: DemoPerson[] = [
  { name: 'Mara Lindqvist', role: 'manager', department: 'Sales', site: 'Berlin', manager: null },
  { name: 'Hanna Weber', role: 'hr', department: 'People', site: 'Berlin', manager: null },
  { name: 'Aydin Kaya', role: 'admin', department: 'People', site: 'Berlin', manager: null },
  { name: 'Anna Schmidt', role: 'employee', department: 'Sales', site: 'Berlin', manager: 'Mara Lindqvist' },
  { name: 'Ben Koch', role: 'employee', department: 'Sales', site: 'Berlin', manager: 'Mara Lindqvist' },
  { name: 'Catarina Duarte', role: 'employee', department: 'Sales', site: 'Lisbon', manager: 'Mara Lindqvist' },
  { name: 'Duarte Reis', role: 'employee', department: 'People', site: 'Lisbon', manager: 'Aydin Kaya' },
]

const VEHICLES = [
  { name: 'Smart EQ fortwo', type: 'city car', seats: 2, licensePlate: 'B-MP 2002E', site: 'Berlin' },
  { name: 'Škoda Octavia', type: 'estate', seats: 5, licensePlate: 'B-MP 505', site: 'Berlin' },
  { name: 'VW ID.4', type: 'electric', seats: 5, licensePlate: 'B-MP 404E', site: 'Berlin', turnaroundMinutes: 60 },
  { name: 'Ford Transit', type: 'minibus', seats: 9, licensePlate: 'B-MP 909', site: 'Berlin', turnaroundMinutes: 30 },
  { name: 'Renault Zoe', type: 'electric', seats: 4, licensePlate: 'LX-40-ZO', site: 'Lisbon', turnaroundMinutes: 60 },
  { name: 'Peugeot 5008', type: 'van', seats: 7, licensePlate: 'LX-70-PG', site: 'Lisbon' },
]

/** "anna.schmidt@example.com": demo people live under a domain that no mail reaches (RFC 2606). */
function demoEmail(name: string): string {
  return `${name.toLowerCase().replaceAll(' ', '.')}@example.com`
}

/** Fills an empty directory with a demo company; one that has anybody in it is left alone. Gives whether it did. */
export async function seedDemoCompany(prisma: PrismaClient): Promise<boolean> {
  if ((await prisma.person.count()) > 0) return false
  const siteIds = new Map(SITES.map((site) => [site.name, randomUUID()]))
  const personIds = new Map(PEOPLE.map((person) => [person.name, randomUUID()]))
  const idOf = (ids: Map<string, string>, name: string) => {
    const id = ids.get(name)
    if (!id) throw new Error(`The demo company has no ${name}`)
    return id
  }
  await prisma.$transaction([
    prisma.site.createMany({ data: SITES.map((site) => ({ id: idOf(siteIds, site.name), ...site })) }),
    prisma.person.createMany({
      data: PEOPLE.map(({ name, role, department, site, manager }) => ({
        id: idOf(personIds, name),
        email: demoEmail(name),
        name,
        role,
        department,
        siteId: idOf(siteIds, site),
        managerId: manager && idOf(personIds, manager),
      })),
    }),
    prisma.vehicle.createMany({
      data: VEHICLES.map(({ site, ...vehicle }) => ({ ...vehicle, siteId: idOf(siteIds, site) })),
    }),
  ])
  return true
}
