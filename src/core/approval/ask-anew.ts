import { addMinutes } from 'date-fns/addMinutes'
import { min } from 'date-fns/min'
import type { NewBooking } from '../booking/booking.ts'
import { departureOf } from '../booking/trip-change.ts'
import type { Timing } from './deadlines.ts'
import { dueTime, reminderTime } from './due-time.ts'
import type { Ask, Step } from './step.ts'

/** When those who are asked now are asked, have to answer, and are reminded. */
export function timesOfAsking(
  booking: NewBooking,
  { now, deadlines }: Timing,
): Pick<Step, 'askedAt' | 'dueAt' | 'remindAt' | 'overdueAt'> {
  const { site } = booking.requester
  const dueAt = dueTime(now, departureOf(booking), site, deadlines)
  return { askedAt: now, dueAt, remindAt: reminderTime(now, dueAt, now, site, deadlines), overdueAt: null }
}

/** The booking with this step of it asked of these people from now on, with all the time to answer. */
export function askAnew<B extends NewBooking>(booking: B, step: Step, asks: Ask[], timing: Timing): B {
  return withStep(booking, { ...asked(step, asks, timing.now), ...timesOfAsking(booking, timing) })
}

/**
 * The booking with this step of it asked of these people, in the time that was given before; but nobody who is asked for the
 * first time has less than `deadlines.atLeast`, short of the departure. What is overdue stays so: they have until the departure.
 */
export function askInstead<B extends NewBooking>(booking: B, step: Step, asks: Ask[], timing: Timing): B {
  const { now, deadlines } = timing
  const after = asked(step, asks, now)
  const known = new Set(step.asks.map((ask) => ask.person.id))
  const isNew = asks.some((ask) => !known.has(ask.person.id))
  const enough = min([departureOf(booking), addMinutes(now, deadlines.atLeast)])
  if (!isNew || !step.dueAt || step.overdueAt) return withStep(booking, after)
  const { site } = booking.requester
  if (step.dueAt >= enough) {
    // A reminder that is due already is none for somebody who hears of it only now.
    const isDue = step.remindAt !== null && step.remindAt <= now
    const remindAt = isDue ? reminderTime(step.askedAt, step.dueAt, now, site, deadlines) : step.remindAt
    return withStep(booking, { ...after, remindAt })
  }
  return withStep(booking, { ...after, dueAt: enough, remindAt: reminderTime(now, enough, now, site, deadlines) })
}

/** Whether two are the same ask. */
export function isSameAsk(a: Ask, b: Ask): boolean {
  return a.person.id === b.person.id && a.onBehalfOf?.id === b.onBehalfOf?.id
}

/** Whoever is asked no longer has it passed on; whoever is asked again has not. */
function asked(step: Step, asks: Ask[], at: Date): Step {
  const isAsked = (ask: Ask) => asks.some((one) => isSameAsk(one, ask))
  const ended = step.asks.filter((ask) => !isAsked(ask)).map((ask) => ({ ...ask, at }))
  return { ...step, asks, passedOn: [...step.passedOn.filter((ask) => !isAsked(ask)), ...ended] }
}

function withStep<B extends NewBooking>(booking: B, step: Step): B {
  return { ...booking, steps: booking.steps.map((one) => (one.id === step.id ? step : one)) }
}
