import { describe, expect, it } from 'vitest'
import type { Deciders } from '../../src/core/approval/approvers.ts'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import { decideReasking } from '../../src/core/approval/reask-step.ts'
import type { Ask, Step } from '../../src/core/approval/step.ts'
import { tripOf } from '../../src/core/booking/trip-change.ts'
import type { Absence } from '../../src/core/people/absence.ts'
import type { Person } from '../../src/core/people/person.ts'
import {
  ANNA,
  AYDIN,
  aBooking,
  anAbsence,
  anHrStep,
  aPerson,
  aStep,
  BEN,
  decided,
  HANNA,
  JO,
  MARA,
  minutesAfter,
  NOW,
  theDeciders,
} from '../support/builders.ts'
import { refusalOf } from '../support/refusal-of.ts'

const GONE = { active: false }
const LATER = minutesAfter(NOW, 60)
const NORA = aPerson({ name: 'Nora Beck', role: 'manager' })

const asks = (...people: (typeof MARA)[]) => people.map((person) => ({ person, onBehalfOf: null }))
const atManager = (changes: Partial<Step> = {}) => aBooking({ steps: [aStep(changes)] })
const atHr = (changes: Partial<Step> = {}, first = decided(aStep())) =>
  aBooking({ status: 'pending_hr', steps: [first, anHrStep(changes)] })
const onBehalf = (person: Person, onBehalfOf: Person): Ask => ({ person, onBehalfOf })
const away = (person: Person, standIn: Person, changes: Partial<Absence> = {}): Partial<Deciders> => ({
  absences: [anAbsence(person, standIn, changes)],
})
const bothAwayFor = (standIn: Person): Partial<Deciders> => ({
  absences: [anAbsence(HANNA, standIn), anAbsence(JO, standIn)],
})
const reasked = (booking: ReturnType<typeof aBooking>, there: Partial<Deciders> = {}, now = LATER) =>
  decideReasking(booking, theDeciders(there), { now, deadlines: DEADLINES })

describe('an open manager step', () => {
  it('stays as it is with the same manager', () => {
    const booking = atManager()
    expect(reasked(booking)).toBe(booking)
  })

  it.each([
    ['who changed', atManager()],
    ['who left', atManager({ asks: asks({ ...MARA, ...GONE }) })],
  ])('asks the present manager in place of one %s, with time to answer', (_case, booking) => {
    const after = reasked(booking, { manager: NORA })
    expect(after.status).toBe('pending_manager')
    const dueAt = minutesAfter(LATER, 24 * 60)
    const remindAt = minutesAfter(LATER, 5 * 60)
    const passedOn = booking.steps.flatMap((step) => step.asks.map((ask) => ({ ...ask, at: LATER })))
    expect(after.steps).toEqual([aStep({ asks: asks(NORA), askedAt: LATER, dueAt, remindAt, passedOn })])
  })

  it.each([
    ['there is none any more', null, 'no_manager'],
    ['the manager left', { ...MARA, ...GONE }, 'manager_inactive'],
  ] as const)('is skipped, and HR asked, where %s', (_case, manager, skipReason) => {
    const after = reasked(atManager(), { manager })
    expect(after.status).toBe('pending_hr')
    expect(after.steps).toMatchObject([
      { id: 'manager-step', status: 'skipped', skipReason, closedAt: LATER, decidedBy: null },
      { kind: 'hr', status: 'open', round: 1, askedAt: LATER, asks: asks(HANNA, JO) },
    ])
  })

  it.each<[string, Ask[], Partial<Deciders>, Ask[]]>([
    ['the stand-in, from now on', asks(MARA), away(MARA, BEN, { startsAt: LATER }), [onBehalf(BEN, MARA)]],
    ['the manager, who is back from now on', [onBehalf(BEN, MARA)], away(MARA, BEN, { endsAt: LATER }), asks(MARA)],
    ['the manager, who stays after all', [onBehalf(BEN, MARA)], {}, asks(MARA)],
    ['the manager, where the stand-in left', [onBehalf({ ...BEN, ...GONE }, MARA)], {}, asks(MARA)],
    ['another stand-in', [onBehalf(BEN, MARA)], away(MARA, NORA), [onBehalf(NORA, MARA)]],
    ['no one beside the manager', asks(MARA, NORA), {}, asks(MARA)],
  ])('asks %s, and is due as before', (_case, before, there, right) => {
    const after = reasked(atManager({ asks: before }), there)
    const passedOn = before.filter((ask) => ask.person.id !== right[0]?.person.id).map((ask) => ({ ...ask, at: LATER }))
    expect(after.steps).toEqual([aStep({ asks: right, passedOn })])
  })

  it('stays as it is with the stand-in, while they are asked rightly', () => {
    const booking = atManager({ asks: [onBehalf(BEN, MARA)] })
    expect(reasked(booking, away(MARA, BEN))).toBe(booking)
  })

  it('gives a stand-in who is asked late enough time, short of the departure', () => {
    const dueAt = minutesAfter(LATER, 5)
    const late = atManager({ dueAt, remindAt: null })
    const enough = { dueAt: minutesAfter(LATER, 15), remindAt: new Date(+LATER + 7.5 * 60_000), askedAt: NOW }
    expect(reasked(late, away(MARA, BEN)).steps[0]).toMatchObject(enough)
    const { endsAt } = late.window
    const soon = { ...late, window: { startsAt: minutesAfter(LATER, 10), endsAt } }
    expect(reasked(soon, away(MARA, BEN)).steps[0]).toMatchObject({ dueAt: minutesAfter(LATER, 10) })
    const back = atManager({ dueAt, remindAt: null, asks: asks(MARA, NORA) })
    expect(reasked(back).steps[0]).toMatchObject({ dueAt, remindAt: null })
  })

  it('keeps what is overdue so for somebody who is asked only now: they have until the departure', () => {
    const overdue = {
      dueAt: minutesAfter(NOW, -60),
      overdueAt: minutesAfter(NOW, -60),
      remindAt: minutesAfter(LATER, 60),
    }
    const after = reasked(atManager(overdue), away(MARA, BEN)).steps[0]
    expect(after).toMatchObject({ ...overdue, asks: [{ person: BEN, onBehalfOf: MARA }] })
  })

  it('does not remind a stand-in of what they hear of only now', () => {
    const missed = atManager({ remindAt: LATER })
    const halfTime = minutesAfter(NOW, 5 * 60)
    expect(reasked(missed, away(MARA, BEN)).steps[0]).toMatchObject({ dueAt: aStep().dueAt, remindAt: halfTime })
    const back = atManager({ remindAt: LATER, asks: asks(MARA, NORA) })
    expect(reasked(back).steps[0]).toMatchObject({ remindAt: LATER })
  })

  it('asks the stand-in of a new manager, with time to answer', () => {
    const after = reasked(atManager({ asks: [onBehalf(BEN, MARA)] }), { manager: NORA, ...away(NORA, BEN) })
    expect(after.steps[0]).toMatchObject({ asks: [onBehalf(BEN, NORA)], askedAt: LATER })
    expect(after.steps[0]?.passedOn).toEqual([{ ...onBehalf(BEN, MARA), at: LATER }])
  })

  it('is skipped, and HR asked, where nobody answers for a manager who is away', () => {
    const after = reasked(atManager(), away(MARA, ANNA))
    expect(after.steps).toMatchObject([{ status: 'skipped', skipReason: 'manager_away' }, { asks: asks(HANNA, JO) }])
  })

  it.each<[string, Partial<Deciders>]>([
    ['nobody is left for HR', { manager: null, hr: [], admins: [] }],
    ['the new manager is all of HR', { manager: HANNA, hr: [HANNA], admins: [] }],
    ['the requester is all of HR', { manager: null, hr: [ANNA], admins: [] }],
  ])('is not asked of somebody who would be the last: %s', (_case, there) => {
    expect(refusalOf(() => reasked(atManager(), there))?.code).toBe('no_approver')
  })
})

describe("a manager step that went to the manager's manager", () => {
  const OTTO = aPerson({ name: 'Otto Brandt', role: 'manager' })
  const PAUL = aPerson({ name: 'Paul Ritter', role: 'manager' })
  const before = minutesAfter(NOW, 30)
  const escalated = (changes: Partial<Step> = {}) =>
    atManager({
      asks: asks(OTTO),
      escalatedAt: before,
      passedOn: [{ person: MARA, onBehalfOf: null, at: before }],
      ...changes,
    })

  it('stays there', () => {
    const booking = escalated()
    expect(reasked(booking, { above: OTTO })).toBe(booking)
    const viaStandIn = escalated({ passedOn: [{ person: BEN, onBehalfOf: MARA, at: before }] })
    expect(reasked(viaStandIn, { above: OTTO })).toBe(viaStandIn)
    const once = escalated().steps.flatMap((step) => step.passedOn)
    const another = escalated({ asks: asks(PAUL), passedOn: [...once, { person: OTTO, onBehalfOf: null, at: LATER }] })
    expect(reasked(another, { above: PAUL })).toBe(another)
  })

  it('asks a manager who is new first, with time to answer', () => {
    const after = reasked(escalated(), { manager: NORA, above: OTTO }).steps[0]
    expect(after).toMatchObject({
      asks: asks(NORA),
      escalatedAt: null,
      askedAt: LATER,
      dueAt: minutesAfter(LATER, 24 * 60),
    })
    expect(after?.passedOn.map((ask) => ask.person)).toEqual([MARA, OTTO])
  })

  it('asks a new manager first who gave way before, in the place of somebody else', () => {
    const passedOn = [MARA, NORA].map((person, minutes) => ({
      person,
      onBehalfOf: null,
      at: minutesAfter(before, minutes - 1),
    }))
    const after = reasked(escalated({ passedOn }), { manager: MARA, above: OTTO }).steps[0]
    expect(after).toMatchObject({ asks: asks(MARA), escalatedAt: null })
  })

  it('is that of the one who is asked already, where that is the manager now', () => {
    const after = reasked(escalated(), { manager: OTTO, above: PAUL }).steps[0]
    expect(after).toMatchObject({ asks: asks(OTTO), escalatedAt: null, askedAt: NOW, dueAt: aStep().dueAt })
  })

  it.each<[string, Partial<Deciders>, Ask]>([
    ["the manager's new manager", { above: PAUL }, { person: PAUL, onBehalfOf: null }],
    ['who stands in for them', { above: PAUL, ...away(PAUL, BEN) }, onBehalf(BEN, PAUL)],
  ])('asks %s, with time to answer', (_case, there, ask) => {
    expect(reasked(escalated(), there).steps[0]).toMatchObject({ asks: [ask], escalatedAt: before, askedAt: LATER })
  })

  it('asks who stands in for them now, due as before', () => {
    const after = reasked(escalated(), { above: OTTO, ...away(OTTO, BEN) }).steps[0]
    expect(after).toMatchObject({ asks: [onBehalf(BEN, OTTO)], escalatedAt: before, dueAt: aStep().dueAt })
  })

  it.each<[string, Partial<Deciders>]>([
    ['is nobody any more', { above: null }],
    ['has left', { above: { ...OTTO, ...GONE } }],
    ['is away, and the requester stands in', { above: OTTO, ...away(OTTO, ANNA) }],
  ])('is closed as unanswered, and HR asked, where that %s', (_case, there) => {
    const after = reasked(escalated(), there)
    expect(after.status).toBe('pending_hr')
    expect(after.steps).toMatchObject([
      { status: 'unanswered', closedAt: LATER, skipReason: null },
      { kind: 'hr', status: 'open', asks: asks(HANNA, JO) },
    ])
  })

  it('is skipped, and HR asked, where there is no manager any more', () => {
    expect(reasked(escalated(), { manager: null }).steps).toMatchObject([
      { status: 'skipped', skipReason: 'no_manager' },
      { kind: 'hr', status: 'open' },
    ])
  })
})

describe('an open HR step', () => {
  it('stays as it is while all of them are in HR', () => {
    const booking = atHr()
    expect(reasked(booking)).toBe(booking)
    expect(reasked(booking, { hr: [JO, HANNA] })).toBe(booking)
  })

  // Whoever is in HR now is asked, whatever brought it up: whom a step asks never depends on how it came there.
  it('asks somebody who joined as well, due as before', () => {
    expect(reasked(atHr(), { hr: [HANNA, JO, NORA] }).steps[1]).toEqual(anHrStep({ asks: asks(HANNA, JO, NORA) }))
  })

  it.each<[string, Ask[], Partial<Deciders>, Ask[]]>([
    ['who stands in for one of them', asks(HANNA, JO), away(JO, BEN), [...asks(HANNA), onBehalf(BEN, JO)]],
    ['one in HR for the other', asks(HANNA, JO), away(JO, HANNA), asks(HANNA)],
    ['both, once back', [...asks(HANNA), onBehalf(BEN, JO)], {}, asks(HANNA, JO)],
    ['one who stands in for both', asks(HANNA, JO), bothAwayFor(BEN), [onBehalf(BEN, HANNA)]],
  ])('asks %s, due as before', (_case, before, there, right) => {
    const after = reasked(atHr({ asks: before }), there).steps[1]
    const { dueAt, askedAt, remindAt } = anHrStep()
    expect(after).toMatchObject({ asks: right, dueAt, askedAt, remindAt })
  })

  it('asks the admins where only who decided as manager stands in, with time to answer', () => {
    const booking = atHr({ asks: asks(HANNA) })
    const after = reasked(booking, { hr: [HANNA], ...away(HANNA, MARA) })
    expect(after.steps[1]).toMatchObject({ asks: asks(AYDIN), askedAt: LATER })
    expect(after.steps[1]?.passedOn).toEqual([{ ...asks(HANNA)[0], at: LATER }])
  })

  it('asks HR again in place of the admins, once somebody is back', () => {
    const booking = atHr({ asks: asks(AYDIN), passedOn: [{ person: HANNA, onBehalfOf: null, at: NOW }] })
    const after = reasked(booking, { hr: [HANNA] }).steps[1]
    expect(after?.asks).toEqual(asks(HANNA))
    expect(after?.passedOn).toEqual([{ person: AYDIN, onBehalfOf: null, at: LATER }])
  })

  it('goes on asking the admins as well once it was escalated', () => {
    const booking = atHr({ asks: asks(HANNA, JO, AYDIN), escalatedAt: NOW })
    expect(reasked(booking)).toBe(booking)
    expect(reasked(booking, { hr: [HANNA] }).steps[1]).toMatchObject({ asks: asks(HANNA, AYDIN), escalatedAt: NOW })
  })

  it.each([
    ['left', { ...JO, ...GONE }],
    ['is not in HR any more', { ...JO, role: 'employee' as const }],
  ])('goes on without somebody who %s, due as before', (_case, jo) => {
    const passedOn = [{ person: jo, onBehalfOf: null, at: LATER }]
    const after = reasked(atHr({ asks: asks(HANNA, jo) }), { hr: [HANNA] })
    expect(after.steps[1]).toEqual(anHrStep({ asks: asks(HANNA), passedOn }))
  })

  it.each<[string, Partial<Deciders>, (typeof MARA)[]]>([
    ['the admins where nobody is in HR', { hr: [] }, [AYDIN]],
    ['who is in HR now', { hr: [NORA] }, [NORA]],
    ['the admins where the rest of HR decided as manager', { hr: [MARA] }, [AYDIN]],
  ])('asks %s', (_case, there, people) => {
    const after = reasked(atHr({ asks: asks({ ...HANNA, ...GONE }) }), there)
    expect(after.steps[1]).toMatchObject({ id: 'hr-step', status: 'open', askedAt: LATER, asks: asks(...people) })
    expect(after.status).toBe('pending_hr')
  })

  it('is refused where nobody is left', () => {
    const booking = atHr({ asks: asks({ ...HANNA, ...GONE }) })
    expect(refusalOf(() => reasked(booking, { hr: [], admins: [] }))?.code).toBe('no_approver')
  })
})

it.each(['approved', 'rejected', 'cancelled', 'changes_requested'] as const)(
  'a booking that is %s stays as it is',
  (status) => {
    const booking = aBooking({ status })
    expect(reasked(booking, { manager: null, hr: [] })).toBe(booking)
  },
)

it('nobody is asked after the departure', () => {
  const booking = atManager()
  expect(reasked(booking, { manager: NORA }, booking.window.startsAt)).toBe(booking)
})

describe('an open change of a booking that stands', () => {
  const change = (status: 'pending_manager' | 'pending_hr', startsAt = minutesAfter(NOW, 24 * 60)) => ({
    status,
    trip: { ...tripOf(aBooking()), window: { startsAt, endsAt: minutesAfter(startsAt, 60) } },
  })
  const standing = aBooking({ status: 'approved', change: change('pending_manager'), steps: [aStep()] })

  it('is asked of the present manager, by its own departure', () => {
    const after = reasked(standing, { manager: NORA })
    expect(after).toMatchObject({ status: 'approved', change: { status: 'pending_manager' } })
    expect(after.steps[0]).toMatchObject({ asks: asks(NORA), dueAt: minutesAfter(NOW, 22 * 60) })
  })

  it('goes to HR without a manager, and the booking stands', () => {
    const after = reasked(standing, { manager: null })
    expect(after).toMatchObject({ status: 'approved', change: { status: 'pending_hr' } })
    expect(after.steps).toMatchObject([{ status: 'skipped' }, { kind: 'hr', asks: asks(HANNA, JO) }])
  })

  it('is asked of nobody once one of both trips has departed', () => {
    const departed = { ...standing, change: change('pending_manager', LATER) }
    expect(reasked(departed, { manager: NORA })).toBe(departed)
  })
})
