import type { NewBooking } from './booking.ts'
import { isUndecided } from './status.ts'
import { departureOf, openMatter } from './trip-change.ts'
import { heldWindow } from './trip-window.ts'

/**
 * When time brings something about for this booking next: a reminder, a deadline, the departure, the end. Null: never. With
 * `after`, what was due until then counts as seen to.
 */
export function nextDue(booking: NewBooking, after?: Date): Date | null {
  const ahead = dueTimes(booking).filter((at) => !after || at > after)
  return ahead.length > 0 ? new Date(Math.min(...ahead.map(Number))) : null
}

function dueTimes(booking: NewBooking): Date[] {
  if (isUndecided(openMatter(booking).status)) {
    const { remindAt, dueAt, overdueAt } = waitingStep(booking) ?? {}
    return [departureOf(booking), remindAt ?? [], overdueAt ? [] : (dueAt ?? [])].flat()
  }
  return booking.status === 'approved' ? [heldWindow(booking.window, booking.turnaroundMinutes).endsAt] : []
}

/** The step whose answer is waited for: an approver's, or the requester's to whoever asked for a change. */
export function waitingStep({ steps }: NewBooking) {
  return steps.findLast((step) => step.status === 'open' || step.status === 'changes_requested')
}
