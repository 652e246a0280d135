import { describe, expect, it } from 'vitest'
import { checkMayDecide } from '../../src/core/approval/decide-step.ts'
import type { StepStatus } from '../../src/core/approval/step.ts'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { Person } from '../../src/core/people/person.ts'
import {
  ANNA,
  aBooking,
  anHrStep,
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

const AN_HOUR_LATER = minutesAfter(NOW, 60)
const pendingManager = aBooking()
const pendingHr = aBooking({ status: 'pending_hr' })
/** Mara is HR as well, and was asked before she decided as manager. */
const maraInBoth = aBooking({
  status: 'pending_hr',
  steps: [decided(aStep()), anHrStep({ asks: [MARA, HANNA].map((person) => ({ person, onBehalfOf: null })) })],
})
/** Mara did not answer, and Ben is asked now. */
const passedOn = { asks: [{ person: BEN, onBehalfOf: null }], passedOn: [{ person: MARA, onBehalfOf: null, at: NOW }] }
const maraPassedOver = aBooking({ steps: [aStep(passedOn)] })
const benForMara = aBooking({ steps: [aStep({ asks: [{ person: BEN, onBehalfOf: MARA }] })] })
const annaAsked = aBooking({ steps: [aStep({ asks: [{ person: ANNA, onBehalfOf: null }] })] })
const closedFor = (booking: Booking) => aBooking({ ...booking, steps: booking.steps.map((step) => decided(step)) })
const refusal = (booking: Booking, stepId: string, actor: Person) =>
  refusalOf(() => checkMayDecide(booking, stepId, actor))

describe('checkMayDecide', () => {
  it.each([
    ['the manager who was asked', pendingManager, 'manager-step', MARA],
    ['an HR person who was asked', pendingHr, 'hr-step', HANNA],
    ['another HR person who was asked', pendingHr, 'hr-step', JO],
    ['whoever is asked on behalf of somebody', benForMara, 'manager-step', BEN],
    ['whoever it went on to', maraPassedOver, 'manager-step', BEN],
    ['somebody who decided in an earlier round', { ...maraInBoth, round: 2 }, 'hr-step', MARA],
  ])('lets %s decide', (_case, booking, stepId, actor) => {
    expect(checkMayDecide(booking, stepId, actor)).toBe(booking.steps.find((step) => step.id === stepId))
  })

  it.each([
    ['a step there is not', pendingManager, 'no-step', MARA, 'booking_not_found'],
    ['somebody who was not asked', pendingManager, 'manager-step', BEN, 'not_asked'],
    ['HR, while it is the manager’s', pendingManager, 'manager-step', HANNA, 'not_asked'],
    ['the manager, when it is HR’s', pendingHr, 'hr-step', MARA, 'not_asked'],
    ['the requester', pendingManager, 'manager-step', ANNA, 'own_request'],
    ['the requester, even when asked', annaAsked, 'manager-step', ANNA, 'own_request'],
    ['a second decision by the same person', maraInBoth, 'hr-step', MARA, 'decided_already'],
    ['a press on a step that is closed', pendingHr, 'manager-step', MARA, 'step_closed'],
    ['whoever it went on from', maraPassedOver, 'manager-step', MARA, 'passed_on'],
    ['whoever it went on from, once it is closed', closedFor(maraPassedOver), 'manager-step', MARA, 'step_closed'],
    ['the one on whose behalf somebody else is asked', benForMara, 'manager-step', MARA, 'not_asked'],
    ['somebody who has left', pendingManager, 'manager-step', { ...MARA, active: false }, 'person_inactive'],
  ])('refuses %s', (_case, booking, stepId, actor, code) => {
    expect(refusal(booking, stepId, actor)?.code).toBe(code)
  })

  it('says first what the person could never do, then what has happened', () => {
    const rejected = aBooking({ status: 'rejected' })
    expect(refusal({ ...rejected, requester: HANNA }, 'hr-step', HANNA)?.code).toBe('own_request')
    expect(refusal(rejected, 'hr-step', BEN)?.code).toBe('not_asked')
    expect(refusal(rejected, 'hr-step', HANNA)?.code).toBe('step_closed')
    const decidedTwice = aBooking({
      ...maraInBoth,
      status: 'approved',
      steps: maraInBoth.steps.map((step) => decided(step)),
    })
    expect(refusal(decidedTwice, 'hr-step', MARA)?.code).toBe('step_closed')
  })

  it.each<[StepStatus, Booking, string, object]>([
    ['approved', pendingHr, 'manager-step', { bookingStatus: 'pending_hr', by: MARA.name }],
    ['approved', aBooking({ status: 'approved' }), 'hr-step', { bookingStatus: 'approved', by: HANNA.name }],
    ['rejected', aBooking({ status: 'rejected' }), 'hr-step', { bookingStatus: 'rejected', by: HANNA.name }],
    ['superseded', aBooking({ status: 'cancelled' }), 'manager-step', { bookingStatus: 'cancelled', by: ANNA.name }],
  ])('says who closed the step, and when: %s', (status, booking, stepId, facts) => {
    const asked = booking.steps.find((step) => step.id === stepId)?.asks[0]?.person
    expect(asked && refusal(booking, stepId, asked)).toEqual({
      code: 'step_closed',
      facts: { status, at: AN_HOUR_LATER, ...facts },
    })
  })
})
