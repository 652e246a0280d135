import type { Booking, BookingEventType, NewBooking } from '../booking/booking.ts'
import { changeBooking, changeTo } from '../booking/change-booking.ts'
import { advance, departureOf } from '../booking/trip-change.ts'
import { BookingError } from '../booking-error.ts'
import { askNotices, type Telling } from '../notification/notices-for.ts'
import { passedOnNotices } from '../notification/notices-of-time.ts'
import type { Person } from '../people/person.ts'
import type { Deps } from '../ports.ts'
import { type Deciders, leavesNobody, principalOf } from './approvers.ts'
import { askAnew, askInstead, isSameAsk } from './ask-anew.ts'
import { askingNow } from './asking-now.ts'
import { closeOpenStep } from './close-step.ts'
import type { Timing } from './deadlines.ts'
import { closeUnanswered, openHrStep } from './open-steps.ts'
import type { Ask, SkipReason, Step } from './step.ts'

/** What became of a booking whose approvers may have changed. `nobody_left`: nothing was changed, for nobody could decide. */
export interface Reasking {
  number: number
  outcome: 'as_it_was' | 'reasked' | 'skipped' | 'unanswered' | 'nobody_left'
  /** Who is asked now and was not before. */
  newlyAsked: string[]
}

/**
 * Brings the open step of a booking to those who can decide it as the directory says now: a manager who left or changed gives
 * way to the present one, one who is away to their stand-in, and where nobody can answer for them HR is asked; HR's step goes
 * to whoever is in HR, or stands in, now. Nothing happens where it is right already, and after the departure.
 * @throws BookingError `booking_not_found`
 */
export async function reaskStep(deps: Deps, { bookingId }: { bookingId: string }): Promise<Reasking> {
  let result: Omit<Reasking, 'number'> = { outcome: 'as_it_was', newlyAsked: [] }
  const booking = await changeBooking(
    deps,
    () => deps.store.findBooking(bookingId),
    async (before) => {
      const at = deps.now()
      const step = openStepOf(before)
      const deciders = await deps.store.deciders(before.requester.id)
      const after = decideOrNobody(before, deciders, { now: at, deadlines: deps.deadlines })
      if (!step || !after || after === before) {
        result = { outcome: after ? 'as_it_was' : 'nobody_left', newlyAsked: [] }
        return null
      }
      const newly = newlyAsked(before, after)
      const type = whatHappened(step, after)
      result = { outcome: OUTCOME[type], newlyAsked: newly.map(({ name }) => name) }
      const ids = new Set(newly.map(({ id }) => id))
      const notices =
        type === 'step.unanswered'
          ? passedOnNotices(step)
          : (telling: Telling) => askNotices(telling).filter((notice) => ids.has(notice.personId))
      const said = type === 'step.unanswered' ? { passedOnFrom: step.asks.map((ask) => ask.person.name) } : {}
      return changeTo(deps, { before, after, type, actor: null, at }, notices, null, said)
    },
  )
  return { number: booking.number, ...result }
}

const OUTCOME = {
  'step.reasked': 'reasked',
  'step.skipped': 'skipped',
  'step.unanswered': 'unanswered',
} as const satisfies Partial<Record<BookingEventType, Reasking['outcome']>>

function whatHappened(step: Step, after: NewBooking): keyof typeof OUTCOME {
  const status = after.steps.find((one) => one.id === step.id)?.status
  if (status === 'unanswered') return 'step.unanswered'
  return status === 'skipped' ? 'step.skipped' : 'step.reasked'
}

function decideOrNobody(booking: Booking, deciders: Deciders, timing: Timing): Booking | null {
  try {
    return decideReasking(booking, deciders, timing)
  } catch (error) {
    if (error instanceof BookingError && error.code === 'no_approver') return null
    throw error
  }
}

/**
 * The booking with its open step asked of the right people; the same booking where that is so already.
 * @throws BookingError `no_approver` when nobody could take this decision or the last one
 */
export function decideReasking<B extends NewBooking>(booking: B, deciders: Deciders, timing: Timing): B {
  const open = openStepOf(booking)
  if (!open || timing.now >= departureOf(booking)) return booking
  const { step, asking: right } = askingNow(booking, open, deciders, timing.now)
  if ('skip' in right) {
    return step.escalatedAt === null
      ? skipToHr(booking, right.skip, deciders, timing)
      : closeUnanswered(booking, deciders, timing)
  }
  if (right.asks.length === 0) throw new BookingError('no_approver', {})
  if (step === open && isAskedOf(step, right.asks)) return booking
  if (step.kind === 'manager' && leavesNobody(booking, right.asks, deciders, timing.now)) {
    throw new BookingError('no_approver', {})
  }
  return haveTheSameToAnswer(step, right.asks)
    ? askInstead(booking, step, right.asks, timing)
    : askAnew(booking, step, right.asks, timing)
}

function isAskedOf({ asks }: Step, right: Ask[]): boolean {
  return asks.length === right.length && right.every((ask) => asks.some((one) => isSameAsk(one, ask)))
}

/** Whether somebody goes on being responsible: then others have the time that is left, and else all of it. */
function haveTheSameToAnswer({ asks }: Step, right: Ask[]): boolean {
  return right.some((ask) => asks.some((one) => principalOf(one).id === principalOf(ask).id))
}

function skipToHr<B extends NewBooking>(booking: B, skipReason: SkipReason, deciders: Deciders, timing: Timing): B {
  const steps = closeOpenStep(booking.steps, { status: 'skipped', closedAt: timing.now, skipReason })
  return openHrStep(advance({ ...booking, steps }, 'skip'), deciders, timing)
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
