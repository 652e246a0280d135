import type { Booking, NewBooking } from '../booking/booking.ts'
import { changeBooking, changeTo } from '../booking/change-booking.ts'
import { waitingStep } from '../booking/next-due.ts'
import { isUndecided } from '../booking/status.ts'
import { advance, departureOf, openMatter } from '../booking/trip-change.ts'
import { heldWindow } from '../booking/trip-window.ts'
import type { Change, Deps } from '../ports.ts'
import { escalate } from './escalate.ts'
import { expire } from './expire.ts'
import { remind } from './remind.ts'

export interface PassTime {
  bookingId: string
  /** The booking, where it was read already; whoever changed it since is not overlooked. */
  read?: Booking | null
}

/** What time brings about. */
type Passing = 'expire' | 'escalate' | 'remind' | 'complete'

/**
 * Does what the present moment makes of a booking: one thing, and the most final one. What was missed meanwhile is not made
 * up for, and where nothing is due nothing happens, however often it is asked. Gives the booking as it stands then.
 * @throws BookingError `booking_not_found`
 */
export async function passTime(
  deps: Deps,
  { bookingId, read = null }: PassTime,
): Promise<{ outcome: 'changed' | 'nothing'; booking: Booking }> {
  let outcome: 'changed' | 'nothing' = 'nothing'
  let known = read
  const booking = await changeBooking(
    deps,
    async () => {
      const booking = known ?? (await deps.store.findBooking(bookingId))
      known = null
      return booking
    },
    async (before) => {
      const change = await passingOf(deps, before, deps.now())
      outcome = change ? 'changed' : 'nothing'
      return change
    },
  )
  return { outcome, booking }
}

async function passingOf(deps: Deps, before: Booking, now: Date): Promise<Change | null> {
  switch (whatTimeBrings(before, now)) {
    case 'expire':
      return expire(deps, before, now)
    case 'escalate':
      return escalate(deps, before, await deps.store.deciders(before.requester.id), now)
    case 'remind':
      return remind(deps, before, await deps.store.deciders(before.requester.id), now)
    case 'complete':
      return complete(deps, before, now)
    case null:
      return null
  }
}

/**
 * What is due for a booking at this moment: its departure before a deadline, a deadline before a reminder. A step that is
 * overdue is passed on each time its people would be asked again, if somebody else can be asked by then.
 */
export function whatTimeBrings(booking: NewBooking, now: Date): Passing | null {
  const { status } = openMatter(booking)
  if (!isUndecided(status)) return isOver(booking, now) ? 'complete' : null
  const { dueAt, remindAt, overdueAt } = waitingStep(booking) ?? {}
  if (now >= departureOf(booking)) return 'expire'
  if (dueAt && now >= dueAt && !overdueAt) return status === 'changes_requested' ? 'expire' : 'escalate'
  if (!remindAt || now < remindAt) return null
  return overdueAt ? 'escalate' : 'remind'
}

function isOver({ status, window, turnaroundMinutes }: NewBooking, now: Date): boolean {
  return status === 'approved' && now >= heldWindow(window, turnaroundMinutes).endsAt
}

/** The car is back: nobody has to be told. */
function complete(deps: Deps, before: Booking, at: Date): Change {
  const after = advance(before, 'complete')
  return changeTo(deps, { before, after, type: 'booking.completed', actor: null, at }, () => [], null)
}
