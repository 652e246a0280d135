import type { BookingEvent, NewBooking } from '../booking/booking.ts'
import { nextStatus } from '../booking/status.ts'
import { BookingError } from '../booking-error.ts'
import type { Person } from '../people/person.ts'
import { type Deciders, hrApprovers, managerStep } from './approvers.ts'
import { dueTime } from './due-time.ts'
import type { SkipReason, Step, StepKind } from './step.ts'

/**
 * Opens the approval of a booking that has just been submitted: the manager's step, or, where there is no manager who can
 * answer, that step skipped with its reason and HR's at once.
 * @throws BookingError `no_approver` when nobody could take the last decision: better now than after the manager's
 */
export function openApproval(
  booking: NewBooking,
  deciders: Deciders,
  now: Date,
): { booking: NewBooking; events: BookingEvent[] } {
  const first = managerStep(deciders)
  if ('skip' in first) {
    const skipped = skippedStep(booking, first.skip, now)
    const after = openHrStep(advance(booking, 'skip', [skipped]), deciders, now)
    return { booking: after, events: [{ id: crypto.randomUUID(), type: 'step.skipped', actor: null, at: now }] }
  }
  if (hrApprovers(deciders, booking.requester.id, [first.ask.id]).length === 0)
    throw new BookingError('no_approver', {})
  return {
    booking: { ...booking, steps: [...booking.steps, openStep(booking, 'manager', [first.ask], now)] },
    events: [],
  }
}

/**
 * Asks HR (or, without a usable HR person, the admins) about a booking that is now theirs to decide.
 * @throws BookingError `no_approver`
 */
export function openHrStep(booking: NewBooking, deciders: Deciders, now: Date): NewBooking {
  const approvers = hrApprovers(deciders, booking.requester.id, decidedInRound(booking))
  if (approvers.length === 0) throw new BookingError('no_approver', {})
  return { ...booking, steps: [...booking.steps, openStep(booking, 'hr', approvers, now)] }
}

/** The people who have decided a step of the booking's present round. */
export function decidedInRound(booking: NewBooking): string[] {
  return booking.steps
    .filter((step) => step.round === booking.round)
    .flatMap((step) => (step.decidedBy ? [step.decidedBy.id] : []))
}

function openStep(booking: NewBooking, kind: StepKind, people: Person[], now: Date): Step {
  return {
    ...blankStep(booking, kind, now),
    status: 'open',
    dueAt: dueTime(now, booking.window.startsAt, booking.requester.site.timeZone),
    asks: people.map((person) => ({ person, onBehalfOf: null })),
  }
}

function skippedStep(booking: NewBooking, skipReason: SkipReason, now: Date): Step {
  return { ...blankStep(booking, 'manager', now), status: 'skipped', closedAt: now, skipReason }
}

function blankStep(booking: NewBooking, kind: StepKind, now: Date): Omit<Step, 'status'> {
  return {
    id: crypto.randomUUID(),
    round: booking.round,
    kind,
    askedAt: now,
    dueAt: null,
    closedAt: null,
    decidedBy: null,
    comment: null,
    skipReason: null,
    asks: [],
  }
}

function advance(booking: NewBooking, action: 'skip', steps: Step[]): NewBooking {
  const status = nextStatus(booking.status, action)
  if (!status) throw new BookingError('not_possible_now', { bookingStatus: booking.status, by: null, at: null })
  return { ...booking, status, steps: [...booking.steps, ...steps] }
}
