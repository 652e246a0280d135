import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideStep } from '../../src/core/approval/decide-step.ts'
import type { Booking } from '../../src/core/booking/booking.ts'
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

describe('of two who act on one booking at the same moment', () => {
  let company: Company
  let hours = 24
  beforeAll(async () => {
    company = await openCompany()
    await company.hire('Hugo Brandt', { role: 'hr' })
  })
  afterAll(() => company.close())

  function window() {
    hours += 1
    return trip(hours, hours + 1)
  }

  async function askedHr(): Promise<Booking> {
    return company.decide(await company.request({ window: window() }), 'Mara')
  }

  const reload = async ({ id }: Booking) => {
    const booking = await company.deps.store.findBooking(id)
    if (!booking) throw new Error('the booking is gone')
    return booking
  }

  const won = (answer: Booking | Refusal): answer is Booking => !('code' in answer)

  it.each([
    [50, 'one approves and one rejects', APPROVE, REJECT],
    [10, 'both approve', APPROVE, APPROVE],
    [10, 'both reject', REJECT, REJECT],
  ])('%s times: one wins and the other hears who was first, when %s', async (rounds, _what, hannas, hugos) => {
    for (const asked of await Promise.all(Array.from({ length: rounds }, askedHr))) {
      const answers = await Promise.all([
        orRefusal(company.decide(asked, 'Hanna', hannas)),
        orRefusal(company.decide(asked, 'Hugo', hugos)),
      ])
      const winners = answers.filter(won)
      expect(winners).toHaveLength(1)
      const winner = won(answers[0]) ? 'Hanna Weber' : 'Hugo Brandt'
      const status = (won(answers[0]) ? hannas : hugos).kind === 'approve' ? 'approved' : 'rejected'
      expect(answers.find((answer) => !won(answer))).toEqual({
        code: 'step_closed',
        facts: { status, bookingStatus: status, by: winner, at: NOW },
      })
      const after = await reload(asked)
      expect(after).toMatchObject({ status, version: asked.version + 1 })
      expect(after.steps.at(-1)?.decidedBy?.name).toBe(winner)
      expect(after.events.at(-1)).toMatchObject({ type: `booking.${status}`, actor: { name: winner } })
      const holds = await company.database.prisma.vehicleHold.count({ where: { bookingId: asked.id } })
      expect(holds).toBe(status === 'approved' ? 1 : 0)
    }
  })

  it('a cancelled booking stays cancelled, whoever was first', async () => {
    const firsts = new Set<string>()
    const bookings = await Promise.all(Array.from({ length: 20 }, askedHr))
    for (const [round, asked] of bookings.entries()) {
      const approve = () => orRefusal(company.decide(asked, 'Hanna'))
      const cancel = () => orRefusal(company.cancel(asked, 'Anna'))
      const [approved, cancelled] =
        round % 2 === 0
          ? await Promise.all([approve(), cancel()])
          : (await Promise.all([cancel(), approve()])).toReversed()
      expect(cancelled).toMatchObject({ status: 'cancelled' })
      if (approved && won(approved)) {
        firsts.add('approve')
        expect(approved.status).toBe('approved')
      } else {
        firsts.add('cancel')
        const facts = { status: 'superseded', bookingStatus: 'cancelled', by: 'Anna Schmidt', at: NOW }
        expect(approved).toEqual({ code: 'step_closed', facts })
      }
      const after = await reload(asked)
      expect(after).toMatchObject({ status: 'cancelled', version: asked.version + (approved && won(approved) ? 2 : 1) })
      expect(await company.database.prisma.vehicleHold.count({ where: { bookingId: asked.id } })).toBe(0)
    }
    expect(firsts.size).toBeGreaterThan(0)
  })

  it.each([
    ['a certain car', 'Smart EQ fortwo'],
    ['any suitable car', null],
  ])(
    'the same submission three times at once, for %s, is one booking and the same answer thrice',
    async (_what, car) => {
      for (let round = 0; round < 10; round += 1) {
        const form = { requestKey: crypto.randomUUID(), car, window: window() }
        const answers = await Promise.all([1, 2, 3].map(() => company.request(form)))
        expect(
          new Set(answers.map(({ id, number, vehicle, status }) => [id, number, vehicle.id, status].join())).size,
        ).toBe(1)
        const holds = await company.database.prisma.vehicleHold.findMany({ where: { startsAt: form.window.startsAt } })
        expect(holds).toHaveLength(1)
        expect(await company.request(form)).toMatchObject({ id: answers[0]?.id, number: answers[0]?.number })
      }
    },
  )

  it('a request key of somebody else gives nobody their booking', async () => {
    const form = { requestKey: crypto.randomUUID(), window: window() }
    await company.request(form)
    expect(await refusalOf(company.request({ ...form, by: 'Ben' }))).toMatchObject({ code: 'vehicle_taken' })
  })

  it('who comes too late hears of the last change, even when it was begun before the one it overtook', async () => {
    const asked = await company.request({ window: window() })
    const { store } = company.deps
    let minute = 0
    const clock = () => new Date(+NOW + ++minute * 60_000)
    const slow = company.under({
      now: clock,
      store: {
        ...store,
        commit: async (change) => {
          // Mara is faster, the first time.
          if (change.expected?.version === asked.version) await company.under({ now: clock }).decide(asked, 'Mara')
          return store.commit(change)
        },
      },
    })
    await slow.cancel(asked, 'Anna')
    const hrStep = (await reload(asked)).steps.at(-1)
    const late = decideStep(company.deps, {
      stepId: hrStep?.id ?? '',
      actorId: company.personId('Hanna'),
      decision: APPROVE,
    })
    expect(await refusalOf(late)).toMatchObject({
      code: 'step_closed',
      facts: { status: 'superseded', bookingStatus: 'cancelled', by: 'Anna Schmidt' },
    })
  })
})

describe('a step', () => {
  let company: Company
  let hours = 24
  beforeAll(async () => {
    company = await openCompany()
  })
  afterAll(() => company.close())

  const request = (about: Parameters<Company['request']>[0] = {}) => {
    hours += 1
    return company.request({ window: trip(hours, hours + 1), ...about })
  }
  const press = (stepId: string, by: string, decision = APPROVE) =>
    decideStep(company.deps, { stepId, actorId: company.personId(by), decision })

  it('never decides a later one by its old id', async () => {
    const asked = await request()
    const managerStep = openStep(asked)
    const then = await company.decide(asked, 'Mara')
    const facts = { status: 'approved', bookingStatus: 'pending_hr', by: 'Mara Lindqvist', at: NOW }
    expect(await refusalOf(press(managerStep.id, 'Mara'))).toEqual({ code: 'step_closed', facts })
    expect(await refusalOf(press(managerStep.id, 'Mara', REJECT))).toEqual({ code: 'step_closed', facts })
    expect(await refusalOf(press(managerStep.id, 'Hanna'))).toEqual({ code: 'not_asked', facts: {} })
    expect(await company.deps.store.findBooking(asked.id)).toEqual(then)
  })

  it('that does not exist decides nothing', async () => {
    expect(await refusalOf(press(crypto.randomUUID(), 'Mara'))).toEqual({ code: 'booking_not_found', facts: {} })
  })

  it.each(['Ben', 'Anna', 'Hanna', 'Aydin'])('of the manager is not for %s to decide', async (who) => {
    const asked = await request()
    const code = who === 'Anna' ? 'own_request' : 'not_asked'
    expect(await refusalOf(press(openStep(asked).id, who))).toEqual({ code, facts: {} })
  })

  it('is skipped where there is no manager, and asks HR at once', async () => {
    const asked = await request({ by: 'Mara' })
    expect(asked.status).toBe('pending_hr')
    const stored = await company.deps.store.findBooking(asked.id)
    expect(stored?.steps.map(({ kind, status, skipReason }) => ({ kind, status, skipReason }))).toEqual([
      { kind: 'manager', status: 'skipped', skipReason: 'no_manager' },
      { kind: 'hr', status: 'open', skipReason: null },
    ])
    expect(stored?.events.map(({ type, actor }) => [type, actor?.name ?? null])).toEqual([
      ['booking.requested', 'Mara Lindqvist'],
      ['step.skipped', null],
    ])
  })

  it('of HR asks the admins about HR’s own request', async () => {
    const asked = await request({ by: 'Hanna' })
    expect(openStep(asked).asks.map((ask) => ask.person.name)).toEqual(['Aydin Kaya'])
    await expect(company.decide(asked, 'Aydin')).resolves.toMatchObject({ status: 'approved' })
  })

  it.each([
    ['at the departure', 0],
    ['an hour after it', 60],
  ])('approves nothing %s, but can still reject', async (_what, minutes) => {
    const asked = await request()
    const { startsAt } = asked.window
    const later = company.under({ now: () => new Date(+startsAt + minutes * 60_000) })
    expect(await refusalOf(later.decide(asked, 'Mara'))).toEqual({ code: 'departed', facts: { startsAt } })
    const stillAsked = await company.deps.store.findBooking(asked.id)
    expect(stillAsked).toMatchObject({ status: 'pending_manager', version: 1 })
    await expect(later.decide(asked, 'Mara', REJECT)).resolves.toMatchObject({ status: 'rejected' })
  })

  it('approves until the last moment before the departure', async () => {
    const asked = await request()
    const justBefore = company.under({ now: () => new Date(+asked.window.startsAt - 1) })
    await expect(justBefore.decide(asked, 'Mara')).resolves.toMatchObject({ status: 'pending_hr' })
  })

  it('is read as it was written', async () => {
    const asked = await request({ companionIds: [company.personId('Ben')], otherCompanions: ['Cleo'], passengers: 3 })
    expect(await company.deps.store.findBooking(asked.id)).toEqual(asked)
    const approved = await company.decide(asked, 'Mara', { kind: 'approve', comment: 'Drive well' })
    expect(await company.deps.store.findBooking(asked.id)).toEqual(approved)
    expect(approved.steps[0]).toMatchObject({ status: 'approved', comment: 'Drive well', closedAt: NOW })
  })
})
