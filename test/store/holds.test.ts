import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { TripWindow } from '../../src/core/booking/trip-window.ts'
import { type Company, openCompany, orRefusal, REJECT, refusalOf, trip } from '../support/company.ts'

describe('a car that is held', () => {
  let company: Company
  let days = 0
  beforeAll(async () => {
    company = await openCompany()
  })
  afterAll(() => company.close())

  /** Each test has a day of its own, so that they do not get into each other's way. */
  function day(): (fromHour: number, toHour: number) => TripWindow {
    days += 1
    return (fromHour, toHour) => trip(days * 24 + fromHour, days * 24 + toHour)
  }

  const TAKEN = { code: 'vehicle_taken', facts: { vehicleName: 'Škoda Octavia' } }

  it.each([
    ['ends when it starts', 8, 10, 'accepted'],
    ['starts when it ends', 12, 14, 'accepted'],
    ['is the same', 10, 12, 'refused'],
    ['encloses it', 9, 13, 'refused'],
    ['is enclosed by it', 10.5, 11.5, 'refused'],
    ['reaches into it', 9, 10.5, 'refused'],
    ['begins within it', 11.5, 13, 'refused'],
    ['shares only the first minute', 9, 10 + 1 / 60, 'refused'],
    ['shares only the last minute', 12 - 1 / 60, 13, 'refused'],
  ])('from 10 to 12: a trip that %s (%s to %s) is %s', async (_what, from, to, answer) => {
    const on = day()
    await company.request({ window: on(10, 12) })
    const second = await orRefusal(company.request({ by: 'Ben', window: on(from, to) }))
    if (answer === 'accepted') expect(second).toMatchObject({ status: 'pending_manager' })
    else expect(second).toEqual(TAKEN)
  })

  it('does not hold another car', async () => {
    const on = day()
    await company.request({ window: on(10, 12) })
    await expect(company.request({ by: 'Ben', car: 'VW ID.4', window: on(10, 12) })).resolves.toMatchObject({
      vehicle: { name: 'VW ID.4' },
    })
  })

  it.each([
    [12.5, 'refused'],
    [12 + 59 / 60, 'refused'],
    [13, 'accepted'],
  ])('needs its hour of turnaround: after a trip until 12, one from %s is %s', async (from, answer) => {
    const on = day()
    await company.request({ car: 'VW ID.4', window: on(10, 12) })
    const second = await orRefusal(company.request({ car: 'VW ID.4', window: on(from, from + 1) }))
    expect(second).toMatchObject(answer === 'accepted' ? { status: 'pending_manager' } : { code: 'vehicle_taken' })
  })

  it.each([
    [9.5, 'refused'],
    [9, 'accepted'],
  ])('needs its own turnaround before the next trip: until %s, with one from 10, is %s', async (to, answer) => {
    const on = day()
    await company.request({ car: 'VW ID.4', window: on(10, 12) })
    const second = await orRefusal(company.request({ car: 'VW ID.4', window: on(8, to) }))
    expect(second).toMatchObject(answer === 'accepted' ? { status: 'pending_manager' } : { code: 'vehicle_taken' })
  })

  it.each([
    ['a maintenance window', 11, 14, 'refused'],
    ['the end of one', 14, 15, 'accepted'],
  ])('is not to be had at %s', async (_what, from, to, answer) => {
    const on = day()
    await company.maintain('Škoda Octavia', on(10, 14))
    const request = await orRefusal(company.request({ window: on(from, to) }))
    if (answer === 'accepted') expect(request).toMatchObject({ status: 'pending_manager' })
    else expect(request).toEqual(TAKEN)
  })

  it('cannot go to maintenance while somebody has it', async () => {
    const on = day()
    await company.request({ window: on(10, 12) })
    await expect(company.maintain('Škoda Octavia', on(11, 14))).rejects.toThrow()
  })

  it.each([
    ['cancelled', async (booked: Booking) => company.cancel(booked, 'Anna')],
    ['rejected by the manager', async (booked: Booking) => company.decide(booked, 'Mara', REJECT)],
    [
      'rejected by HR',
      async (booked: Booking) => company.decide(await company.decide(booked, 'Mara'), 'Hanna', REJECT),
    ],
    [
      'cancelled after it was approved',
      async (booked: Booking) =>
        company.cancel(await company.decide(await company.decide(booked, 'Mara'), 'Hanna'), 'Anna'),
    ],
  ])('is free at once when its booking is %s', async (_what, end) => {
    const window = day()(10, 12)
    const booked = await company.request({ window })
    expect(await refusalOf(company.request({ by: 'Ben', window }))).toEqual(TAKEN)
    await end(booked)
    expect(await company.request({ by: 'Ben', window })).toMatchObject({ requester: { name: 'Ben Koch' } })
  })

  it('stays held while its booking is approved step by step', async () => {
    const window = day()(10, 12)
    const asked = await company.decide(await company.request({ window }), 'Mara')
    expect(await refusalOf(company.request({ by: 'Ben', window }))).toEqual(TAKEN)
    expect(await company.decide(asked, 'Hanna')).toMatchObject({ status: 'approved' })
    expect(await refusalOf(company.request({ by: 'Ben', window }))).toEqual(TAKEN)
  })

  it('is not bookable once it is retired, by name or as any car', async () => {
    const { prisma } = company.database
    const where = { id: company.vehicleId('Ford Transit') }
    await prisma.vehicle.update({ where, data: { status: 'retired' } })
    const window = day()(10, 12)
    expect(await refusalOf(company.request({ car: 'Ford Transit', window }))).toEqual({
      code: 'vehicle_not_found',
      facts: {},
    })
    expect(await refusalOf(company.request({ car: null, passengers: 8, window }))).toMatchObject({
      code: 'no_vehicle_free',
      facts: { passengers: 8, siteSeats: 5, next: null },
    })
  })

  it('is not given to anybody when it is retired between the choice and the commit', async () => {
    const { store } = company.deps
    const where = { id: company.vehicleId('Peugeot 5008') }
    const commit: typeof store.commit = async (change) => {
      await company.database.prisma.vehicle.update({ where, data: { status: 'retired' } })
      return store.commit(change)
    }
    const window = day()(10, 12)
    const late = company.under({ store: { ...store, commit } }).request({ car: 'Peugeot 5008', window })
    expect(await refusalOf(late)).toEqual({ code: 'vehicle_taken', facts: { vehicleName: 'Peugeot 5008' } })
    expect(await company.database.prisma.booking.count({ where: { vehicleId: where.id } })).toBe(0)
  })

  it('keeps nothing of a refused request', async () => {
    const { prisma } = company.database
    const counts = async () => ({
      bookings: await prisma.booking.count(),
      holds: await prisma.vehicleHold.count(),
      steps: await prisma.step.count(),
      deliveries: await prisma.delivery.count(),
      cards: await prisma.card.count(),
      audit: await prisma.auditEntry.count(),
    })
    const window = day()(10, 12)
    await company.request({ window })
    const before = await counts()
    await refusalOf(company.request({ by: 'Ben', window }))
    expect(await counts()).toEqual(before)
  })
})
