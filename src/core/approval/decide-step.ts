import type { Booking } from '../booking/booking.ts'
import { changeJudgedBy, changeTo } from '../booking/change-booking.ts'
import { checkText } from '../booking/check-request.ts'
import { checkSeats } from '../booking/check-trip.ts'
import { advance, departureOf, openChange, openMatter } from '../booking/trip-change.ts'
import { BookingError } from '../booking-error.ts'
import { approvedNotices, managerApprovedNotices, rejectedNotices } from '../notification/notices-for.ts'
import { changedTripNotices, changesRequestedNotices } from '../notification/notices-of-change.ts'
import type { Person } from '../people/person.ts'
import { activePerson } from '../people/require-active-person.ts'
import type { Change, DecisionSituation, Deps } from '../ports.ts'
import type { Deciders } from './approvers.ts'
import { closeOpenStep, type StepClosing } from './close-step.ts'
import type { Timing } from './deadlines.ts'
import { dueTime, reminderTime } from './due-time.ts'
import { followDirectory } from './follow-directory.ts'
import { checkMayDecide, judgedBy } from './may-decide.ts'
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
 * @throws BookingError `not_asked`, `passed_on`, `own_request`, `decided_already`, `step_closed` (with who was first), `departed`,
 * `vehicle_too_small`, `requester_left`, `text_missing`, `text_too_long`, `no_approver`, `booking_not_found`, `person_not_found`, `person_inactive`
 */
export function decideStep(deps: Deps, { stepId, actorId, decision }: DecideStep): Promise<Booking> {
  const load = () => deps.store.decisionSituation({ stepId, actorId })
  return catchingUp(deps, stepId, () =>
    changeJudgedBy(deps, load, (situation) => {
      const { booking: before, deciders } = situation
      const { step, actor, now } = judge(deps, situation, stepId)
      const timing = { now, deadlines: deps.deadlines }
      const change = changeBy(deps, { before, step, actor, deciders, timing }, decision)
      return { ...change, judgedBy: judgedBy(before, step, actor, { deciders, now }) }
    }),
  )
}

/**
 * Returns the booking of a step that this person may decide now.
 * @throws BookingError as {@link decideStep} does for who may
 */
export function requireMayDecide(deps: Deps, about: Pick<DecideStep, 'stepId' | 'actorId'>): Promise<Booking> {
  return catchingUp(deps, about.stepId, async () => {
    const situation = await deps.store.decisionSituation(about)
    if (!situation) throw new BookingError('booking_not_found', {})
    judge(deps, situation, about.stepId)
    return situation.booking
  })
}

function judge(deps: Deps, { booking, actor: found, deciders }: DecisionSituation, stepId: string) {
  const actor = activePerson(found)
  const now = deps.now()
  return { actor, now, step: checkMayDecide(booking, stepId, actor, { deciders, now }) }
}

/**
 * A press by somebody who is no longer the right one shows that the booking is behind the directory: an import may have been
 * killed before it came to it. It catches up then; what was refused stays so, whatever becomes of that.
 */
async function catchingUp<T>(deps: Deps, stepId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isBehind = error instanceof BookingError && (error.code === 'passed_on' || error.code === 'requester_left')
    const booking = isBehind ? await deps.store.findBookingByStep(stepId) : null
    if (booking) await followDirectory(deps, { bookingId: booking.id }).catch(() => null)
    throw error
  }
}

function changeBy(deps: Deps, decided: Decided, decision: Decision): Change {
  switch (decision.kind) {
    case 'approve':
      return approve(deps, decided, decision.comment)
    case 'reject':
      return reject(deps, decided, decision.reason)
    case 'ask_for_change':
      return askForChange(deps, decided, decision.note)
  }
}

interface Decided {
  before: Booking
  step: Step
  actor: Person
  deciders: Deciders
  timing: Timing
}

function approve(deps: Deps, { before, step, actor, deciders, timing }: Decided, typed: string): Change {
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
  const after = openHrStep(decided, deciders, timing)
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
