import { closeOpenStep } from '../approval/close-step.ts'
import { BookingError } from '../booking-error.ts'
import { cancelledNotices } from '../notification/notices-for.ts'
import { mayCancelFor } from '../people/may-cancel-for.ts'
import type { Person } from '../people/person.ts'
import { requireActivePerson } from '../people/require-active-person.ts'
import type { Deps } from '../ports.ts'
import type { Booking, NewBooking } from './booking.ts'
import { changeBooking, changeTo } from './change-booking.ts'
import { checkText } from './check-request.ts'
import { lastChange } from './last-change.ts'
import { nextStatus } from './status.ts'
import { advance, openChange } from './trip-change.ts'

export interface CancelBooking {
  bookingId: string
  actorId: string
  /** Why, if they care to say. */
  why: string
}

/** Whether a booking can be cancelled at all now: an approved trip that has begun is on the road, and can only come back. */
export function canBeCancelled({ status, window }: NewBooking, now: Date): boolean {
  return nextStatus(status, 'cancel') !== null && !(status === 'approved' && now >= window.startsAt)
}

/**
 * Cancels a booking, with the change of it that may be open, and frees its car. The requester may, and an admin.
 * @throws BookingError `text_too_long`, `booking_not_found`, `not_your_booking`, `not_possible_now`, `departed`, `person_not_found`, `person_inactive`
 */
export async function cancelBooking(deps: Deps, input: CancelBooking): Promise<Booking> {
  return changeBooking(
    deps,
    () => deps.store.findBooking(input.bookingId),
    async (before) => {
      const actor = await requireActivePerson(deps.store, input.actorId)
      const now = deps.now()
      checkMayCancel(before, actor, now)
      const why = checkText('cancel_reason', input.why, { required: false }) || null
      const move = { before, after: cancelled(before, now), type: 'booking.cancelled', actor, at: now } as const
      return { ...changeTo(deps, move, cancelledNotices, why), judgedBy: [actor] }
    },
  )
}

/** Returns the booking cancelled, with the change of it that may be open. @throws BookingError `not_possible_now` */
export function cancelled(before: Booking, at: Date): NewBooking {
  const status = nextStatus(before.status, 'cancel')
  if (!status) throw new BookingError('not_possible_now', { bookingStatus: before.status, ...lastChange(before) })
  const { change, steps } = openChange(before) ? advance(before, 'cancel') : before
  return { ...before, status, change, steps: closeOpenStep(steps, { status: 'superseded', closedAt: at }) }
}

/** @throws BookingError `not_your_booking`, `not_possible_now`, `departed` if this person may not cancel the booking now */
export function checkMayCancel(booking: Booking, actor: Person, now: Date): void {
  if (!mayCancelFor(actor, booking.requester.id)) throw new BookingError('not_your_booking', {})
  if (nextStatus(booking.status, 'cancel') === null) {
    throw new BookingError('not_possible_now', { bookingStatus: booking.status, ...lastChange(booking) })
  }
  if (!canBeCancelled(booking, now)) throw new BookingError('departed', { startsAt: booking.window.startsAt })
}
