import { describe, expect, it } from 'vitest'
import type { Deciders } from '../../src/core/approval/approvers.ts'
import { checkMayDecide, refusalToDecide } from '../../src/core/approval/may-decide.ts'
import type { StepStatus } from '../../src/core/approval/step.ts'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { Person } from '../../src/core/people/person.ts'
import {
  ANNA,
  AYDIN,
  aBooking,
  anAbsence,
  anHrStep,
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

const AN_HOUR_LATER = minutesAfter(NOW, 60)
const pendingManager = aBooking()
const pendingHr = aBooking({ status: 'pending_hr' })
/** Mara is HR as well, and was asked before she decided as manager. */
const MARA_IN_HR: Person = { ...MARA, role: 'hr' }
const maraInBoth = aBooking({
  status: 'pending_hr',
  steps: [decided(aStep()), anHrStep({ asks: [MARA_IN_HR, HANNA].map((person) => ({ person, onBehalfOf: null })) })],
})
/** Mara did not answer, and Ben, who is above her, is asked now. */
const passedOn = { asks: [{ person: BEN, onBehalfOf: null }], passedOn: [{ person: MARA, onBehalfOf: null, at: NOW }] }
const maraPassedOver = aBooking({ steps: [aStep({ ...passedOn, escalatedAt: NOW })] })
const standsInFor = (absent: Person) => aBooking({ steps: [aStep({ asks: [{ person: BEN, onBehalfOf: absent }] })] })
const benForMara = standsInFor(MARA)
const anHrBookingOf = (person: Person) =>
  aBooking({ status: 'pending_hr', steps: [decided(aStep()), anHrStep({ asks: [{ person, onBehalfOf: null }] })] })
const HR = ['Hanna Weber', 'Jo Meyer']
const annaAsked = aBooking({ steps: [aStep({ asks: [{ person: ANNA, onBehalfOf: null }] })] })
const closedFor = (booking: Booking) => aBooking({ ...booking, steps: booking.steps.map((step) => decided(step)) })
const asOfNow = (changes: Partial<Deciders> = {}) => ({ deciders: theDeciders(changes), now: NOW })
/** Ben is above Mara, who is in HR and away; he stands in for her. */
const THEN = asOfNow({ above: BEN, hr: [HANNA, JO, MARA_IN_HR] })
const MARA_AWAY = asOfNow({ absences: [anAbsence(MARA, BEN)] })
const refusal = (booking: Booking, stepId: string, actor: Person, directory = THEN) =>
  refusalOf(() => checkMayDecide(booking, stepId, actor, directory))

describe('checkMayDecide', () => {
  it.each<[string, Booking, string, Person, typeof THEN?]>([
    ['the manager who was asked', pendingManager, 'manager-step', MARA],
    ['an HR person who was asked', pendingHr, 'hr-step', HANNA],
    ['another HR person who was asked', pendingHr, 'hr-step', JO],
    ['somebody who is asked on behalf of another', benForMara, 'manager-step', BEN, MARA_AWAY],
    ['whoever it went on to', maraPassedOver, 'manager-step', BEN],
    ['somebody who decided in an earlier round', { ...maraInBoth, round: 2 }, 'hr-step', MARA],
  ])('lets %s decide', (_case, booking, stepId, actor, directory = THEN) => {
    const step = booking.steps.find(({ id }) => id === stepId)
    expect(checkMayDecide(booking, stepId, actor, directory)).toBe(step)
    expect(step && refusalToDecide(booking, step, actor)).toBeNull()
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

  const adminsAsked = aBooking({
    status: 'pending_hr',
    steps: [decided(aStep()), anHrStep({ asks: [{ person: AYDIN, onBehalfOf: null }] })],
  })
  it.each<[string, Booking, string, Person, Partial<Deciders>, string[]]>([
    ['the manager who is somebody else by now', pendingManager, 'manager-step', MARA, { manager: BEN }, ['Ben Koch']],
    ['the manager of somebody who has none any more', pendingManager, 'manager-step', MARA, { manager: null }, HR],
    ['somebody who is no longer in HR', pendingHr, 'hr-step', HANNA, { hr: [JO] }, ['Jo Meyer']],
    ['the last one who was in HR', pendingHr, 'hr-step', HANNA, { hr: [] }, ['Aydin Kaya']],
    ['an admin, now that somebody is in HR', adminsAsked, 'hr-step', AYDIN, {}, HR],
    [
      'somebody above a manager who has changed',
      maraPassedOver,
      'manager-step',
      BEN,
      { manager: JO, above: BEN },
      ['Jo Meyer'],
    ],
    ['somebody who is no longer above the manager', maraPassedOver, 'manager-step', BEN, { above: JO }, ['Jo Meyer']],
    ['a stand-in, now that the absence has ended', benForMara, 'manager-step', BEN, {}, ['Mara Lindt']],
    ['a manager who is away', pendingManager, 'manager-step', MARA, { absences: [anAbsence(MARA, BEN)] }, ['Ben Koch']],
    ['anybody, where nobody is left', pendingHr, 'hr-step', HANNA, { hr: [], admins: [] }, []],
  ])('refuses %s, and says who decides now', (_case, booking, stepId, actor, changes, to) => {
    expect(refusal(booking, stepId, actor, asOfNow(changes))).toEqual({ code: 'passed_on', facts: { to } })
  })

  it.each<[string, Booking, string, Person]>([
    ['is no longer in HR', anHrBookingOf({ ...HANNA, role: 'employee' }), 'hr-step', { ...HANNA, role: 'employee' }],
    ['is no longer the manager', aBooking({ requester: { ...ANNA, managerId: 'ben' } }), 'manager-step', MARA],
    ['stands in for somebody who has left', standsInFor({ ...MARA, active: false }), 'manager-step', BEN],
  ])('a card shows no buttons to somebody who %s', (_case, booking, stepId, actor) => {
    const step = booking.steps.find(({ id }) => id === stepId)
    expect(step && refusalToDecide(booking, step, actor)?.code).toBe('passed_on')
  })

  it('refuses to decide for a requester who has left, once it is plain that this person is asked', () => {
    const left = aBooking({ requester: { ...ANNA, active: false } })
    const facts = { name: 'Anna Schmidt' }
    expect(refusal(left, 'manager-step', MARA)).toEqual({ code: 'requester_left', facts })
    expect(refusal(left, 'manager-step', BEN)?.code).toBe('not_asked')
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
