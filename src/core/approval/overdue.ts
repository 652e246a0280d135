import type { Booking } from '../booking/booking.ts'
import { changeTo } from '../booking/change-booking.ts'
import { departureOf } from '../booking/trip-change.ts'
import { approvalReminders, overdueNotices } from '../notification/notices-of-time.ts'
import type { Change, Deps } from '../ports.ts'
import { nextAskingAgain } from './due-time.ts'
import type { Step } from './step.ts'

/**
 * Keeps an overdue step open when nobody else can be asked. The first time, the requester hears of it; then the people who are
 * asked are asked again each working day; and before the departure the requester hears a last time.
 */
export function stayOverdue(deps: Deps, before: Booking, step: Step, at: Date): Change {
  const isFirst = step.overdueAt === null
  const remindAt = nextAskingAgain(at, departureOf(before), before.requester.site, deps.deadlines)
  const overdue: Step = { ...step, overdueAt: step.overdueAt ?? at, remindAt }
  const after = { ...before, steps: before.steps.map((one) => (one === step ? overdue : one)) }
  const type = isFirst ? 'step.overdue' : 'step.reminded'
  const isLast = remindAt === null
  const said = isLast ? { isLastReminder: true as const } : {}
  return changeTo(
    deps,
    { before, after, type, actor: null, at },
    (telling) => [
      ...(isFirst || isLast ? overdueNotices(telling) : []),
      ...(isFirst ? [] : approvalReminders(overdue)(telling)),
    ],
    null,
    said,
  )
}
