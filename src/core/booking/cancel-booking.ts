import { closeOpenStep } from '../approval/close-step.ts'
import { BookingError } from '../booking-error.ts'
import { cancelledNotices } from '../notification/notices-for.ts'
import { mayCancelFor } from '../people/may-cancel-for.ts'
import { requireActivePerson } from '../people/require-active-person.ts'
import type { Deps } from '../ports.ts'
import type { Booking, NewBooking } from './booking.ts'
import { changeBooking, changeTo, lastChange } from './change-booking.ts'
import { nextStatus } from './status.ts'

export interface CancelBooking {
  bookingId: string
  actorId: string
}

/** Whether a booking can be cancelled at all now: an approved trip that has begun is on the road, and can only come back. */
export function canBeCancelled({ status, window }: NewBooking, now: Date): boolean {
  return nextStatus(status, 'cancel') !== null && !(status === 'approved' && now >= window.startsAt)
}

/**
 * Cancels a booking and frees its car. The requester may, and an admin.
 * @throws BookingError `booking_not_found`, `not_your_booking`, `not_possible_now`, `departed`, `person_not_found`, `person_inactive`
 */
export async function cancelBooking(deps: Deps, input: CancelBooking): Promise<Booking> {
  const actor = await requireActivePerson(deps.store, input.actorId)
  return changeBooking(
    deps,
    () => deps.store.findBooking(input.bookingId),
    (before) => {
      const now = deps.now()
      if (!mayCancelFor(actor, before.requester.id)) throw new BookingError('not_your_booking', {})
      const status = nextStatus(before.status, 'cancel')
      if (!status) throw new BookingError('not_possible_now', { bookingStatus: before.status, ...lastChange(before) })
      if (!canBeCancelled(before, now)) throw new BookingError('departed', { startsAt: before.window.startsAt })
      const after = { ...before, status, steps: closeOpenStep(before.steps, { status: 'superseded', closedAt: now }) }
      return changeTo(deps, { before, after, type: 'booking.cancelled', actor, at: now }, cancelledNotices, null)
    },
  )
}
