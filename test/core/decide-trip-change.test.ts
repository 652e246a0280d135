import { describe, expect, it } from 'vitest'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import type { Booking, Trip } from '../../src/core/booking/booking.ts'
import { decideTripChange } from '../../src/core/booking/decide-trip-change.ts'
import { holdsOf, isMaterial, tripOf } from '../../src/core/booking/trip-change.ts'
import {
  AYDIN,
  aBooking,
  anHrStep,
  aStep,
  aVehicle,
  BEN,
  decided,
  HANNA,
  MARA,
  minutesAfter,
  NOW,
} from '../support/builders.ts'

const OTHER_CAR = aVehicle({ id: 'id4', name: 'VW ID.4' })
const { window: WINDOW } = aBooking()
const later = (minutes: number) => ({ ...WINDOW, endsAt: minutesAfter(WINDOW.endsAt, minutes) })
const earlier = (minutes: number) => ({ ...WINDOW, startsAt: minutesAfter(WINDOW.startsAt, -minutes) })
const DECIDERS = { manager: MARA, above: null, hr: [HANNA], admins: [AYDIN], absences: [] }
const TIMING = { now: NOW, deadlines: DEADLINES }

const decide = (before: Booking, changes: Partial<Trip>, asked: Trip = before) =>
  decideTripChange(before, { ...tripOf(asked), ...changes }, DECIDERS, TIMING)

describe('what matters to an approver', () => {
  const cases: [string, Partial<Trip>, boolean][] = [
    ['a later end', { window: later(30) }, true],
    ['an earlier start', { window: earlier(30) }, true],
    [
      'another day',
      { window: { startsAt: minutesAfter(WINDOW.startsAt, 1440), endsAt: minutesAfter(WINDOW.endsAt, 1440) } },
      true,
    ],
    ['another destination', { destination: 'Kiel' }, true],
    ['another car', { vehicle: OTHER_CAR }, true],
    ['another kind of trip', { type: 'event' }, true],
    ['another reason', { reason: 'training' }, true],
    [
      'a shorter trip within the old one',
      { window: { startsAt: minutesAfter(WINDOW.startsAt, 60), endsAt: minutesAfter(WINDOW.endsAt, -60) } },
      false,
    ],
    ['somebody else along', { travellers: [{ kind: 'driver', person: BEN, name: BEN.name }] }, false],
    ['one passenger more in the same car', { passengers: 3 }, false],
    ['the note', { details: 'With the projector' }, false],
  ]
  it.each(cases)('%s: %#', (_, changes, matters) => {
    expect(isMaterial(aBooking(), { ...tripOf(aBooking()), ...changes })).toBe(matters)
  })
})

describe('a pending booking', () => {
  it('is left alone by the same form', () => {
    expect(decide(aBooking({ status: 'pending_hr' }), {})).toBeNull()
  })

  it('starts its steps over where it matters, and keeps what it was', () => {
    const before = aBooking({ status: 'pending_hr' })
    const decision = decide(before, { destination: 'Kiel' })
    expect(decision).toMatchObject({
      type: 'booking.changed',
      after: { status: 'pending_manager', round: 2, destination: 'Kiel' },
    })
    expect(decision?.after.change).toEqual({ status: 'approved', trip: tripOf(before) })
    expect(decision?.after.steps.map(({ kind, status, round }) => [kind, status, round])).toEqual([
      ['manager', 'approved', 1],
      ['hr', 'superseded', 1],
      ['manager', 'open', 2],
    ])
  })

  it('keeps its steps where it does not', () => {
    const before = aBooking({ status: 'pending_hr' })
    const decision = decide(before, { details: 'With the projector' })
    expect(decision?.after).toMatchObject({
      status: 'pending_hr',
      round: 1,
      change: null,
      details: 'With the projector',
    })
    expect(decision?.after.steps).toBe(before.steps)
  })

  it('without a manager goes to HR at once, with the reason told', () => {
    const decision = decideTripChange(
      aBooking(),
      { ...tripOf(aBooking()), destination: 'Kiel' },
      { ...DECIDERS, manager: null },
      TIMING,
    )
    expect(decision?.after.status).toBe('pending_hr')
    expect(decision?.also.map(({ type }) => type)).toEqual(['step.skipped'])
  })

  it('that nobody could decide any more is refused, and nothing changes', () => {
    const nobody = { ...DECIDERS, hr: [], admins: [] }
    expect(() => decideTripChange(aBooking(), { ...tripOf(aBooking()), destination: 'Kiel' }, nobody, TIMING)).toThrow(
      'no_approver',
    )
  })
})

describe('an approved booking', () => {
  const approved = aBooking({ status: 'approved' })

  it('stands, with its car, until a change that matters is approved', () => {
    const decision = decide(approved, { window: later(60) })
    expect(decision).toMatchObject({
      type: 'change.requested',
      after: { status: 'approved', window: WINDOW, round: 2 },
    })
    expect(decision?.after.change).toEqual({
      status: 'pending_manager',
      trip: { ...tripOf(approved), window: later(60) },
    })
    expect(decision && holdsOf(decision.after)).toEqual([{ vehicleId: 'octavia', window: later(60) }])
  })

  it('is another trip at once where it does not matter', () => {
    const decision = decide(approved, { passengers: 3 })
    expect(decision).toMatchObject({ type: 'booking.changed', after: { status: 'approved', passengers: 3, round: 1 } })
    expect(decision?.after.change).toEqual({ status: 'approved', trip: tripOf(approved) })
  })

  const proposed = { ...tripOf(approved), window: later(60) }
  const changing = aBooking({
    ...approved,
    round: 2,
    change: { status: 'pending_manager', trip: proposed },
    steps: [...approved.steps, aStep({ id: 'second', round: 2 })],
  })

  it('whose proposal is sent again stays as it is', () => {
    expect(decide(changing, {}, proposed)).toBeNull()
  })

  it('whose proposal is changed again starts over from what stands', () => {
    const decision = decide(changing, { window: later(90) }, proposed)
    expect(decision?.after).toMatchObject({ status: 'approved', window: WINDOW, round: 3 })
    expect(decision?.after.change?.trip.window).toEqual(later(90))
    expect(decision?.after.steps.filter(({ status }) => status === 'open')).toHaveLength(1)
  })

  it('put back to what stands withdraws the proposal', () => {
    const decision = decide(changing, {})
    expect(decision).toMatchObject({
      type: 'change.withdrawn',
      after: { status: 'approved', change: { status: 'cancelled' } },
    })
    expect(decision?.after.steps.at(-1)?.status).toBe('superseded')
  })

  it('put back but for the note withdraws the proposal and keeps the note', () => {
    const decision = decide(changing, { details: 'With the projector' })
    expect(decision).toMatchObject({
      type: 'booking.changed',
      after: { details: 'With the projector', window: WINDOW },
    })
    expect(decision && holdsOf(decision.after)).toEqual([{ vehicleId: 'octavia', window: WINDOW }])
  })

  it('may change the note of its proposal while that is decided', () => {
    const decision = decide(changing, { details: 'With the projector' }, proposed)
    expect(decision?.after).toMatchObject({
      details: '',
      change: { status: 'pending_manager', trip: { details: 'With the projector' } },
    })
    expect(decision?.after.steps.at(-1)).toMatchObject({ id: 'second', status: 'open' })
  })
})

describe('a request that an approver wants changed', () => {
  const wanted = { status: 'changes_requested', comment: 'Later?', closedAt: NOW } as const
  const byHr = aBooking({
    status: 'changes_requested',
    steps: [decided(aStep()), anHrStep({ ...wanted, decidedBy: HANNA })],
  })
  const byManager = aBooking({ status: 'changes_requested', steps: [aStep({ ...wanted, decidedBy: MARA })] })

  it.each([
    ['sent again as it is', {}],
    ['shortened', { window: { ...WINDOW, endsAt: minutesAfter(WINDOW.endsAt, -60) } }],
  ])('%s goes back to the step that asked', (_, changes) => {
    expect(decide(byHr, changes)?.after).toMatchObject({ status: 'pending_hr', round: 1 })
    expect(decide(byHr, changes)?.after.steps.at(-1)).toMatchObject({ kind: 'hr', status: 'open' })
    expect(decide(byManager, changes)?.after).toMatchObject({ status: 'pending_manager', round: 1 })
    expect(decide(byManager, changes)?.type).toBe('booking.resubmitted')
  })

  it('goes to the first step where something else that matters is changed', () => {
    const decision = decide(byHr, { destination: 'Kiel' })
    expect(decision).toMatchObject({ type: 'booking.resubmitted', after: { status: 'pending_manager', round: 2 } })
    expect(decision?.after.change?.trip.destination).toBe('Dresden')
  })

  it('may ask the one who wanted it again', () => {
    expect(
      decide(byHr, {})
        ?.after.steps.at(-1)
        ?.asks.map(({ person }) => person.name),
    ).toEqual([HANNA.name])
  })
})
