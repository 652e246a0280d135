import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { passTime } from '../../src/core/approval/pass-time.ts'
import type { Booking } from '../../src/core/booking/booking.ts'
import { nextDue } from '../../src/core/booking/next-due.ts'
import type { TripWindow } from '../../src/core/booking/trip-window.ts'
import { withdrawChange } from '../../src/core/booking/withdraw-change.ts'
import { findMisfits } from '../../src/store/check-consistency.ts'
import { createChoices } from '../../src/store/choices.ts'
import { minutesAfter } from '../support/builders.ts'
import { type Company, NOW, openCompany, REJECT, refusalOf, trip } from '../support/company.ts'

const CAR = 'Škoda Octavia'
const OTHER = 'Ford Transit'

describe('a car whose turnaround is raised after it was promised', () => {
  let company: Company
  let days = 0
  beforeAll(async () => {
    company = await openCompany()
  })
  afterAll(() => company.close())
  afterEach(async () => {
    await company.database.sql`UPDATE vehicles SET turnaround_minutes = 0 WHERE name = ${CAR}`
    await company.database.sql`UPDATE vehicles SET seats = 5, status = 'in_service' WHERE name = ${CAR}`
    expect(await findMisfits(company.database.sql, NOW, true)).toEqual([])
  })

  const at = (from: number, to: number): TripWindow => trip(24 * days + from, 24 * days + to)
  const raise = () => company.database.sql`UPDATE vehicles SET turnaround_minutes = 30 WHERE name = ${CAR}`

  async function approved(by: string, window: TripWindow, passengers = 1): Promise<Booking> {
    const pending = await company.request({ by, window, passengers })
    return company.decide(await company.decide(pending, 'Mara'), 'Hanna')
  }

  /** Two trips back to back, the first of which asks for another car before the turnaround is raised. */
  async function changing(): Promise<Booking> {
    days += 1
    const first = await approved('Anna', at(9, 10))
    await approved('Ben', at(10, 11))
    const { booking } = await company.change(first, { car: OTHER })
    await raise()
    return booking
  }

  async function held(booking: Booking): Promise<[string, Date, Date][]> {
    const rows = await company.database.prisma.vehicleHold.findMany({
      where: { bookingId: booking.id },
      include: { vehicle: true },
    })
    return rows.map(({ vehicle, startsAt, endsAt }) => [vehicle.name, startsAt, endsAt])
  }

  const asItWas = () => [[CAR, at(9, 10).startsAt, at(9, 10).endsAt]]

  it('the proposal can be rejected', async () => {
    const booking = await changing()
    await company.decide(booking, 'Mara', REJECT)
    expect(await held(booking)).toEqual(asItWas())
  })

  it('the proposal can be withdrawn', async () => {
    const booking = await changing()
    await withdrawChange(company.deps, { bookingId: booking.id, actorId: company.personId('Anna') })
    expect(await held(booking)).toEqual(asItWas())
  })

  it('the proposal expires', async () => {
    const booking = await changing()
    const departure = booking.window.startsAt
    const late = company.under({ now: () => departure })
    expect(await passTime(late.deps, { bookingId: booking.id })).toMatchObject({ outcome: 'changed' })
    expect(await held(booking)).toEqual(asItWas())
  })

  it('the proposal can be approved, and holds what its own car needs', async () => {
    const booking = await changing()
    const decided = await company.decide(await company.decide(booking, 'Mara'), 'Hanna')
    expect(await held(decided)).toEqual([[OTHER, at(9, 10).startsAt, minutesAfter(at(9, 10).endsAt, 30)]])
    expect(decided.change?.trip.turnaroundMinutes).toBe(0)
  })

  it('the trip can be made shorter', async () => {
    days += 1
    const first = await approved('Anna', at(9, 10))
    await approved('Ben', at(10, 11))
    await raise()
    const { booking } = await company.change(first, { window: at(9.5, 10) })
    expect(await held(booking)).toEqual([[CAR, at(9.5, 10).startsAt, at(9.5, 10).endsAt]])
  })

  it('the trip ends when it ended, and the car is back then', async () => {
    days += 1
    const first = await approved('Anna', at(9, 10))
    await raise()
    const found = await company.deps.store.findBooking(first.id)
    expect(found && nextDue(found)).toEqual(at(9, 10).endsAt)
    const back = company.under({ now: () => at(9, 10).endsAt })
    expect(await passTime(back.deps, { bookingId: first.id })).toMatchObject({ booking: { status: 'completed' } })
  })

  it('a longer trip with it keeps the turnaround it was promised with', async () => {
    days += 1
    const first = await approved('Anna', at(9, 10))
    await approved('Ben', at(12, 13))
    await raise()
    const offered = await createChoices(company.database).freeVehicles(at(9, 12), 1, first.id)
    expect(offered.map(({ name }) => name)).toContain(CAR)
    const { booking } = await company.change(first, { window: at(9, 12) })
    expect(await held(booking)).toEqual([[CAR, at(9, 12).startsAt, at(9, 12).endsAt]])
  })

  it('another car brings the turnaround that it has by then, and going back to the own one the old one', async () => {
    const booking = await changing()
    expect(booking.change?.trip.turnaroundMinutes).toBe(30)
    const back = await company.change(booking, { car: CAR, window: at(9, 10), destination: 'Kiel' })
    expect(back.booking.change?.trip.turnaroundMinutes).toBe(0)
    expect(await held(back.booking)).toEqual(asItWas())
  })

  it('a new request needs the turnaround that the car has now', async () => {
    days += 1
    await raise()
    await approved('Anna', at(10, 11))
    expect(await refusalOf(company.request({ by: 'Ben', window: at(9, 10) }))).toMatchObject({ code: 'vehicle_taken' })
  })

  it.each([
    ['has fewer seats since', { seats: 2 }],
    ['is retired since', { status: 'retired' as const }],
  ])('a car that %s still makes a shorter trip', async (_what, data) => {
    days += 1
    const first = await approved('Anna', at(9, 11), 4)
    await company.database.prisma.vehicle.update({ where: { id: company.vehicleId(CAR) }, data })
    const offered = await createChoices(company.database).freeVehicles(at(9, 10), 4, first.id)
    expect(offered.map(({ name }) => name)).toContain(CAR)
    const { booking } = await company.change(first, { window: at(9, 10) })
    expect(await held(booking)).toEqual([[CAR, at(9, 10).startsAt, at(9, 10).endsAt]])
    const fewer = await company.change(booking, { passengers: 3, details: 'One less' })
    expect(fewer.booking.passengers).toBe(3)
  })

  it('a car that has fewer seats since takes nobody more aboard', async () => {
    days += 1
    const first = await approved('Anna', at(9, 11), 4)
    await company.database.sql`UPDATE vehicles SET seats = 2 WHERE name = ${CAR}`
    expect(await refusalOf(company.change(first, { passengers: 5 }))).toMatchObject({ code: 'vehicle_too_small' })
  })
})
