import type { Deciders } from '../../src/core/approval/approvers.ts'
import type { Step } from '../../src/core/approval/step.ts'
import type { Booking, BookingEvent } from '../../src/core/booking/booking.ts'
import type { BookingAction, BookingStatus } from '../../src/core/booking/status.ts'
import type { Vehicle } from '../../src/core/fleet/vehicle.ts'
import type { Absence } from '../../src/core/people/absence.ts'
import type { Person, Site } from '../../src/core/people/person.ts'

/** The clock of these tests: Monday 2 November 2026, 09:00 in Berlin. */
export const NOW = new Date('2026-11-02T09:00:00+01:00')
export const BERLIN = 'Europe/Berlin'

export const STATUSES = Object.keys({
  draft: true,
  pending_manager: true,
  pending_hr: true,
  changes_requested: true,
  approved: true,
  in_use: true,
  completed: true,
  rejected: true,
  cancelled: true,
  expired: true,
  no_show: true,
} satisfies Record<BookingStatus, true>) as BookingStatus[]

export const ACTIONS = Object.keys({
  submit: true,
  approve: true,
  skip: true,
  escalate: true,
  reject: true,
  ask_for_change: true,
  change: true,
  cancel: true,
  expire: true,
  resubmit: true,
  resubmit_to_hr: true,
  check_out: true,
  complete: true,
  miss: true,
  return: true,
} satisfies Record<BookingAction, true>) as BookingAction[]

export function minutesAfter(from: Date, minutes: number): Date {
  return new Date(+from + minutes * 60_000)
}

export function aSite(changes: Partial<Site> = {}): Site {
  return { id: 'berlin', name: 'Berlin', timeZone: BERLIN, workingDays: null, workingHours: null, ...changes }
}

/** Somebody in Berlin who was never seen in a chat; the id and address come from the first name. */
export function aPerson(changes: Partial<Person> = {}): Person {
  const name = changes.name ?? 'Ben Koch'
  const id = name.split(' ')[0]?.toLowerCase() ?? name
  return {
    id,
    email: `${id}@example.com`,
    name,
    role: 'employee',
    department: 'Sales',
    managerId: null,
    site: aSite(),
    lastSeen: null,
    timeZone: null,
    active: true,
    awayVersion: 0,
    ...changes,
  }
}

export const ANNA = aPerson({ name: 'Anna Schmidt', managerId: 'mara' })
export const BEN = aPerson({ name: 'Ben Koch' })
export const MARA = aPerson({ name: 'Mara Lindt', role: 'manager' })
export const HANNA = aPerson({ name: 'Hanna Weber', role: 'hr', department: 'HR' })
export const JO = aPerson({ name: 'Jo Meyer', role: 'hr', department: 'HR' })
export const AYDIN = aPerson({ name: 'Aydin Kaya', role: 'admin', department: 'IT' })

/** Who decides about Anna's requests, with everybody present: Mara, with nobody above her; Hanna and Jo; Aydin. */
export function theDeciders(changes: Partial<Deciders> = {}): Deciders {
  return { manager: MARA, above: null, hr: [HANNA, JO], admins: [AYDIN], absences: [], ...changes }
}

/** Somebody is away from the day before until a week after {@link NOW}. */
export function anAbsence(person: Person, standIn: Person, changes: Partial<Absence> = {}): Absence {
  const startsAt = minutesAfter(NOW, -24 * 60)
  const endsAt = minutesAfter(NOW, 7 * 24 * 60)
  return { personId: person.id, startsAt, endsAt, standIn, ...changes }
}

export function aVehicle(changes: Partial<Vehicle> = {}): Vehicle {
  return {
    id: 'octavia',
    name: 'Škoda Octavia',
    type: 'estate',
    seats: 5,
    licensePlate: 'B-MP 102',
    site: aSite(),
    turnaroundMinutes: 0,
    ...changes,
  }
}

/** Mara's step, open since the request; due the next morning. */
export function aStep(changes: Partial<Step> = {}): Step {
  return {
    id: 'manager-step',
    round: 1,
    kind: 'manager',
    status: 'open',
    askedAt: NOW,
    dueAt: minutesAfter(NOW, 24 * 60),
    remindAt: minutesAfter(NOW, 5 * 60),
    escalatedAt: null,
    overdueAt: null,
    closedAt: null,
    decidedBy: null,
    comment: null,
    skipReason: null,
    asks: [{ person: MARA, onBehalfOf: null }],
    passedOn: [],
    ...changes,
  }
}

/** The step of Hanna and Jo. */
export function anHrStep(changes: Partial<Step> = {}): Step {
  const asks = [HANNA, JO].map((person) => ({ person, onBehalfOf: null }))
  return aStep({ id: 'hr-step', kind: 'hr', asks, ...changes })
}

/** Closed by Mara or Hanna, an hour after the request. */
export function decided(step: Step, changes: Partial<Step> = {}): Step {
  const decidedBy = step.asks[0]?.person ?? MARA
  return { ...step, status: 'approved', closedAt: minutesAfter(NOW, 60), decidedBy, ...changes }
}

/** Anna's trip to Dresden with Ben on Thursday 5 November, 09:00 to 17:30; steps and events are as the status says. */
export function aBooking(changes: Partial<Booking> = {}): Booking {
  const status = changes.status ?? 'pending_manager'
  return {
    id: 'booking',
    number: 12,
    requestKey: 'key',
    requester: ANNA,
    vehicle: aVehicle(),
    status,
    version: 1,
    round: 1,
    change: null,
    window: { startsAt: new Date('2026-11-05T09:00:00+01:00'), endsAt: new Date('2026-11-05T17:30:00+01:00') },
    turnaroundMinutes: changes.vehicle?.turnaroundMinutes ?? 0,
    passengers: 2,
    destination: 'Dresden',
    type: 'business_trip',
    reason: 'client_meeting',
    details: '',
    travellers: [
      { kind: 'driver', person: ANNA, name: ANNA.name },
      { kind: 'companion', person: BEN, name: BEN.name },
    ],
    steps: stepsOf(status),
    events: eventsOf(status),
    createdAt: NOW,
    ...changes,
  }
}

function stepsOf(status: BookingStatus): Step[] {
  switch (status) {
    case 'draft':
      return []
    case 'pending_manager':
      return [aStep()]
    case 'pending_hr':
      return [decided(aStep()), anHrStep()]
    case 'approved':
    case 'in_use':
    case 'completed':
    case 'no_show':
      return [decided(aStep()), decided(anHrStep())]
    case 'rejected':
      return [decided(aStep()), decided(anHrStep(), { status: 'rejected', comment: 'The train is faster.' })]
    case 'changes_requested':
    case 'cancelled':
    case 'expired':
      return [aStep({ status: 'superseded', closedAt: minutesAfter(NOW, 60) })]
  }
}

function eventsOf(status: BookingStatus): BookingEvent[] {
  if (status === 'draft') return []
  const requested = anEvent({ type: 'booking.requested', actor: ANNA, at: NOW })
  switch (status) {
    case 'pending_hr':
      return [requested, anEvent({ type: 'step.approved', actor: MARA })]
    case 'approved':
      return [requested, anEvent({ type: 'step.approved', actor: MARA }), anEvent({ type: 'booking.approved' })]
    case 'rejected':
      return [requested, anEvent({ type: 'step.approved', actor: MARA }), anEvent({ type: 'booking.rejected' })]
    case 'cancelled':
      return [requested, anEvent({ type: 'booking.cancelled', actor: ANNA })]
    case 'expired':
      return [requested, anEvent({ type: 'booking.expired', actor: null })]
    default:
      return [requested]
  }
}

/** Something Hanna did an hour after the request. */
export function anEvent(changes: Partial<BookingEvent> = {}): BookingEvent {
  return { id: 'event', type: 'booking.approved', actor: HANNA, at: minutesAfter(NOW, 60), ...changes }
}
