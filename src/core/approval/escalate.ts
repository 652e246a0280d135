import type { Booking } from '../booking/booking.ts'
import { changeTo } from '../booking/change-booking.ts'
import { waitingStep } from '../booking/next-due.ts'
import { BookingError } from '../booking-error.ts'
import type { AskedNext } from '../notification/notice.ts'
import { passedOnNotices } from '../notification/notices-of-time.ts'
import type { Change, Deps } from '../ports.ts'
import { asksFor, type Deciders, leavesNobody } from './approvers.ts'
import { askAnew } from './ask-anew.ts'
import type { Timing } from './deadlines.ts'
import { closeUnanswered } from './open-steps.ts'
import { stayOverdue } from './overdue.ts'
import type { Ask, Step } from './step.ts'

/**
 * Passes an overdue step on: the manager's to the manager's manager and then to HR, HR's to the admins as well. Where nobody
 * else is left to ask, it stays with those who are asked, until the departure: see {@link stayOverdue}.
 */
export function escalate(deps: Deps, before: Booking, deciders: Deciders, now: Date): Change | null {
  const step = waitingStep(before)
  if (!step) return null
  const timing = { now, deadlines: deps.deadlines }
  const others = othersToAsk(before, step, deciders, now)
  const after = others
    ? askAnew(before, { ...step, escalatedAt: now }, others, timing)
    : step.kind === 'manager' && unanswered(before, deciders, timing)
  if (!after) return stayOverdue(deps, before, step, now)
  const type = others ? 'step.escalated' : 'step.unanswered'
  const passedOnFrom = step.asks.map((ask) => ask.person.name)
  const newlyAsked = newlyIn(others ?? [], step).map((ask) => ask.person.name)
  const said = others ? { passedOnFrom, newlyAsked } : { passedOnFrom }
  return changeTo(deps, { before, after, type, actor: null, at: now }, passedOnNotices(step), null, said)
}

/** Returns who would be asked if this step were overdue now. */
export function askedNext(booking: Booking, step: Step, deciders: Deciders, timing: Timing): AskedNext {
  const others = othersToAsk(booking, step, deciders, timing.now) ?? []
  if (others.length === 0 && step.kind === 'manager' && unanswered(booking, deciders, timing)) return 'hr'
  const asked = new Set(step.asks.map((ask) => ask.person.id))
  const names = others.flatMap(({ person }) => (asked.has(person.id) ? [] : [person.name]))
  return { names, asWell: step.kind === 'hr' }
}

/** Returns the people to ask next, or null if that adds nobody new or would leave nobody for HR's step. */
function othersToAsk(booking: Booking, step: Step, deciders: Deciders, now: Date): Ask[] | null {
  if (step.escalatedAt) return null
  const asking = asksFor(booking, step.kind, true, deciders, now)
  if ('skip' in asking) return null
  if (step.kind === 'manager' && leavesNobody(booking, asking.asks, deciders, now)) return null
  return newlyIn(asking.asks, step).length > 0 ? asking.asks : null
}

function newlyIn(asks: Ask[], before: Step): Ask[] {
  const asked = new Set(before.asks.map((ask) => ask.person.id))
  return asks.filter((ask) => !asked.has(ask.person.id))
}

function unanswered(booking: Booking, deciders: Deciders, timing: Timing): Booking | null {
  try {
    return closeUnanswered(booking, deciders, timing)
  } catch (error) {
    if (error instanceof BookingError && error.code === 'no_approver') return null
    throw error
  }
}
