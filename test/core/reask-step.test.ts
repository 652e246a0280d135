import { describe, expect, it } from 'vitest'
import type { Deciders } from '../../src/core/approval/approvers.ts'
import { decideReasking } from '../../src/core/approval/reask-step.ts'
import type { Step } from '../../src/core/approval/step.ts'
import {
  ANNA,
  AYDIN,
  aBooking,
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
} from '../support/builders.ts'
import { refusalOf } from '../support/refusal-of.ts'

const COMPANY: Deciders = { manager: MARA, hr: [HANNA, JO], admins: [AYDIN] }
const GONE = { active: false }
const LATER = minutesAfter(NOW, 60)
const NORA = aPerson({ name: 'Nora Beck', role: 'manager' })

const asks = (...people: (typeof MARA)[]) => people.map((person) => ({ person, onBehalfOf: null }))
const atManager = (changes: Partial<Step> = {}) => aBooking({ steps: [aStep(changes)] })
const atHr = (changes: Partial<Step> = {}, first = decided(aStep())) =>
  aBooking({ status: 'pending_hr', steps: [first, anHrStep(changes)] })
const reasked = (booking: ReturnType<typeof aBooking>, there: Partial<Deciders> = {}, now = LATER) =>
  decideReasking(booking, { ...COMPANY, ...there }, now)

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
    expect(after.steps).toEqual([aStep({ asks: asks(NORA), askedAt: LATER, dueAt })])
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

  it('keeps whoever stands in for the manager, or was asked beside them', () => {
    const standIn = atManager({ asks: [{ person: BEN, onBehalfOf: MARA }] })
    expect(reasked(standIn)).toBe(standIn)
    const beside = atManager({ asks: asks(MARA, NORA) })
    expect(reasked(beside)).toBe(beside)
    expect(reasked(atManager({ asks: asks(MARA, { ...NORA, ...GONE }) })).steps[0]).toEqual(aStep())
  })

  it('asks the manager where the stand-in left', () => {
    const booking = atManager({ asks: [{ person: { ...BEN, ...GONE }, onBehalfOf: MARA }] })
    expect(reasked(booking).steps[0]?.asks).toEqual(asks(MARA))
  })

  it.each<[string, Partial<Deciders>]>([
    ['nobody is left for HR', { manager: null, hr: [], admins: [] }],
    ['the new manager is all of HR', { manager: HANNA, hr: [HANNA], admins: [] }],
    ['the requester is all of HR', { manager: null, hr: [ANNA], admins: [] }],
  ])('is not asked of somebody who would be the last: %s', (_case, there) => {
    expect(refusalOf(() => reasked(atManager(), there))?.code).toBe('no_approver')
  })
})

describe('an open HR step', () => {
  it('stays as it is while all of them are in HR, also when somebody comes', () => {
    const booking = atHr()
    expect(reasked(booking, { hr: [HANNA, JO, NORA] })).toBe(booking)
  })

  it.each([
    ['left', { ...JO, ...GONE }],
    ['is not in HR any more', { ...JO, role: 'employee' as const }],
  ])('goes on without somebody who %s, due as before', (_case, jo) => {
    expect(reasked(atHr({ asks: asks(HANNA, jo) })).steps[1]).toEqual(anHrStep({ asks: asks(HANNA) }))
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
