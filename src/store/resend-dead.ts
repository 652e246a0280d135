import type postgres from 'postgres'
import type { BookingStatus } from '../core/booking/status.ts'
import { noLongerMatters } from '../core/notification/no-longer-matters.ts'
import type { NoticeKind } from '../core/notification/notice.ts'
import { overtakenKinds } from '../core/notification/overtaken.ts'
import { ENDED_AT } from './claims.ts'

interface Dead {
  id: string
  kind: NoticeKind
  status: BookingStatus
  endedAt: Date | null
  /** True where it asks somebody who is no longer asked. */
  isAnswered: boolean
}

/**
 * Has the messages that were given up sent again, as far as they still matter at `now` (business time). The running service takes
 * them up by itself.
 */
export async function resendDead(sql: postgres.Sql, now: Date): Promise<{ resent: number; left: number }> {
  const dead = await sql<Dead[]>`
    SELECT d.id, n.kind, b.status, ${sql.unsafe(ENDED_AT)} AS "endedAt",
      n.step_id IS NOT NULL AND s.status NOT IN ('open', 'changes_requested') AS "isAnswered"
    FROM deliveries d JOIN notifications n ON n.id = d.notification_id LEFT JOIN steps s ON s.id = n.step_id
      JOIN events e ON e.id = n.event_id JOIN bookings b ON b.id = e.booking_id
    WHERE d.status = 'dead'`
  const matters = dead.filter(
    ({ kind, status, endedAt, isAnswered }) =>
      !isAnswered && !noLongerMatters(endedAt, now) && !overtakenKinds(status).includes(kind),
  )
  const ids = matters.map(({ id }) => id)
  const { count } = await sql`
    UPDATE deliveries SET status = 'pending', due_at = now(), failures = 0, settled_at = NULL
    WHERE id = ANY (${ids}::uuid[]) AND status = 'dead'`
  return { resent: count, left: dead.length - count }
}
