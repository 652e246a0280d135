import type { Booking } from '../../core/booking/booking.ts'
import { canBeCancelled } from '../../core/booking/cancel-booking.ts'
import { canBeChanged } from '../../core/booking/change-trip.ts'
import { openChange, openMatter } from '../../core/booking/trip-change.ts'

/** What the requester may do with their booking now. */
export interface OwnAction {
  kind: 'own'
  /** Opens the form, filled in. */
  mayChange: boolean
  /** Whether somebody asked them for a change: then changing it is the answer. */
  isAskedToChange: boolean
  /** Takes back the change that is open; the booking stays. */
  mayWithdrawChange: boolean
  mayCancel: boolean
}

/** Null where nothing can be done any more. */
export function ownAction(booking: Booking, now: Date): OwnAction | null {
  const mayChange = canBeChanged(booking, now)
  const mayWithdrawChange = openChange(booking) !== null
  const mayCancel = canBeCancelled(booking, now)
  if (!mayChange && !mayWithdrawChange && !mayCancel) return null
  const isAskedToChange = mayChange && openMatter(booking).status === 'changes_requested'
  return { kind: 'own', mayChange, isAskedToChange, mayWithdrawChange, mayCancel }
}

/** Withdrawing a change asks once. */
export const WITHDRAW_WORDS = {
  button: 'Withdraw change',
  question: 'Withdraw this change?',
  consequences: 'Your booking stays as it is, and everybody who was asked is told.',
  yes: 'Withdraw change',
  no: 'Keep it',
}
