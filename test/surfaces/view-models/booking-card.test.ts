import { describe, expect, it } from 'vitest'
import type { StepKind } from '../../../src/core/approval/step.ts'
import type { Booking } from '../../../src/core/booking/booking.ts'
import type { BookingStatus } from '../../../src/core/booking/status.ts'
import type { Person } from '../../../src/core/people/person.ts'
import { approvalCard, requestCard } from '../../../src/surfaces/view-models/booking-card.ts'
import { requestLine } from '../../../src/surfaces/view-models/decision-words.ts'
import type { OwnAction } from '../../../src/surfaces/view-models/own-action.ts'
import { tripLine } from '../../../src/surfaces/view-models/trip-entry.ts'
import {
  ANNA,
  AYDIN,
  aBooking,
  anEvent,
  anHrStep,
  aPerson,
  aSite,
  aStep,
  aVehicle,
  BEN,
  BERLIN,
  decided,
  HANNA,
  JO,
  MARA,
  minutesAfter,
  NOW,
  STATUSES,
} from '../../support/builders.ts'

const reader = (person: Person, zone = BERLIN) => ({ personId: person.id, zone })
const cardFor = (booking: Booking, kind: StepKind, person: Person, now = NOW) =>
  approvalCard(booking, kind, reader(person), now)
const { startsAt } = aBooking().window
const asks = (...people: Person[]) => people.map((person) => ({ person, onBehalfOf: null }))
const DECIDE_AS_MANAGER = { kind: 'decide', stepId: 'manager-step' }
const DECIDE_AS_HR = { kind: 'decide', stepId: 'hr-step' }

describe('the buttons of an approver', () => {
  const pendingHr = aBooking({ status: 'pending_hr' })
  const maraInBoth = aBooking({ status: 'pending_hr', steps: [decided(aStep()), anHrStep({ asks: asks(MARA, JO) })] })
  const hasLeft = aBooking({ steps: [aStep({ asks: asks({ ...MARA, active: false }) })] })

  it.each<[string, Booking, StepKind, Person, object | null]>([
    ['the manager, who is asked', aBooking(), 'manager', MARA, DECIDE_AS_MANAGER],
    ['an HR person, who is asked', pendingHr, 'hr', HANNA, DECIDE_AS_HR],
    ['another HR person', pendingHr, 'hr', JO, DECIDE_AS_HR],
    ['the manager, who has answered', pendingHr, 'manager', MARA, null],
    ['HR, while the manager is asked', aBooking(), 'hr', HANNA, null],
    ['somebody who was not asked', aBooking(), 'manager', BEN, null],
    ['the requester, even when asked', aBooking({ steps: [aStep({ asks: asks(ANNA) })] }), 'manager', ANNA, null],
    ['who decided as manager already', maraInBoth, 'hr', MARA, null],
    ['who has left', hasLeft, 'manager', MARA, null],
  ])('%s', (_case, booking, kind, person, action) => {
    expect(cardFor(booking, kind, person).action).toEqual(action)
  })

  const over = STATUSES.filter((status) => status !== 'pending_manager' && status !== 'pending_hr')
  it.each(over)('are gone when the booking is %s', (status) => {
    expect(cardFor(aBooking({ status }), 'manager', MARA).action).toBeNull()
    expect(cardFor(aBooking({ status }), 'hr', HANNA).action).toBeNull()
  })

  it('are gone at the departure', () => {
    expect(cardFor(aBooking(), 'manager', MARA, new Date(+startsAt - 1)).action).toEqual(DECIDE_AS_MANAGER)
    expect(cardFor(aBooking(), 'manager', MARA, startsAt).action).toBeNull()
  })

  it('name the step of the newest round', () => {
    const steps = [aStep({ id: 'first', status: 'superseded', closedAt: NOW }), aStep({ id: 'second', round: 2 })]
    expect(cardFor(aBooking({ round: 2, steps }), 'manager', MARA).action).toEqual({ kind: 'decide', stepId: 'second' })
  })
})

describe('the buttons of the requester', () => {
  const action = (booking: Booking, now = NOW) => requestCard(booking, reader(ANNA), now).action
  const may = (also: Partial<OwnAction> = {}): OwnAction => ({
    kind: 'own',
    mayChange: true,
    isAskedToChange: false,
    mayWithdrawChange: false,
    mayCancel: true,
    ...also,
  })
  const live = ['pending_manager', 'pending_hr', 'changes_requested', 'approved']

  it.each(STATUSES)('when the booking is %s', (status) => {
    const isAskedToChange = status === 'changes_requested'
    expect(action(aBooking({ status }))).toEqual(live.includes(status) ? may({ isAskedToChange }) : null)
  })

  it('of an approved booking are gone at the departure, and what is undecided can only be cancelled then', () => {
    const approved = aBooking({ status: 'approved' })
    expect(action(approved, new Date(+startsAt - 1))).toEqual(may())
    expect(action(approved, startsAt)).toBeNull()
    expect(action(aBooking(), startsAt)).toEqual(may({ mayChange: false }))
  })

  it.each<[BookingStatus, Partial<OwnAction>]>([
    ['pending_manager', { mayWithdrawChange: true }],
    ['pending_hr', { mayWithdrawChange: true }],
    ['changes_requested', { mayWithdrawChange: true, isAskedToChange: true }],
    ['approved', {}],
    ['rejected', {}],
    ['cancelled', {}],
    ['expired', {}],
  ])('when its change is %s', (status, also) => {
    expect(action(aBooking({ status: 'approved', change: { status, trip: aBooking() } }))).toEqual(may(also))
  })
})

describe('one glance is enough', () => {
  const everything = (booking: Booking, zone = BERLIN) => {
    const { headline, facts } = approvalCard(booking, 'manager', reader(MARA, zone), NOW)
    return [headline, ...facts.map(({ label, text }) => `${label}: ${text}`)].join('\n')
  }

  it('who, when and how long stand in the first line', () => {
    const { headline } = cardFor(aBooking(), 'manager', MARA)
    expect(headline).toContain('Anna Schmidt (Sales) asks for a car: Thu 5 Nov, 09:00 – 17:30')
    expect(headline).toContain('8 h 30 min')
    expect(headline).toContain('#12')
  })

  it.each([
    'Car: Škoda Octavia (B-MP 102), 5 seats',
    'Where and why: Dresden: business trip, client meeting',
    'Aboard: 2 people: Anna Schmidt (driver), Ben Koch',
  ])('%s', (fact) => {
    expect(everything(aBooking()).split('\n')).toContain(fact)
  })

  it('the requester is told about their own booking by its number', () => {
    const { headline } = requestCard(aBooking(), reader(ANNA), NOW)
    expect(headline).toContain('Your booking #12: Thu 5 Nov, 09:00 – 17:30')
    expect(headline).not.toContain('Anna')
  })

  it('no department, no brackets', () => {
    const booking = aBooking({ requester: { ...ANNA, department: '' } })
    expect(cardFor(booking, 'manager', MARA).headline).toMatch(/^Anna Schmidt asks for a car: /)
  })

  it("says where the car is when that is not the requester's site", () => {
    const hamburg = aSite({ id: 'hamburg', name: 'Hamburg' })
    expect(everything(aBooking({ vehicle: aVehicle({ site: hamburg }) }))).toContain('5 seats, Hamburg')
    expect(everything(aBooking())).not.toContain(', Berlin')
  })

  it('names no zone to somebody at the requester’s site, wherever the car is', () => {
    const lisbon = aSite({ id: 'lisbon', name: 'Lisbon', timeZone: 'Europe/Lisbon' })
    const booking = aBooking({ vehicle: aVehicle({ site: lisbon }) })
    expect(everything(booking, BERLIN)).toContain('Thu 5 Nov, 09:00 – 17:30')
    expect(everything(booking, BERLIN)).not.toContain(' time)')
    expect(tripLine(booking, BERLIN, NOW)).not.toContain(' time)')
    expect(requestLine(booking, BERLIN, NOW)).not.toContain(' time)')
    expect(approvalCard(booking, 'manager', reader(MARA, BERLIN), NOW).waiting).not.toContain(' time)')
    expect(everything(booking, 'Europe/Lisbon')).toContain('Thu 5 Nov, 08:00 – 16:30 (Lisbon time)')
  })

  it('shows times on the clock of its reader, and names it where it differs from the site', () => {
    expect(everything(aBooking(), 'Europe/Lisbon')).toContain('Thu 5 Nov, 08:00 – 16:30 (Lisbon time)')
    expect(everything(aBooking(), 'Europe/Madrid')).toContain('Thu 5 Nov, 09:00 – 17:30')
    expect(everything(aBooking(), 'Europe/Madrid')).not.toContain('Madrid')
    const { waiting } = approvalCard(aBooking(), 'manager', reader(MARA, 'Europe/Lisbon'), NOW)
    expect(waiting).toMatch(/Tue 3 Nov, 08:00 \(Lisbon time\)$/)
  })

  it('what was typed is there as it was typed', () => {
    const typed = '<!channel> *bold* & “quoted”\n:smile:'
    expect(cardFor(aBooking({ details: typed }), 'manager', MARA).details).toBe(typed)
    expect(everything(aBooking({ destination: typed }))).toContain(typed)
  })
})

describe('short notice is pointed out to those who decide', () => {
  const asked = (minutesBefore: number) => aBooking({ createdAt: minutesAfter(startsAt, -minutesBefore) })
  it.each([
    [24 * 60, []],
    [24 * 60 - 1, ['Short notice: asked 23 h 59 min before departure']],
    [90, ['Short notice: asked 1 h 30 min before departure']],
  ])('asked %i minutes before the departure', (minutes, remarks) => {
    expect(cardFor(asked(minutes), 'manager', MARA).remarks).toEqual(remarks)
  })

  it('and not to the requester, who knows', () => {
    expect(requestCard(asked(90), reader(ANNA), NOW).remarks).toEqual([])
  })
})

describe('what has been decided', () => {
  const outcomes = (booking: Booking) => requestCard(booking, reader(ANNA), NOW).outcomes
  const byMara = { mark: 'good', text: 'Approved by Mara Lindt as manager, Mon 2 Nov, 10:00' }
  const byHanna = { mark: 'good', text: 'Approved by Hanna Weber for HR, Mon 2 Nov, 10:00' }
  const skipped = (skipReason: 'no_manager' | 'manager_inactive') =>
    aBooking({
      status: 'pending_hr',
      steps: [aStep({ status: 'skipped', skipReason, asks: [], dueAt: null, closedAt: NOW }), anHrStep()],
    })

  it.each<[string, Booking, object[]]>([
    ['nothing yet', aBooking(), []],
    ['by the manager', aBooking({ status: 'pending_hr' }), [byMara]],
    ['by both', aBooking({ status: 'approved' }), [byMara, byHanna]],
    [
      'rejected, with the reason',
      aBooking({ status: 'rejected' }),
      [byMara, { mark: 'bad', text: 'Rejected by Hanna Weber for HR, Mon 2 Nov, 10:00: “The train is faster.”' }],
    ],
    [
      'approved, with a comment',
      aBooking({ steps: [decided(aStep(), { comment: 'Fine.' })] }),
      [{ ...byMara, text: `${byMara.text}: “Fine.”` }],
    ],
    ['no manager', skipped('no_manager'), [{ mark: 'neutral', text: 'No manager is on record, so HR decides alone' }]],
    [
      'the manager left',
      skipped('manager_inactive'),
      [{ mark: 'neutral', text: 'The manager has left, so HR decides alone' }],
    ],
    [
      'cancelled',
      aBooking({ status: 'cancelled' }),
      [{ mark: 'bad', text: 'Cancelled by Anna Schmidt, Mon 2 Nov, 10:00' }],
    ],
    [
      'cancelled because the requester has left',
      aBooking({ status: 'cancelled', events: [anEvent({ type: 'booking.cancelled', actor: null })] }),
      [{ mark: 'bad', text: 'Cancelled, Mon 2 Nov, 10:00: Anna Schmidt has left' }],
    ],
    [
      'expired',
      aBooking({ status: 'expired' }),
      [{ mark: 'bad', text: 'Expired, Mon 2 Nov, 10:00: nobody decided before the departure' }],
    ],
    ['not collected', aBooking({ status: 'no_show' }), [byMara, byHanna, { mark: 'bad', text: 'Not collected' }]],
  ])('%s', (_case, booking, expected) => {
    expect(outcomes(booking)).toEqual(expected)
  })

  it('is told to everybody alike', () => {
    const rejected = aBooking({ status: 'rejected' })
    expect(cardFor(rejected, 'manager', MARA).outcomes).toEqual(outcomes(rejected))
    expect(cardFor(rejected, 'hr', JO).outcomes).toEqual(outcomes(rejected))
  })
})

describe('the waiting line', () => {
  const waiting = (booking: Booking) => requestCard(booking, reader(ANNA), NOW).waiting
  const hr = (...people: Person[]) => aBooking({ status: 'pending_hr', steps: [anHrStep({ asks: asks(...people) })] })

  it.each<[string, Booking, string | null]>([
    ['the manager', aBooking(), 'Waiting for Mara Lindt, by Tue 3 Nov, 09:00'],
    ['one in HR', hr(HANNA), 'Waiting for HR (Hanna Weber), by Tue 3 Nov, 09:00'],
    ['two in HR', hr(HANNA, JO), 'Waiting for HR (Hanna Weber or Jo Meyer), by Tue 3 Nov, 09:00'],
    [
      'three',
      hr(HANNA, JO, AYDIN),
      'Waiting for HR or an admin (Hanna Weber, Jo Meyer or Aydin Kaya), by Tue 3 Nov, 09:00',
    ],
    [
      'many',
      hr(HANNA, JO, AYDIN, aPerson()),
      'Waiting for HR or an admin (Hanna Weber, Jo Meyer or 2 others), by Tue 3 Nov, 09:00',
    ],
    ['an admin in place of HR', hr(AYDIN), 'Waiting for an admin (Aydin Kaya), by Tue 3 Nov, 09:00'],
    ['nobody', aBooking({ status: 'approved' }), null],
  ])('%s', (_case, booking, expected) => {
    expect(waiting(booking)).toBe(expected)
  })

  it('asks whoever is to answer, and tells the others whom to wait for', () => {
    expect(cardFor(aBooking(), 'manager', MARA).waiting).toBe('Please answer by Tue 3 Nov, 09:00')
    const pendingHr = aBooking({ status: 'pending_hr' })
    expect(cardFor(pendingHr, 'hr', JO).waiting).toBe('Please answer by Tue 3 Nov, 09:00')
    expect(cardFor(pendingHr, 'manager', MARA).waiting).toMatch(/^Waiting for HR/)
  })
  it('says since when an answer is overdue, to those who are asked and to those who wait', () => {
    const overdue = { overdueAt: minutesAfter(NOW, 24 * 60), remindAt: null }
    const pendingHr = aBooking({ status: 'pending_hr', steps: [decided(aStep()), anHrStep(overdue)] })
    expect(cardFor(pendingHr, 'hr', JO).waiting).toBe('Please answer: overdue since Tue 3 Nov, 09:00')
    expect(cardFor(pendingHr, 'manager', MARA).waiting).toBe(
      'Waiting for HR (Hanna Weber or Jo Meyer), overdue since Tue 3 Nov, 09:00',
    )
  })

  it('says so in a list too', () => {
    const steps = [decided(aStep()), anHrStep({ overdueAt: minutesAfter(NOW, 24 * 60) })]
    expect(tripLine(aBooking({ status: 'pending_hr', steps }), BERLIN, NOW)).toBe(
      '#12: Thu 5 Nov, 09:00 – 17:30, Škoda Octavia (B-MP 102), Dresden. Waiting for HR, overdue since Tue 3 Nov, 09:00',
    )
  })
})
