import type { Booking, NewBooking } from '../booking/booking.ts'
import { changeBooking, changeTo } from '../booking/change-booking.ts'
import { nextStatus } from '../booking/status.ts'
import { BookingError } from '../booking-error.ts'
import { askNotices } from '../notification/notices-for.ts'
import type { Person } from '../people/person.ts'
import type { Deps } from '../ports.ts'
import { type Deciders, hrApprovers, managerStep } from './approvers.ts'
import { dueTime } from './due-time.ts'
import { decidedInRound, openHrStep } from './open-steps.ts'
import type { Ask, SkipReason, Step } from './step.ts'

/** What became of a booking whose approvers may have changed. `nobody_left`: nothing was changed, for nobody could decide. */
export interface Reasking {
  number: number
  outcome: 'as_it_was' | 'reasked' | 'skipped' | 'nobody_left'
  /** Who is asked now and was not before. */
  newlyAsked: string[]
}

/**
 * Brings the open step of a booking to those who can decide it as the directory says now: a manager who left or changed gives
 * way to the present one, and to HR where there is none; somebody who left HR no longer has to answer, and where nobody
 * remains the step is asked anew. Nothing happens where it is right already, and after the departure.
 * @throws BookingError `booking_not_found`
 */
export async function reaskStep(deps: Deps, { bookingId }: { bookingId: string }): Promise<Reasking> {
  let result: Omit<Reasking, 'number'> = { outcome: 'as_it_was', newlyAsked: [] }
  const booking = await changeBooking(
    deps,
    () => deps.store.findBooking(bookingId),
    async (before) => {
      const now = deps.now()
      const after = decideOrNobody(before, await deps.store.deciders(before.requester.id), now)
      if (after === before || after === null) {
        result = { outcome: after ? 'as_it_was' : 'nobody_left', newlyAsked: [] }
        return null
      }
      const skipped = after.status !== before.status
      const newly = newlyAsked(before, after)
      result = { outcome: skipped ? 'skipped' : 'reasked', newlyAsked: newly.map(({ name }) => name) }
      const ids = new Set(newly.map(({ id }) => id))
      const type = skipped ? 'step.skipped' : 'step.reasked'
      return changeTo(
        deps,
        { before, after, type, actor: null, at: now },
        (telling) => askNotices(telling).filter((notice) => ids.has(notice.personId)),
        null,
      )
    },
  )
  return { number: booking.number, ...result }
}

function decideOrNobody(booking: Booking, deciders: Deciders, now: Date): NewBooking | null {
  try {
    return decideReasking(booking, deciders, now)
  } catch (error) {
    if (error instanceof BookingError && error.code === 'no_approver') return null
    throw error
  }
}

/**
 * The booking with its open step asked of the right people; the same booking where that is so already.
 * @throws BookingError `no_approver` when nobody could take this decision or the last one
 */
export function decideReasking<B extends NewBooking>(booking: B, deciders: Deciders, now: Date): B {
  const step = openStepOf(booking)
  if (!step || now >= booking.window.startsAt) return booking
  return step.kind === 'manager' ? reaskManager(booking, step, deciders, now) : reaskHr(booking, step, deciders, now)
}

function reaskManager<B extends NewBooking>(booking: B, step: Step, deciders: Deciders, now: Date): B {
  const first = managerStep(deciders)
  if ('skip' in first) return skipToHr(booking, step, first.skip, deciders, now)
  // Who was asked beside the manager, or for them, goes on being asked as long as the manager is the right one.
  const isRight = step.asks.some((ask) => principalOf(ask).id === first.ask.id)
  const remaining = isRight ? step.asks.filter((ask) => ask.person.active) : []
  if (remaining.length > 0) return withAsks(booking, step, remaining)
  if (hrApprovers(deciders, booking.requester.id, [first.ask.id]).length === 0) {
    throw new BookingError('no_approver', {})
  }
  return askAnew(booking, step, [first.ask], now)
}

function reaskHr<B extends NewBooking>(booking: B, step: Step, deciders: Deciders, now: Date): B {
  const decides = (person: Person) => person.active && (person.role === 'hr' || person.role === 'admin')
  const remaining = step.asks.filter((ask) => ask.person.active && decides(principalOf(ask)))
  if (remaining.length > 0) return withAsks(booking, step, remaining)
  const approvers = hrApprovers(deciders, booking.requester.id, decidedInRound(booking))
  if (approvers.length === 0) throw new BookingError('no_approver', {})
  return askAnew(booking, step, approvers, now)
}

function skipToHr<B extends NewBooking>(
  booking: B,
  step: Step,
  skipReason: SkipReason,
  deciders: Deciders,
  now: Date,
): B {
  const status = nextStatus(booking.status, 'skip')
  if (!status) return booking
  const skipped: Step = { ...step, status: 'skipped', closedAt: now, skipReason }
  return { ...booking, ...openHrStep({ ...booking, status, steps: replaced(booking, skipped) }, deciders, now) }
}

function askAnew<B extends NewBooking>(booking: B, step: Step, people: Person[], now: Date): B {
  const dueAt = dueTime(now, booking.window.startsAt, booking.requester.site.timeZone)
  const asks = people.map((person) => ({ person, onBehalfOf: null }))
  return { ...booking, steps: replaced(booking, { ...step, askedAt: now, dueAt, asks }) }
}

function withAsks<B extends NewBooking>(booking: B, step: Step, asks: Ask[]): B {
  return asks.length === step.asks.length ? booking : { ...booking, steps: replaced(booking, { ...step, asks }) }
}

function replaced(booking: NewBooking, step: Step): Step[] {
  return booking.steps.map((one) => (one.id === step.id ? step : one))
}

function principalOf(ask: Ask): Person {
  return ask.onBehalfOf ?? ask.person
}

function openStepOf(booking: NewBooking): Step | undefined {
  return booking.steps.find((step) => step.status === 'open')
}

function newlyAsked(before: NewBooking, after: NewBooking): Person[] {
  const open = openStepOf(after)
  const same = before.steps.find((step) => step.id === open?.id)
  const asked = new Set(same?.asks.map((ask) => ask.person.id))
  return (open?.asks ?? []).map((ask) => ask.person).filter((person) => !asked.has(person.id))
}
