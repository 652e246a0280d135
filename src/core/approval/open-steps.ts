import type { BookingEvent, NewBooking } from '../booking/booking.ts'
import { advance } from '../booking/trip-change.ts'
import { BookingError } from '../booking-error.ts'
import { asksFor, type Deciders, leavesNobody } from './approvers.ts'
import { timesOfAsking } from './ask-anew.ts'
import { closeOpenStep } from './close-step.ts'
import type { Timing } from './deadlines.ts'
import type { Ask, SkipReason, Step, StepKind } from './step.ts'

/**
 * Opens the approval of a booking (or of the change of one) that has just been submitted: the manager's step, or, where there
 * is nobody who can answer it, that step skipped with its reason and HR's at once.
 * @throws BookingError `no_approver` when nobody could take the last decision: better now than after the manager's
 */
export function openApproval<B extends NewBooking>(
  booking: B,
  deciders: Deciders,
  timing: Timing,
): { booking: B; events: BookingEvent[] } {
  const first = asksFor(booking, 'manager', false, deciders, timing.now)
  if ('skip' in first) {
    const skipped = withStep(booking, skippedStep(booking, first.skip, timing.now))
    const after = openHrStep(advance(skipped, 'skip'), deciders, timing)
    return { booking: after, events: [{ id: crypto.randomUUID(), type: 'step.skipped', actor: null, at: timing.now }] }
  }
  if (leavesNobody(booking, first.asks, deciders, timing.now)) throw new BookingError('no_approver', {})
  return { booking: withStep(booking, openStep(booking, 'manager', first.asks, timing)), events: [] }
}

/**
 * Asks HR (or, without a usable HR person, the admins) about a booking that is now theirs to decide.
 * @throws BookingError `no_approver`
 */
export function openHrStep<B extends NewBooking>(booking: B, deciders: Deciders, timing: Timing): B {
  const { asks } = asksFor(booking, 'hr', false, deciders, timing.now)
  if (asks.length === 0) throw new BookingError('no_approver', {})
  return withStep(booking, openStep(booking, 'hr', asks, timing))
}

/**
 * Closes the manager's step, which nobody answered and nobody will, and asks HR.
 * @throws BookingError `no_approver`
 */
export function closeUnanswered<B extends NewBooking>(booking: B, deciders: Deciders, timing: Timing): B {
  const steps = closeOpenStep(booking.steps, { status: 'unanswered', closedAt: timing.now })
  return openHrStep(advance({ ...booking, steps }, 'escalate'), deciders, timing)
}

function openStep(booking: NewBooking, kind: StepKind, asks: Ask[], timing: Timing): Step {
  return { ...blankStep(booking, kind, timing.now), status: 'open', ...timesOfAsking(booking, timing), asks }
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
    remindAt: null,
    escalatedAt: null,
    overdueAt: null,
    closedAt: null,
    decidedBy: null,
    comment: null,
    skipReason: null,
    asks: [],
    passedOn: [],
  }
}

function withStep<B extends NewBooking>(booking: B, step: Step): B {
  return { ...booking, steps: [...booking.steps, step] }
}
