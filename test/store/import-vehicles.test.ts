import { afterEach, beforeEach, expect, it } from 'vitest'
import type { VehiclesTable } from '../../src/core/fleet/import-vehicles.ts'
import { createChoices } from '../../src/store/choices.ts'
import { importVehicles } from '../../src/store/import-vehicles.ts'
import { type Company, NOW, openCompany, REJECT, refusalOf, trip } from '../support/company.ts'

let company: Company
beforeEach(async () => {
  company = await openCompany()
})
afterEach(() => company.close())

async function run(...rows: VehiclesTable['rows'][number]['cells'][]) {
  const table: VehiclesTable = { rows: rows.map((cells, index) => ({ line: index + 2, cells })), problems: [] }
  const decision = await importVehicles(company.database.prisma, table, 'Europe/Paris', NOW)
  if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.problems))
  return decision.plan
}

const OCTAVIA = { name: 'Škoda Octavia', type: 'estate', seats: '5', license_plate: 'B-MP 505', site: 'Berlin' }
const PICTURE = 'https://cars.example.com/zoe.png'

it('writes new and changed cars and sites, and nothing the second time', async () => {
  const rows = [
    { name: 'Zoe', seats: '4', license_plate: 'LY-1', site: 'Lyon', turnaround_minutes: '45', image_url: PICTURE },
    { ...OCTAVIA, name: 'Octavia' },
  ]
  expect(await run(...rows)).toMatchObject({ added: [{}], changed: [{}], unchanged: 0, notNamed: 5 })
  const { prisma } = company.database
  const zoe = await prisma.vehicle.findUniqueOrThrow({ where: { licensePlate: 'LY-1' }, include: { site: true } })
  expect(zoe).toMatchObject({
    name: 'Zoe',
    type: 'car',
    seats: 4,
    turnaroundMinutes: 45,
    imageUrl: PICTURE,
    status: 'in_service',
    site: { name: 'Lyon', timeZone: 'Europe/Paris' },
  })
  const octavia = await prisma.vehicle.findUniqueOrThrow({ where: { id: company.vehicleId('Škoda Octavia') } })
  expect(octavia).toMatchObject({ name: 'Octavia', type: 'estate', licensePlate: 'B-MP 505' })
  expect(await run(...rows)).toMatchObject({ added: [], changed: [], unchanged: 2, newSites: [] })
  expect(await prisma.auditEntry.count({ where: { subject: 'vehicle' } })).toBe(2)
})

it('names the bookings of a car that shrank or moved, but not those that are over', async () => {
  const booked = await company.request({ passengers: 3 })
  await company.cancel(
    await company.request({ window: { startsAt: booked.window.endsAt, endsAt: new Date('2030-03-07') } }),
    'Anna',
  )
  await company.maintain('Škoda Octavia', { startsAt: new Date('2030-04-01'), endsAt: new Date('2030-04-02') })
  const plan = await run({ ...OCTAVIA, seats: '2', site: 'Lisbon' })
  expect(plan.outgrown).toMatchObject([
    { why: 'too_small', numbers: [booked.number] },
    { why: 'moved', numbers: [booked.number] },
  ])
  expect(await company.deps.store.findBooking(booked.id)).toMatchObject({
    status: 'pending_manager',
    vehicle: { seats: 2 },
  })
})

it('counts the car of a proposal as well when it shrinks, moves or is retired, and a trip that has too few seats is not approved', async () => {
  const booked = await company.request({ passengers: 2 })
  const pendingHr = await company.decide(booked, 'Mara')
  const approved = await company.decide(pendingHr, 'Hanna')
  const { booking } = await company.change(approved, { car: 'Ford Transit', passengers: 8 })
  const TRANSIT = { name: 'Ford Transit', type: 'minibus', license_plate: 'b mp 909' }
  const plan = await run({ ...TRANSIT, seats: '4', site: 'Lisbon', status: 'retired' }, { ...OCTAVIA, seats: '2' })
  expect(plan.outgrown).toMatchObject([
    { why: 'too_small', numbers: [booked.number], vehicle: { name: 'Ford Transit' } },
    { why: 'moved', numbers: [booked.number] },
    { why: 'retired', numbers: [booked.number] },
  ])
  const { prisma } = company.database
  const transit = await prisma.vehicle.findUniqueOrThrow({ where: { id: company.vehicleId('Ford Transit') } })
  expect(transit).toMatchObject({ status: 'retired', seats: 4, plateKey: 'b-mp-909' })
  expect(await refusalOf(company.decide(booking, 'Mara'))).toEqual({
    code: 'vehicle_too_small',
    facts: { vehicleName: 'Ford Transit', seats: 4, passengers: 8 },
  })
  expect((await company.decide(booking, 'Mara', REJECT)).status).toBe('approved')
})

it('a car that is retired is offered no more, and is in service again when the file says so', async () => {
  const free = async () => {
    const vehicles = await createChoices(company.database).freeVehicles(trip(24, 25), 1)
    return vehicles.map(({ name }) => name)
  }
  await run({ ...OCTAVIA, status: 'retired' })
  expect(await free()).not.toContain('Škoda Octavia')
  await run({ ...OCTAVIA })
  expect(await free()).not.toContain('Škoda Octavia')
  await run({ ...OCTAVIA, status: 'in service' })
  expect(await free()).toContain('Škoda Octavia')
})
