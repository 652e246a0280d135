import { BookingError } from '../booking-error.ts'
import { requireActivePerson } from '../people/require-active-person.ts'
import type { Deps } from '../ports.ts'
import type { Booking } from './booking.ts'
import { changeBooking, changeTo } from './change-booking.ts'
import { dropProposal } from './decide-trip-change.ts'
import { lastChange } from './last-change.ts'
import { isLive } from './status.ts'
import { openChange } from './trip-change.ts'

export interface WithdrawChange {
  bookingId: string
  actorId: string
}

/**
 * Withdraws the change of a booking that somebody still has to decide or to answer: the booking stays as it stands. Only the
 * requester may.
 * @throws BookingError `booking_not_found`, `not_your_booking`, `not_possible_now`, `person_not_found`, `person_inactive`
 */
export async function withdrawChange(deps: Deps, input: WithdrawChange): Promise<Booking> {
  return changeBooking(
    deps,
    () => deps.store.findBooking(input.bookingId),
    async (before) => {
      const actor = await requireActivePerson(deps.store, input.actorId)
      if (before.requester.id !== actor.id) throw new BookingError('not_your_booking', {})
      if (!openChange(before)) {
        const { status, change } = before
        // What became of the change that was to be withdrawn, where the booking goes on.
        const bookingStatus = isLive(status) && change ? change.status : status
        throw new BookingError('not_possible_now', { bookingStatus, ...lastChange(before) })
      }
      const at = deps.now()
      const { after, type, notices } = dropProposal(before, before, at)
      return { ...changeTo(deps, { before, after, type, actor, at }, notices, null), judgedBy: [actor] }
    },
  )
}
