import { describe, expect, it } from 'vitest'
import type { Deciders } from '../../src/core/approval/approvers.ts'
import { decidedInRound, openApproval, openHrStep } from '../../src/core/approval/open-steps.ts'
import {
  ANNA,
  AYDIN,
  aBooking,
  anHrStep,
  aPerson,
  aSite,
  aStep,
  BEN,
  decided,
  HANNA,
  JO,
  MARA,
  NOW,
} from '../support/builders.ts'
import { refusalOf } from '../support/refusal-of.ts'

const COMPANY: Deciders = { manager: MARA, hr: [HANNA, JO], admins: [AYDIN] }
const submitted = aBooking({ steps: [], events: [] })
const open = (there: Partial<Deciders>, booking = submitted) => openApproval(booking, { ...COMPANY, ...there }, NOW)

describe('openApproval', () => {
  it('asks the manager, until a working day later', () => {
    const { booking, events } = open({})
    expect(booking.status).toBe('pending_manager')
    expect(booking.steps).toEqual([{ ...aStep(), id: expect.any(String) }])
    expect(events).toEqual([])
  })

  it.each([
    ['no_manager', null],
    ['manager_inactive', { ...MARA, active: false }],
  ] as const)('skips the manager and asks HR at once: %s', (skipReason, manager) => {
    const { booking, events } = open({ manager })
    expect(booking.status).toBe('pending_hr')
    expect(booking.steps).toEqual([
      { ...aStep(), id: expect.any(String), status: 'skipped', skipReason, asks: [], dueAt: null, closedAt: NOW },
      { ...anHrStep(), id: expect.any(String) },
    ])
    expect(events).toEqual([{ id: expect.any(String), type: 'step.skipped', actor: null, at: NOW }])
  })

  it('asks the admins where the requester is all of HR and has no manager', () => {
    const { booking } = open({ manager: null, hr: [HANNA] }, { ...submitted, requester: HANNA })
    expect(booking.steps.at(-1)).toMatchObject({ kind: 'hr', asks: [{ person: AYDIN, onBehalfOf: null }] })
  })

  it.each<[string, Partial<Deciders>]>([
    ['there is no HR and no admin', { hr: [], admins: [] }],
    ['the manager is all of HR, and there is no admin', { manager: HANNA, hr: [HANNA], admins: [] }],
    ['the manager is the only admin, and there is no HR', { manager: AYDIN, hr: [], admins: [AYDIN] }],
    ['nobody is there at all', { manager: null, hr: [], admins: [] }],
    ['the requester is all there is', { manager: null, hr: [ANNA], admins: [ANNA] }],
  ])('refuses at once where %s', (_case, there) => {
    expect(refusalOf(() => open(there))).toEqual({ code: 'no_approver', facts: {} })
  })

  it('asks the manager who is all of HR, where an admin can take the last decision', () => {
    const { booking } = open({ manager: HANNA, hr: [HANNA] })
    expect(booking.steps).toMatchObject([{ kind: 'manager', status: 'open', asks: [{ person: HANNA }] }])
  })

  it("counts the working day in the requester's site", () => {
    const auckland = aSite({ id: 'auckland', name: 'Auckland', timeZone: 'Pacific/Auckland' })
    const saturdayThere = new Date('2026-11-06T17:00:00+01:00')
    const booking = {
      ...submitted,
      requester: aPerson({ site: auckland }),
      window: { startsAt: new Date('2026-11-20T09:00:00+13:00'), endsAt: new Date('2026-11-20T17:00:00+13:00') },
    }
    const { booking: asked } = openApproval(booking, COMPANY, saturdayThere)
    expect(asked.steps[0]?.dueAt).toEqual(new Date('2026-11-10T00:00:00+13:00'))
  })
})

describe('openHrStep', () => {
  it('leaves out whoever decided as manager', () => {
    const approvedByHanna = aBooking({
      status: 'pending_hr',
      steps: [decided(aStep({ asks: [{ person: HANNA, onBehalfOf: null }] }))],
    })
    const { steps } = openHrStep(approvedByHanna, COMPANY, NOW)
    expect(steps.at(-1)?.asks.map((ask) => ask.person)).toEqual([JO])
  })

  it('refuses where nobody is left', () => {
    const approved = aBooking({ status: 'pending_hr', steps: [decided(aStep())] })
    const nobody = { ...COMPANY, hr: [], admins: [] }
    expect(refusalOf(() => openHrStep(approved, nobody, NOW))?.code).toBe('no_approver')
  })
})

it('decidedInRound counts the present round alone', () => {
  const first = decided(aStep({ id: 'first', round: 1 }), { decidedBy: BEN })
  const second = decided(aStep({ id: 'second', round: 2 }))
  expect(decidedInRound(aBooking({ round: 2, steps: [first, second, anHrStep({ round: 2 })] }))).toEqual([MARA.id])
})
