import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import { withdrawChange } from '../../src/core/booking/withdraw-change.ts'
import type { Refusal } from '../../src/core/booking-error.ts'
import {
  APPROVE,
  type Company,
  NOW,
  openCompany,
  openStep,
  orRefusal,
  REJECT,
  refusalOf,
  trip,
} from '../support/company.ts'

const CAR = 'Škoda Octavia'
const ASK = { kind: 'ask_for_change', note: 'Could you start later?' } as const

describe('changing a booking', () => {
  let company: Company
  let day = 0
  beforeAll(async () => {
    company = await openCompany()
    for (let index = 0; index < 20; index += 1) await company.hire(`Rival${index} Jones`, { manager: 'Mara' })
  })
  afterAll(() => company.close())

  /** A window of its own for each test: so many hours into a day that nobody else uses. */
  const at = (from: number, to: number) => trip(24 * day + from, 24 * day + to)
  const nextDay = () => {
    day += 1
  }

  async function approved(window = at(8, 10)): Promise<Booking> {
    const pending = await company.request({ window })
    return company.decide(await company.decide(pending, 'Mara'), 'Hanna')
  }

  async function holds(booking: Booking) {
    const rows = await company.database.prisma.vehicleHold.findMany({
      where: { bookingId: booking.id },
      orderBy: { startsAt: 'asc' },
    })
    return rows.map(({ vehicleId, startsAt, endsAt }) => [vehicleId, hourOf(startsAt), hourOf(endsAt)])
  }
  const hourOf = (time: Date) => (+time - +NOW) / 3_600_000 - 24 * day
  const stored = async (booking: Booking) => {
    const found = await company.deps.store.findBooking(booking.id)
    if (!found) throw new Error('gone')
    return found
  }

  it('of an approved booking leaves it as it stands, and holds both until it is decided', async () => {
    nextDay()
    const before = await approved()
    const { booking, became } = await company.change(before, { window: at(8, 12) })
    expect(became).toBe('change.requested')
    const found = await stored(booking)
    expect(found).toMatchObject({
      status: 'approved',
      window: at(8, 10),
      round: 2,
      change: { status: 'pending_manager' },
    })
    expect(found.change?.trip.window).toEqual(at(8, 12))
    expect(await holds(found)).toEqual([[company.vehicleId(CAR), 8, 12]])

    const decided = await company.decide(await company.decide(found, 'Mara'), 'Hanna')
    expect(await stored(decided)).toMatchObject({
      status: 'approved',
      window: at(8, 12),
      change: { status: 'approved' },
    })
    expect((await stored(decided)).change?.trip.window).toEqual(at(8, 10))
    expect(await holds(decided)).toEqual([[company.vehicleId(CAR), 8, 12]])
  })

  it('holds two windows of one car where they do not touch, and gives the old one back once it is approved', async () => {
    nextDay()
    const { booking } = await company.change(await approved(), { window: at(14, 16) })
    const car = company.vehicleId(CAR)
    expect(await holds(booking)).toEqual([
      [car, 8, 10],
      [car, 14, 16],
    ])
    const decided = await company.decide(await company.decide(booking, 'Mara'), 'Hanna')
    expect(await holds(decided)).toEqual([[car, 14, 16]])
  })

  it('holds both cars while another one is asked for, and the old one alone once it is refused', async () => {
    nextDay()
    const { booking } = await company.change(await approved(), { car: 'VW ID.4' })
    expect((await holds(booking)).map(([vehicle]) => vehicle).toSorted()).toEqual(
      [company.vehicleId(CAR), company.vehicleId('VW ID.4')].toSorted(),
    )
    const refused = await company.decide(booking, 'Mara', REJECT)
    expect(await stored(refused)).toMatchObject({
      status: 'approved',
      window: at(8, 10),
      change: { status: 'rejected' },
    })
    expect(await holds(refused)).toEqual([[company.vehicleId(CAR), 8, 10]])
  })

  it('withdrawn, it is as it was', async () => {
    nextDay()
    const before = await approved()
    const { booking } = await company.change(before, { window: at(7, 10), destination: 'Kiel' })
    const withdrawn = await withdrawChange(company.deps, { bookingId: booking.id, actorId: company.personId('Anna') })
    const found = await stored(withdrawn)
    expect(found).toMatchObject({
      status: 'approved',
      window: at(8, 10),
      destination: 'Hamburg',
      change: { status: 'cancelled' },
    })
    expect(found.steps.map(({ status }) => status)).toEqual(['approved', 'approved', 'superseded'])
    expect(await holds(found)).toEqual([[company.vehicleId(CAR), 8, 10]])
  })

  it('that does not matter to an approver is in force at once, with the hold shortened', async () => {
    nextDay()
    const { booking, became } = await company.change(await approved(), {
      window: at(9, 10),
      companionIds: [company.personId('Ben')],
      passengers: 2,
      details: 'With the projector',
    })
    expect(became).toBe('booking.changed')
    const found = await stored(booking)
    expect(found).toMatchObject({
      status: 'approved',
      window: at(9, 10),
      details: 'With the projector',
      passengers: 2,
      round: 1,
    })
    expect(found.travellers.map(({ name }) => name)).toEqual(['Anna Schmidt', 'Ben Koch'])
    expect(await holds(found)).toEqual([[company.vehicleId(CAR), 9, 10]])
    const left = await company.change(found, { companionIds: [] })
    expect((await stored(left.booking)).travellers.map(({ name }) => name)).toEqual(['Anna Schmidt'])
  })

  it('of a pending one starts its steps over, and an old button answers nothing', async () => {
    nextDay()
    const pending = await company.request({ window: at(8, 10) })
    const withHr = await company.decide(pending, 'Mara')
    const { booking } = await company.change(withHr, { destination: 'Kiel' })
    const found = await stored(booking)
    expect(found).toMatchObject({
      status: 'pending_manager',
      destination: 'Kiel',
      round: 2,
      change: { status: 'approved' },
    })
    expect(found.change?.trip.destination).toBe('Hamburg')
    expect(await refusalOf(company.decide(withHr, 'Hanna'))).toMatchObject({ code: 'step_closed' })
  })

  it('into a window that is taken changes nothing at all', async () => {
    nextDay()
    const before = await approved()
    await company.request({ by: 'Ben', window: at(10, 12) })
    expect(await refusalOf(company.change(before, { window: at(8, 11) }))).toMatchObject({ code: 'vehicle_taken' })
    expect(await stored(before)).toEqual({ ...before, number: before.number })
    expect(await holds(before)).toEqual([[company.vehicleId(CAR), 8, 10]])
  })

  it('finds another car where any suitable one will do', async () => {
    nextDay()
    const before = await approved()
    await company.request({ by: 'Ben', window: at(10, 12) })
    const { booking } = await company.change(before, { window: at(8, 11), car: null })
    expect(booking.change?.trip.vehicle.name).not.toBe(CAR)
    expect(await holds(booking)).toHaveLength(2)
  })

  it('keeps a car that was retired since it was promised', async () => {
    nextDay()
    const before = await approved()
    const where = { id: company.vehicleId(CAR) }
    await company.database.prisma.vehicle.update({ where, data: { status: 'retired' } })
    const { booking } = await company.change(before, { window: at(8, 9) })
    await company.database.prisma.vehicle.update({ where, data: { status: 'in_service' } })
    expect(await holds(booking)).toEqual([[company.vehicleId(CAR), 8, 9]])
  })

  it('asked for by an approver, goes back to the step that asked where nothing else that matters was changed', async () => {
    nextDay()
    const pending = await company.request({ window: at(8, 10) })
    const noted = await company.decide(await company.decide(pending, 'Mara'), 'Hanna', ASK)
    expect(await stored(noted)).toMatchObject({ status: 'changes_requested' })
    expect((await stored(noted)).steps.at(-1)).toMatchObject({ status: 'changes_requested', comment: ASK.note })
    const shorter = await company.change(noted, { window: at(9, 10) })
    expect(shorter.booking).toMatchObject({ status: 'pending_hr', round: 1 })
    const decided = await company.decide(await stored(shorter.booking), 'Hanna', APPROVE)
    expect((await stored(decided)).status).toBe('approved')
    expect(await holds(decided)).toEqual([[company.vehicleId(CAR), 9, 10]])
  })

  it('never loses its car to twenty others while it changes, back and forth', async () => {
    nextDay()
    const before = await approved(at(8, 10))
    const rivals = Array.from({ length: 20 }, (_, index) => `Rival${index}`)
    let current = before
    for (let round = 0; round < 10; round += 1) {
      const window = round % 2 === 0 ? at(9, 10) : at(8, 10)
      const attempts = rivals.map((by, index) =>
        orRefusal<Booking | Refusal>(company.request({ by, window: index % 2 === 0 ? at(9, 10) : at(9.25, 9.75) })),
      )
      const changing = company.change(current, { window })
      const answers = await Promise.all(attempts)
      expect(answers.map((answer) => 'code' in answer && answer.code)).toEqual(rivals.map(() => 'vehicle_taken'))
      current = (await changing).booking
      expect(await holds(current)).toHaveLength(1)
    }
  })

  it('at the same moment as a decision: one comes first, and the other is judged by what is then', async () => {
    for (let round = 0; round < 10; round += 1) {
      nextDay()
      const pending = await company.request({ window: at(8, 10) })
      const [decision, change] = await Promise.all([
        orRefusal<Booking | Refusal>(company.decide(pending, 'Mara')),
        company.change(pending, { destination: 'Kiel' }),
      ])
      const found = await stored(change.booking)
      expect(found).toMatchObject({ status: 'pending_manager', destination: 'Kiel', round: 2 })
      expect(openStep(found).round).toBe(2)
      if ('code' in decision) expect(decision.code).toBe('step_closed')
      else expect(found.steps.map(({ status }) => status)).toEqual(['approved', 'superseded', 'open'])
    }
  })
})
