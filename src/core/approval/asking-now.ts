import type { NewBooking } from '../booking/booking.ts'
import { type Asking, asksFor, type Deciders, principalOf } from './approvers.ts'
import type { Step } from './step.ts'

/**
 * Returns the people an open step asks as the directory stands now, or why the manager's is skipped; with the step as it is
 * asked then, which is not escalated if the manager is somebody else by now.
 */
export function askingNow(
  booking: NewBooking,
  open: Step,
  deciders: Deciders,
  now: Date,
): { step: Step; asking: Asking } {
  const step = isAnothersNow(open, deciders) ? { ...open, escalatedAt: null } : open
  return { step, asking: asksFor(booking, step.kind, step.escalatedAt !== null, deciders, now) }
}

/** True if a manager's step that went further up was that of a manager who is somebody else by now: that one is asked first. */
function isAnothersNow({ kind, escalatedAt, passedOn }: Step, { manager }: Deciders): boolean {
  if (kind !== 'manager' || !escalatedAt) return false
  const unanswered = passedOn.findLast((ask) => ask.at <= escalatedAt)
  return unanswered !== undefined && principalOf(unanswered).id !== manager?.id
}
