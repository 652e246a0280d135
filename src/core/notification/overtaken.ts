import type { BookingStatus } from '../booking/status.ts'
import type { NoticeKind } from './notice.ts'

/** What is no longer true of a booking that has come to nothing. Total, so that a new kind has to say. */
const UNTRUE_AFTER_THE_END: Record<NoticeKind, boolean> = {
  booking_requested: true,
  approval_needed: true,
  manager_approved: true,
  booking_approved: true,
  booking_rejected: false,
  booking_cancelled: false,
  booking_expired: false,
  booking_changed: true,
  change_requested: true,
  change_approved: true,
  change_rejected: true,
  change_withdrawn: true,
  change_expired: true,
  changes_requested: true,
  trip_left: false,
  approval_reminder: true,
  change_reminder: true,
  step_escalated: true,
  step_unanswered: true,
  step_overdue: true,
  delivery_failed: false,
  check_found: false,
}

const COME_TO_NOTHING: Record<BookingStatus, boolean> = {
  draft: false,
  pending_manager: false,
  pending_hr: false,
  changes_requested: false,
  approved: false,
  in_use: false,
  completed: false,
  rejected: true,
  cancelled: true,
  expired: true,
  no_show: false,
}

const OVERTAKEN = (Object.keys(UNTRUE_AFTER_THE_END) as NoticeKind[]).filter((kind) => UNTRUE_AFTER_THE_END[kind])

/**
 * What is told no more, once a booking is in this status, where it is not delivered yet: "approved" must not arrive after
 * "cancelled". Whoever was told such a thing hears of the end instead; who was only asked has nothing left to answer.
 */
export function overtakenKinds(status: BookingStatus): NoticeKind[] {
  return COME_TO_NOTHING[status] ? OVERTAKEN : []
}
