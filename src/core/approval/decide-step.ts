import type { Booking } from '../booking/booking.ts'
import { changeBooking, changeTo, lastChange } from '../booking/change-booking.ts'
import { checkText } from '../booking/check-request.ts'
import { nextStatus } from '../booking/status.ts'
import { BookingError } from '../booking-error.ts'
import { approvedNotices, managerApprovedNotices, rejectedNotices } from '../notification/notices-for.ts'
import type { Person } from '../people/person.ts'
import { requireActivePerson } from '../people/require-active-person.ts'
import type { Change, Deps } from '../ports.ts'
import { closeOpenStep } from './close-step.ts'
import { decidedInRound, openHrStep } from './open-steps.ts'
import type { Step } from './step.ts'

export type Decision = { kind: 'approve'; comment: string } | { kind: 'reject'; reason: string }

export interface DecideStep {
  /** The step that the press was about: a later one is never decided by an old button. */
  stepId: string
  actorId: string
  decision: Decision
}

/**
 * Approves (with an optional comment) or rejects (with a reason) one step of a booking.
 * @throws BookingError `not_asked`, `own_request`, `decided_already`, `step_closed` (with who was first), `departed`,
 * `text_missing`, `text_too_long`, `no_approver`, `booking_not_found`, `person_not_found`, `person_inactive`
 */
export async function decideStep(deps: Deps, { stepId, actorId, decision }: DecideStep): Promise<Booking> {
  const actor = await requireActivePerson(deps.store, actorId)
  return changeBooking(
    deps,
    () => deps.store.findBookingByStep(stepId),
    (booking) => {
      const now = deps.now()
      const step = checkMayDecide(booking, stepId, actor)
      return decision.kind === 'approve'
        ? approve(deps, booking, step, actor, decision.comment, now)
        : reject(deps, booking, actor, decision.reason, now)
    },
  )
}

/**
 * Who may answer: somebody who was asked, is still active, is not the requester, and has not decided another step of this
 * round; and only while the step is open. Gives the refusal, or null where they may.
 */
export function refusalToDecide(booking: Booking, step: Step, actor: Person): BookingError | null {
  if (!actor.active) return new BookingError('person_inactive', {})
  if (booking.requester.id === actor.id) return new BookingError('own_request', {})
  if (!step.asks.some((ask) => ask.person.id === actor.id)) return new BookingError('not_asked', {})
  if (step.status !== 'open') return stepClosed(booking, step)
  return decidedInRound(booking).includes(actor.id) ? new BookingError('decided_already', {}) : null
}

/** The step, where this person may decide it. @throws BookingError as {@link refusalToDecide} says */
export function checkMayDecide(booking: Booking, stepId: string, actor: Person): Step {
  const step = booking.steps.find((candidate) => candidate.id === stepId)
  const refusal = step ? refusalToDecide(booking, step, actor) : new BookingError('booking_not_found', {})
  if (!step || refusal) throw refusal
  return step
}

function stepClosed(booking: Booking, step: Step): BookingError {
  const { by, at } = step.decidedBy ? { by: step.decidedBy.name, at: step.closedAt } : lastChange(booking)
  return new BookingError('step_closed', { status: step.status, bookingStatus: booking.status, by, at })
}

async function approve(
  deps: Deps,
  before: Booking,
  step: Step,
  actor: Person,
  typed: string,
  now: Date,
): Promise<Change> {
  if (now >= before.window.startsAt) throw new BookingError('departed', { startsAt: before.window.startsAt })
  const comment = checkText('comment', typed, { required: false }) || null
  const decided: Booking = {
    ...before,
    status: advance(before, 'approve'),
    steps: closeOpenStep(before.steps, { status: 'approved', closedAt: now, decidedBy: actor, comment }),
  }
  if (step.kind === 'hr') {
    const change = { before, after: decided, type: 'booking.approved', actor, at: now } as const
    return changeTo(deps, change, approvedNotices, comment)
  }
  const after = openHrStep(decided, await deps.store.deciders(before.requester.id), now)
  return changeTo(deps, { before, after, type: 'step.approved', actor, at: now }, managerApprovedNotices, comment)
}

function reject(deps: Deps, before: Booking, actor: Person, typed: string, now: Date): Change {
  const comment = checkText('rejection_reason', typed, { required: true })
  const after: Booking = {
    ...before,
    status: advance(before, 'reject'),
    steps: closeOpenStep(before.steps, { status: 'rejected', closedAt: now, decidedBy: actor, comment }),
  }
  return changeTo(deps, { before, after, type: 'booking.rejected', actor, at: now }, rejectedNotices, comment)
}

function advance(booking: Booking, action: 'approve' | 'reject') {
  const status = nextStatus(booking.status, action)
  if (!status) throw new BookingError('not_possible_now', { bookingStatus: booking.status, ...lastChange(booking) })
  return status
}
