import type { Booking } from '../booking/booking.ts'
import { changeTo } from '../booking/change-booking.ts'
import { waitingStep } from '../booking/next-due.ts'
import { advance, openChange } from '../booking/trip-change.ts'
import { expiredNotices } from '../notification/notices-of-time.ts'
import type { Change, Deps } from '../ports.ts'
import { closeOpenStep } from './close-step.ts'

/** What nobody decided, or answered, in time comes to nothing. A change does so alone: the booking stands, with its car. */
export function expire(deps: Deps, before: Booking, at: Date): Change {
  const steps = closeOpenStep(before.steps, { status: 'unanswered', closedAt: at })
  const after = { ...advance(before, 'expire'), steps }
  const type = openChange(before) ? 'change.expired' : 'booking.expired'
  return changeTo(deps, { before, after, type, actor: null, at }, expiredNotices(waitingStep(before)), null)
}
