import { leaverNotices } from '../notification/notices-for.ts'
import type { Deps } from '../ports.ts'
import { canBeCancelled, cancelled } from './cancel-booking.ts'
import { changeBooking, changeTo } from './change-booking.ts'

/** A booking that was cancelled because its requester has left. */
export interface LeaverCancelled {
  number: number
  outcome: 'cancelled'
  requesterName: string
}

/**
 * Cancels a booking whose requester has left, and frees its car; a trip that is under way keeps its car until its end. Tells
 * those who were asked, those who come along, and the requester's manager, or the admins. Returns null if there is nothing to
 * cancel.
 * @throws BookingError `booking_not_found`
 */
export async function cancelOfLeaver(
  deps: Deps,
  { bookingId }: { bookingId: string },
): Promise<LeaverCancelled | null> {
  let isCancelled = false
  const { number, requester } = await changeBooking(
    deps,
    () => deps.store.findBooking(bookingId),
    async (before) => {
      const at = deps.now()
      isCancelled = !before.requester.active && canBeCancelled(before, at)
      if (!isCancelled) return null
      const { manager, admins } = await deps.store.deciders(before.requester.id)
      const inPlace = manager?.active ? [manager] : admins
      const move = { before, after: cancelled(before, at), type: 'booking.cancelled', actor: null, at } as const
      const said = { requesterLeft: true }
      return { ...changeTo(deps, move, leaverNotices(inPlace), null, said), judgedBy: [before.requester] }
    },
  )
  return isCancelled ? { number, outcome: 'cancelled', requesterName: requester.name } : null
}
