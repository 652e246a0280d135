import type { Booking } from '../booking/booking.ts'
import { changeTo } from '../booking/change-booking.ts'
import { waitingStep } from '../booking/next-due.ts'
import { approvalReminders, changeReminders } from '../notification/notices-of-time.ts'
import type { Change, Deps } from '../ports.ts'
import type { Deciders } from './approvers.ts'
import { reminderTime } from './due-time.ts'
import { askedNext } from './escalate.ts'

/** Reminds the people who have to answer: once, however many reminders were missed. The last one says what happens next. */
export function remind(deps: Deps, before: Booking, deciders: Deciders, at: Date): Change | null {
  const step = waitingStep(before)
  if (!step?.dueAt) return null
  // The requester has had to answer since the step was closed.
  const since = step.closedAt ?? step.askedAt
  const remindAt = reminderTime(since, step.dueAt, at, before.requester.site, deps.deadlines)
  const steps = before.steps.map((one) => (one === step ? { ...step, remindAt } : one))
  const change = { before, after: { ...before, steps }, type: 'step.reminded', actor: null, at } as const
  const last = remindAt ? {} : { isLastReminder: true as const }
  if (step.status === 'open') {
    const next = remindAt
      ? {}
      : { askedNext: askedNext(before, step, deciders, { now: at, deadlines: deps.deadlines }) }
    return changeTo(deps, change, approvalReminders(step), null, { ...last, ...next })
  }
  // What they were asked to change, in the words of who asked for it.
  const { id: actorId = null, name: actorName = null } = step.decidedBy ?? {}
  return changeTo(deps, change, changeReminders(step), step.comment, { ...last, actorId, actorName })
}
