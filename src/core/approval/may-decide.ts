import type { Booking } from '../booking/booking.ts'
import { lastChange } from '../booking/last-change.ts'
import { BookingError } from '../booking-error.ts'
import type { Person } from '../people/person.ts'
import { asksFor, type Deciders, decidedInRound, principalOf } from './approvers.ts'
import { askingNow } from './asking-now.ts'
import type { Ask, Step } from './step.ts'

/** The directory at the moment of a press. */
interface AsOfNow {
  deciders: Deciders
  now: Date
}

/**
 * Returns why this person may not answer the step, or null if they may. Somebody may answer if they were asked and would
 * still be asked, are active, are not the requester, and have not decided another step of this round; and only while the step
 * is open and the requester is still there. Without `asOfNow` it is judged as far as the booking says: enough for a card,
 * not for a press.
 */
export function refusalToDecide(booking: Booking, step: Step, actor: Person, asOfNow?: AsOfNow): BookingError | null {
  if (!actor.active) return new BookingError('person_inactive', {})
  if (booking.requester.id === actor.id) return new BookingError('own_request', {})
  const isAsked = includes(step.asks, actor)
  if (!isAsked && !includes(step.passedOn, actor)) return new BookingError('not_asked', {})
  if (step.status !== 'open') return stepClosed(booking, step)
  if (!booking.requester.active) return new BookingError('requester_left', { name: booking.requester.name })
  if (isAsked && decidedInRound(booking).includes(actor.id)) return new BookingError('decided_already', {})
  const right = asOfNow
    ? asksNow(booking, step, asOfNow)
    : step.asks.filter((ask) => mayStillBeAsked(booking, step, ask))
  if (isAsked && includes(right, actor)) return null
  const others = right.filter(({ person }) => person.id !== actor.id)
  return new BookingError('passed_on', { to: others.map(({ person }) => person.name) })
}

/** Returns the step if this person may decide it now. @throws BookingError as {@link refusalToDecide} says */
export function checkMayDecide(booking: Booking, stepId: string, actor: Person, asOfNow: AsOfNow): Step {
  const step = booking.steps.find((candidate) => candidate.id === stepId)
  const refusal = step ? refusalToDecide(booking, step, actor, asOfNow) : new BookingError('booking_not_found', {})
  if (!step || refusal) throw refusal
  return step
}

/** Returns the people by whose entries in the directory it was judged that this person may decide the step. */
export function judgedBy(booking: Booking, step: Step, actor: Person, asOfNow: AsOfNow): Person[] {
  const { manager, above } = asOfNow.deciders
  const ask = asksNow(booking, step, asOfNow).find(({ person }) => person.id === actor.id)
  return [booking.requester, manager, above, ask?.onBehalfOf, ask?.person].flatMap((person) => person ?? [])
}

/** Returns the people who are asked if the step is brought to the right ones; HR where nobody can answer for the manager. */
function asksNow(booking: Booking, step: Step, { deciders, now }: AsOfNow): Ask[] {
  const { asking } = askingNow(booking, step, deciders, now)
  return 'skip' in asking ? asksFor(booking, 'hr', false, deciders, now).asks : asking.asks
}

/** True unless the booking by itself shows that this person, or the one they answer for, would not be asked any more. */
function mayStillBeAsked({ requester }: Booking, { kind, escalatedAt }: Step, ask: Ask): boolean {
  const { id, role, active } = principalOf(ask)
  if (!active || !ask.person.active) return false
  if (kind === 'hr') return role === 'hr' || role === 'admin'
  return escalatedAt !== null || id === requester.managerId
}

function includes(asks: readonly Ask[], { id }: Person): boolean {
  return asks.some(({ person }) => person.id === id)
}

function stepClosed(booking: Booking, step: Step): BookingError {
  const { by, at } = step.decidedBy ? { by: step.decidedBy.name, at: step.closedAt } : lastChange(booking)
  return new BookingError('step_closed', { status: step.status, bookingStatus: booking.status, by, at })
}
