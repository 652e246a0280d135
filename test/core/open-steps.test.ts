import { describe, expect, it } from 'vitest'
import type { Deciders } from '../../src/core/approval/approvers.ts'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import { closeUnanswered, openApproval, openHrStep } from '../../src/core/approval/open-steps.ts'
import { tripOf } from '../../src/core/booking/trip-change.ts'
import {
  ANNA,
  AYDIN,
  aBooking,
  anAbsence,
  anHrStep,
  aPerson,
  aSite,
  aStep,
  decided,
  HANNA,
  JO,
  MARA,
  minutesAfter,
  NOW,
  theDeciders,
} from '../support/builders.ts'
import { refusalOf } from '../support/refusal-of.ts'

const COMPANY = theDeciders()
const TIMING = { now: NOW, deadlines: DEADLINES }
const submitted = aBooking({ steps: [], events: [] })
const open = (there: Partial<Deciders>, booking = submitted) => openApproval(booking, { ...COMPANY, ...there }, TIMING)

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
      {
        ...aStep(),
        id: expect.any(String),
        status: 'skipped',
        skipReason,
        asks: [],
        dueAt: null,
        remindAt: null,
        closedAt: NOW,
      },
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
    const { booking: asked } = openApproval(booking, COMPANY, { ...TIMING, now: saturdayThere })
    expect(asked.steps[0]?.dueAt).toEqual(new Date('2026-11-10T08:00:00+13:00'))
  })
})

describe('openHrStep', () => {
  it('leaves out whoever decided as manager', () => {
    const approvedByHanna = aBooking({
      status: 'pending_hr',
      steps: [decided(aStep({ asks: [{ person: HANNA, onBehalfOf: null }] }))],
    })
    const { steps } = openHrStep(approvedByHanna, COMPANY, TIMING)
    expect(steps.at(-1)?.asks.map((ask) => ask.person)).toEqual([JO])
  })

  it('refuses where nobody is left', () => {
    const approved = aBooking({ status: 'pending_hr', steps: [decided(aStep())] })
    const nobody = { ...COMPANY, hr: [], admins: [] }
    expect(refusalOf(() => openHrStep(approved, nobody, TIMING))?.code).toBe('no_approver')
  })
})

describe('with somebody away', () => {
  const NORA = aPerson({ name: 'Nora Beck', role: 'manager' })

  it('asks who stands in for the manager', () => {
    const { booking } = open({ absences: [anAbsence(MARA, NORA)] })
    expect(booking.steps).toEqual([{ ...aStep(), id: expect.any(String), asks: [{ person: NORA, onBehalfOf: MARA }] }])
  })

  it('skips the manager for whom nobody answers', () => {
    const { booking } = open({ absences: [anAbsence(MARA, ANNA)] })
    expect(booking.steps).toMatchObject([
      { status: 'skipped', skipReason: 'manager_away' },
      { kind: 'hr', status: 'open' },
    ])
  })

  it.each<[string, Partial<Deciders>]>([
    ["the manager's stand-in is all of HR", { hr: [HANNA], admins: [], absences: [anAbsence(MARA, HANNA)] }],
    ['the manager stands in for all of HR', { hr: [HANNA], admins: [], absences: [anAbsence(HANNA, MARA)] }],
    ['the requester stands in for all of HR', { hr: [HANNA], admins: [], absences: [anAbsence(HANNA, ANNA)] }],
  ])('refuses at once where %s, and there is no admin', (_case, there) => {
    expect(refusalOf(() => open(there))).toEqual({ code: 'no_approver', facts: {} })
  })

  it("asks HR, but not whoever decided for the manager, and whoever stands in for one of HR's", () => {
    const approved = aBooking({ status: 'pending_hr', steps: [decided(aStep(), { decidedBy: HANNA })] })
    const { steps } = openHrStep(approved, theDeciders({ absences: [anAbsence(JO, NORA)] }), TIMING)
    expect(steps.at(-1)?.asks).toEqual([{ person: NORA, onBehalfOf: JO }])
  })
})

describe('the approval of a change', () => {
  const sooner = { startsAt: new Date('2026-11-03T12:00:00+01:00'), endsAt: new Date('2026-11-03T14:00:00+01:00') }
  const proposed = { ...tripOf(aBooking()), window: sooner }
  const standing = aBooking({ status: 'approved', round: 2, change: { status: 'pending_manager', trip: proposed } })

  it('is due by the earlier of both departures, and leaves the booking as it stands', () => {
    const { booking } = openApproval(standing, COMPANY, TIMING)
    expect(booking).toMatchObject({ status: 'approved', change: { status: 'pending_manager' } })
    const dueAt = new Date('2026-11-03T09:00:00+01:00')
    expect(booking.steps.at(-1)).toMatchObject({ round: 2, kind: 'manager', dueAt })
    const within = { startsAt: minutesAfter(NOW, 180), endsAt: minutesAfter(NOW, 240) }
    const urgent = {
      ...standing,
      change: { status: 'pending_manager' as const, trip: { ...proposed, window: within } },
    }
    expect(openApproval(urgent, COMPANY, TIMING).booking.steps.at(-1)?.dueAt).toEqual(minutesAfter(NOW, 60))
  })

  it('skips to HR without a manager, and the booking stands', () => {
    const { booking } = openApproval(standing, theDeciders({ manager: null }), TIMING)
    expect(booking).toMatchObject({ status: 'approved', change: { status: 'pending_hr' } })
    expect(booking.steps.at(-1)).toMatchObject({ round: 2, kind: 'hr', status: 'open' })
  })
})

it('closeUnanswered gives up on the manager, and asks HR', () => {
  const { status, steps } = closeUnanswered(aBooking(), COMPANY, { ...TIMING, now: minutesAfter(NOW, 60) })
  expect(status).toBe('pending_hr')
  expect(steps).toMatchObject([
    { status: 'unanswered', closedAt: minutesAfter(NOW, 60), remindAt: null, decidedBy: null },
    { kind: 'hr', status: 'open', askedAt: minutesAfter(NOW, 60) },
  ])
})
