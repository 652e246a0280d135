import { addHours } from 'date-fns'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Decision } from '../../src/core/approval/decide-step.ts'
import type { Booking } from '../../src/core/booking/booking.ts'
import { driverHoldsOf } from '../../src/core/booking/driver-holds.ts'
import { nextDue } from '../../src/core/booking/next-due.ts'
import { isLive, isPending } from '../../src/core/booking/status.ts'
import { type Hold, holdsOf, openChange, openMatter } from '../../src/core/booking/trip-change.ts'
import { withdrawChange } from '../../src/core/booking/withdraw-change.ts'
import { checkPostedAgain } from '../support/check-posted-again.ts'
import { APPROVE, type Company, openCompany, openStep, orRefusal, REJECT, trip } from '../support/company.ts'

const PEOPLE = ['Anna', 'Ben', 'Catarina', 'Duarte', 'Mara', 'Hanna', 'Aydin', 'Hugo']
const CARS = ['Smart EQ fortwo', 'VW ID.4', null]
const DECISIONS: Record<'approve' | 'reject' | 'ask_for_change', Decision> = {
  approve: APPROVE,
  reject: REJECT,
  ask_for_change: { kind: 'ask_for_change', note: 'Later, please' },
}
/** Each run has days of its own, so that runs do not take each other's cars. */
const DAYS_OF_A_RUN = 3

const who = fc.constantFrom(...PEOPLE)
const which = fc.nat({ max: 7 })
const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('request'),
      who,
      car: fc.constantFrom(...CARS),
      from: fc.nat({ max: 40 }),
      hours: fc.integer({ min: 1, max: 12 }),
      seats: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('approve', 'approve', 'reject', 'ask_for_change'),
      who: fc.option(who, { nil: null, freq: 2 }),
      which,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('change'),
      which,
      car: fc.constantFrom(...CARS, undefined),
      start: fc.integer({ min: -2, max: 2 }),
      hours: fc.integer({ min: 1, max: 12 }),
      destination: fc.constantFrom('Hamburg', 'Kiel'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('cancel', 'withdraw'), who, which }) },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never
/** Whoever did such a thing is told by mail alone. */
const QUIET_FOR_THE_ACTOR = ['booking_cancelled', 'booking_changed', 'change_withdrawn']
/** A card says such a thing in chat: a new one, or the one that stands there, drawn or posted again. */
const SAID_BY_A_CARD = ['approval_needed', 'booking_requested', 'change_requested', 'changes_requested']
/** What is in one burst happens at the same time. */
const bursts = fc.array(fc.array(act, { minLength: 1, maxLength: 5 }), { minLength: 3, maxLength: 10 })

describe('whatever people do, and however many of them at once', () => {
  let company: Company
  let runs = 0
  beforeAll(async () => {
    company = await openCompany()
    await company.hire('Hugo Brandt', { role: 'hr' })
  })
  afterAll(() => company.close())

  /** Does what is asked for, and gives the booking as the answer showed it, or null where it was refused. */
  async function perform(one: Act, made: Booking[]): Promise<Booking | null> {
    const answer = await orRefusal(attempt(one, made))
    return answer && !('code' in answer) ? answer : null
  }

  async function attempt(one: Act, made: Booking[]): Promise<Booking | null> {
    if ('from' in one) {
      const from = runs * DAYS_OF_A_RUN * 24 + one.from
      return company.request({ by: one.who, car: one.car, window: trip(from, from + one.hours), passengers: one.seats })
    }
    const known = made[one.which % Math.max(made.length, 1)]
    const booking = known && (await company.deps.store.findBooking(known.id))
    if (!booking) return null
    if ('hours' in one) {
      const { startsAt } = openMatter(booking).trip.window
      const from = addHours(startsAt, one.start)
      const { car, destination } = one
      const window = { startsAt: from, endsAt: addHours(from, one.hours) }
      const changed = await company.change(booking, { destination, window, ...(car !== undefined && { car }) })
      return changed.became ? changed.booking : null
    }
    if (one.kind === 'cancel') return company.cancel(booking, one.who ?? 'Anna')
    if (one.kind === 'withdraw') {
      return withdrawChange(company.deps, { bookingId: booking.id, actorId: company.personId(one.who ?? 'Anna') })
    }
    if (!isPending(openMatter(booking).status)) return null
    // Most decisions are made by somebody who was asked.
    const asked = openStep(booking).asks[0]?.person.name.split(' ')[0]
    return company.decide(booking, one.who ?? asked ?? 'Mara', DECISIONS[one.kind])
  }

  it('the store stays whole', { timeout: 60_000 }, async () => {
    const seen = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(bursts, async (all) => {
        runs += 1
        const made: Booking[] = []
        const changes = new Map<string, number>()
        for (const burst of all) {
          const known = [...made]
          for (const answer of await Promise.all(burst.map((one) => perform(one, known)))) {
            if (!answer) continue
            changes.set(answer.id, (changes.get(answer.id) ?? 0) + 1)
            if (!known.some(({ id }) => id === answer.id)) made.push(answer)
          }
        }
        await checkNoOverlap()
        for (const { id } of made) {
          const status = await checkBooking(id, changes.get(id) ?? 0)
          seen.set(status, (seen.get(status) ?? 0) + 1)
        }
      }),
      { numRuns: 40, endOnFailure: true },
    )
    console.log(`bookings of ${runs} runs:`, Object.fromEntries(seen))
    for (const status of ['pending_manager', 'pending_hr', 'changes_requested', 'approved', 'rejected', 'cancelled']) {
      expect(seen.get(status) ?? 0, `runs that came to ${status}`).toBeGreaterThan(0)
    }
  })

  async function checkNoOverlap() {
    const overlaps = await company.database.sql`
      SELECT a.id, b.id FROM vehicle_holds a JOIN vehicle_holds b ON a.vehicle_id = b.vehicle_id AND a.id < b.id
        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
      UNION ALL
      SELECT a.booking_id, b.booking_id FROM driver_holds a JOIN driver_holds b ON a.person_id = b.person_id
        AND (a.booking_id, a.starts_at) < (b.booking_id, b.starts_at)
        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at`
    expect([...overlaps]).toEqual([])
  }

  /** @param changes how many changes of it were answered as done */
  async function checkBooking(id: string, changes: number): Promise<string> {
    const row = await company.database.prisma.booking.findUniqueOrThrow({
      where: { id },
      include: {
        holds: true,
        driverHolds: { orderBy: [{ personId: 'asc' }, { startsAt: 'asc' }] },
        vehicle: true,
        steps: { include: { asks: true } },
        events: { include: { notifications: { include: { deliveries: true } } } },
        cards: true,
      },
    })
    const trail = await company.database.prisma.auditEntry.findMany({
      where: { subjectId: id },
      orderBy: { id: 'asc' },
    })
    const { status, version, requesterId } = row

    const booking = await company.deps.store.findBooking(id)
    if (!booking) throw new Error('the booking is gone')
    const matter = openMatter(booking)
    const held = row.holds.map(({ vehicleId, startsAt, endsAt }) => ({ vehicleId, window: { startsAt, endsAt } }))
    const inOrder = (holds: Hold[]) => holds.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
    expect(inOrder(held)).toEqual(inOrder(holdsOf(booking)))
    expect(held).toHaveLength(isLive(status) ? Math.max(held.length, 1) : 0)
    const driving = row.driverHolds.map(({ personId, startsAt, endsAt }) => ({
      personId,
      window: { startsAt, endsAt },
    }))
    expect(driving).toEqual(driverHoldsOf(booking))
    expect(row.nextDueAt).toEqual(nextDue(booking))

    expect(version).toBe(changes)
    const told = row.events.filter((event) => event.type !== 'step.skipped')
    expect(told).toHaveLength(version)
    const named = (type: string, actorId: string | null) => `${type} by ${actorId}`
    expect(trail.map((entry) => named(entry.action, entry.actorId)).sort()).toEqual(
      told.map((event) => named(event.type, event.actorId)).sort(),
    )
    expect(trail.map((entry) => entry.newValues)).toMatchObject(trail.map((_, index) => ({ version: index + 1 })))
    expect(trail.at(-1)?.newValues).toMatchObject({ status, version })

    for (const event of told) {
      // A note that is changed while it is decided shows on the cards alone.
      if (event.type !== 'booking.changed') expect(event.notifications).not.toHaveLength(0)
      for (const { kind, personId, deliveries } of event.notifications) {
        const byMailAlone =
          SAID_BY_A_CARD.includes(kind) || (QUIET_FOR_THE_ACTOR.includes(kind) && personId === event.actorId)
        expect(deliveries.map(({ channel }) => channel).sort()).toEqual(byMailAlone ? ['email'] : ['email', 'slack'])
      }
    }
    checkPostedAgain(
      row.cards,
      told.flatMap((event) => event.notifications),
      new Map(row.steps.map(({ id: stepId, kind }) => [stepId, kind])),
    )

    const open = row.steps.filter((step) => step.status === 'open')
    const kinds = { pending_manager: ['manager'], pending_hr: ['hr'] }
    expect(open.map((step) => step.kind)).toEqual(
      matter.status in kinds ? kinds[matter.status as keyof typeof kinds] : [],
    )
    const deciders = row.steps.flatMap((step) =>
      step.round === row.round && step.status !== 'changes_requested' ? (step.decidedById ?? []) : [],
    )
    expect(new Set(deciders).size).toBe(deciders.length)
    expect(deciders).not.toContain(requesterId)
    for (const step of open) {
      expect(step.asks).not.toHaveLength(0)
      for (const { personId } of step.asks) {
        expect([requesterId, ...deciders]).not.toContain(personId)
        expect(row.cards).toContainEqual(expect.objectContaining({ personId, kind: `${step.kind}_approval` }))
      }
    }
    expect(row.cards).toContainEqual(
      expect.objectContaining({ personId: requesterId, kind: 'request', wantedVersion: version, drawnVersion: 0 }),
    )
    return openChange(booking) ? 'approved, with a change to decide' : status
  }
})
