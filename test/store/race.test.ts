import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { Refusal } from '../../src/core/booking-error.ts'
import { type Company, openCompany, orRefusal, trip } from '../support/company.ts'

const PEOPLE = 40
const ROUNDS = 25

describe('forty people at once', () => {
  let company: Company
  const names = Array.from({ length: PEOPLE }, (_, index) => `Colleague${index}`)
  beforeAll(async () => {
    company = await openCompany()
    await Promise.all(names.map((name) => company.hire(`${name} Jones`, { manager: 'Mara' })))
    // A service that runs has its connections: opening twenty at once is no part of the race.
    await Promise.all(names.map(() => company.database.sql`SELECT pg_sleep(0.02)`))
  })
  afterAll(() => company.close())

  /** Has everybody ask at once, and returns their answers. */
  function everybodyAsks(car: string | null, window: ReturnType<typeof trip>): Promise<string[]> {
    return Promise.all(
      names.map(async (by) => {
        const answer = await orRefusal<Booking | Refusal>(company.request({ by, car, window }))
        return 'code' in answer ? answer.code : 'booked'
      }),
    )
  }

  function count(answers: string[]): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1
    return counts
  }

  it('want one car in twenty-five windows: each window has one booking, and everybody else hears that it is taken', async () => {
    const rounds = []
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(await everybodyAsks('Škoda Octavia', trip(round + 24, round + 25)))
    }
    expect(count(rounds.flat())).toEqual({
      booked: ROUNDS,
      vehicle_taken: ROUNDS * (PEOPLE - 1),
    })
    for (const answers of rounds) expect(count(answers)).toEqual({ booked: 1, vehicle_taken: PEOPLE - 1 })
    const { prisma } = company.database
    const where = { vehicleId: company.vehicleId('Škoda Octavia') }
    expect([await prisma.booking.count({ where }), await prisma.vehicleHold.count({ where })]).toEqual([ROUNDS, ROUNDS])
  })

  it('want any of the four cars of their site: four get one, each another, and everybody else hears that none is free', async () => {
    const answers = await everybodyAsks(null, trip(100, 110))
    expect(count(answers)).toEqual({ booked: 4, no_vehicle_free: PEOPLE - 4 })
    const held = await company.database.prisma.vehicleHold.findMany({ where: { startsAt: trip(100, 110).startsAt } })
    expect(new Set(held.map((hold) => hold.vehicleId)).size).toBe(4)
  })
})
