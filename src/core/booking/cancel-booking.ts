import { closeOpenStep } from '../approval/close-step.ts'
import { BookingError } from '../booking-error.ts'
import { cancelledNotices } from '../notification/notices-for.ts'
import { requireActivePerson } from '../people/require-active-person.ts'
import type { Deps } from '../ports.ts'
import type { Booking } from './booking.ts'
import { changeBooking, changeTo, lastChange } from './change-booking.ts'
import { nextStatus } from './status.ts'

export interface CancelBooking {
  bookingId: string
  actorId: string
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
      if (before.requester.id !== actor.id && actor.role !== 'admin') throw new BookingError('not_your_booking', {})
      const status = nextStatus(before.status, 'cancel')
      // An approved trip that has begun is on the road: the car can only come back.
      if (before.status === 'approved' && now >= before.window.startsAt) {
        throw new BookingError('departed', { startsAt: before.window.startsAt })
      }
      if (!status) throw new BookingError('not_possible_now', { bookingStatus: before.status, ...lastChange(before) })
      const after = { ...before, status, steps: closeOpenStep(before.steps, { status: 'superseded', closedAt: now }) }
      return changeTo(deps, { before, after, type: 'booking.cancelled', actor, at: now }, cancelledNotices, null)
    },
  )
}
