import type { Booking } from '../booking/booking.ts'
import { changeBooking, changeTo } from '../booking/change-booking.ts'
import { checkText } from '../booking/check-request.ts'
import { checkSeats } from '../booking/check-trip.ts'
import { lastChange } from '../booking/last-change.ts'
import { advance, departureOf, openChange, openMatter } from '../booking/trip-change.ts'
import { BookingError } from '../booking-error.ts'
import { approvedNotices, managerApprovedNotices, rejectedNotices } from '../notification/notices-for.ts'
import { changedTripNotices, changesRequestedNotices } from '../notification/notices-of-change.ts'
import type { Person } from '../people/person.ts'
import { requireActivePerson } from '../people/require-active-person.ts'
import type { Change, Deps } from '../ports.ts'
import { decidedInRound } from './approvers.ts'
import { closeOpenStep, type StepClosing } from './close-step.ts'
import type { Timing } from './deadlines.ts'
import { dueTime, reminderTime } from './due-time.ts'
import { openHrStep } from './open-steps.ts'
import type { Step } from './step.ts'

export type Decision =
  | { kind: 'approve'; comment: string }
  | { kind: 'reject'; reason: string }
  | { kind: 'ask_for_change'; note: string }

export interface DecideStep {
  /** The step that the press was about: a later one is never decided by an old button. */
  stepId: string
  actorId: string
  decision: Decision
}

/**
 * Approves (with an optional comment) or rejects (with a reason) one step of a booking, or asks its owner for a change (with a
 * note).
 * @throws BookingError `not_asked`, `passed_on`, `own_request`, `decided_already`, `step_closed` (with who was first), `departed`, `vehicle_too_small`,
 * `text_missing`, `text_too_long`, `no_approver`, `booking_not_found`, `person_not_found`, `person_inactive`
 */
export async function decideStep(deps: Deps, { stepId, actorId, decision }: DecideStep): Promise<Booking> {
  const actor = await requireActivePerson(deps.store, actorId)
  return changeBooking(
    deps,
    () => deps.store.findBookingByStep(stepId),
    (booking) => {
      const step = checkMayDecide(booking, stepId, actor)
      const decided = { before: booking, step, actor, timing: { now: deps.now(), deadlines: deps.deadlines } }
      switch (decision.kind) {
        case 'approve':
          return approve(deps, decided, decision.comment)
        case 'reject':
          return reject(deps, decided, decision.reason)
        case 'ask_for_change':
          return askForChange(deps, decided, decision.note)
      }
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
  const isAsked = step.asks.some((ask) => ask.person.id === actor.id)
  if (!isAsked && !step.passedOn.some((ask) => ask.person.id === actor.id)) return new BookingError('not_asked', {})
  if (step.status !== 'open') return stepClosed(booking, step)
  if (!isAsked) return new BookingError('passed_on', { to: step.asks.map((ask) => ask.person.name) })
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

interface Decided {
  before: Booking
  step: Step
  actor: Person
  timing: Timing
}

async function approve(deps: Deps, { before, step, actor, timing }: Decided, typed: string): Promise<Change> {
  const departure = departureOf(before)
  if (timing.now >= departure) throw new BookingError('departed', { startsAt: departure })
  // The car may have shrunk since it was asked for.
  const { trip } = openMatter(before)
  checkSeats(trip.vehicle, trip.passengers)
  const comment = checkText('comment', typed, { required: false }) || null
  const decided = advance(closedBy(before, actor, { status: 'approved', closedAt: timing.now, comment }), 'approve')
  const move = { before, actor, at: timing.now }
  const said = onBehalf(step, actor)
  if (step.kind === 'hr') {
    return openChange(before)
      ? changeTo(deps, { ...move, after: decided, type: 'change.approved' }, changedTripNotices, comment, said)
      : changeTo(deps, { ...move, after: decided, type: 'booking.approved' }, approvedNotices, comment, said)
  }
  const after = openHrStep(decided, await deps.store.deciders(before.requester.id), timing)
  return changeTo(deps, { ...move, after, type: 'step.approved' }, managerApprovedNotices, comment, said)
}

function reject(deps: Deps, { before, step, actor, timing }: Decided, typed: string): Change {
  const comment = checkText('rejection_reason', typed, { required: true })
  const closed = closedBy(before, actor, { status: 'rejected', closedAt: timing.now, comment })
  const type = openChange(before) ? 'change.rejected' : 'booking.rejected'
  const move = { before, after: advance(closed, 'reject'), type, actor, at: timing.now } as const
  return changeTo(deps, move, rejectedNotices, comment, onBehalf(step, actor))
}

/** The request goes back to its owner, who has as long to answer as an approver would have. */
function askForChange(deps: Deps, { before, step, actor, timing }: Decided, typed: string): Change {
  const { now, deadlines } = timing
  const comment = checkText('change_note', typed, { required: true })
  const departure = departureOf(before)
  if (now >= departure) throw new BookingError('departed', { startsAt: departure })
  const { site } = before.requester
  const dueAt = dueTime(now, departure, site, deadlines)
  const remindAt = reminderTime(now, dueAt, now, site, deadlines)
  const closed = closedBy(before, actor, { status: 'changes_requested', closedAt: now, comment, dueAt, remindAt })
  const after = advance(closed, 'ask_for_change')
  const move = { before, after, type: 'step.changes_requested', actor, at: now } as const
  return changeTo(deps, move, changesRequestedNotices, comment, onBehalf(step, actor))
}

function closedBy(booking: Booking, decidedBy: Person, closing: Omit<StepClosing, 'decidedBy'>): Booking {
  return { ...booking, steps: closeOpenStep(booking.steps, { ...closing, decidedBy }) }
}

function onBehalf(step: Step, actor: Person) {
  const principal = step.asks.find((ask) => ask.person.id === actor.id)?.onBehalfOf
  return principal ? { onBehalfOf: principal.name } : {}
}
