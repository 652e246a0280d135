import type postgres from 'postgres'
import type { EndedBooking, PastMessages } from '../core/notification/past-messages.ts'
import { LIVE } from './statuses.ts'

const PAST = 'ARRAY(SELECT past.id FROM past)'
const TOLD = 'ARRAY(SELECT told.id FROM told)'

/**
 * Bookings that ended before `$1`, at most `$4` of them, after the one that ended at `$2` and has the id `$3`. What is
 * deleted is found by arrays: as joins, the planner would rather read whole tables.
 */
const PRUNE = `
  WITH past AS MATERIALIZED (
    SELECT b.id, b.ends_at FROM bookings b
    WHERE b.messages_pruned_at IS NULL AND b.ends_at < $1::timestamptz AND b.status NOT IN ${LIVE}
      AND (b.ends_at, b.id) > ($2::text::timestamptz, $3::uuid)
    ORDER BY b.ends_at, b.id LIMIT $4::int FOR NO KEY UPDATE SKIP LOCKED
  ), told AS MATERIALIZED (
    SELECT n.id, e.booking_id FROM events e JOIN notifications n ON n.event_id = e.id
    WHERE e.booking_id = ANY (${PAST}) AND n.event_id = ANY (ARRAY(SELECT own.id FROM events own WHERE own.booking_id = ANY (${PAST})))
  ), waiting AS MATERIALIZED (
    SELECT d.id, d.notification_id FROM deliveries d
    WHERE d.notification_id = ANY (${TOLD}) AND (d.status = 'pending' OR (d.status = 'dead' AND d.settled_at >= $1::timestamptz))
  ), behind AS MATERIALIZED (
    SELECT c.id, c.booking_id FROM cards c WHERE c.booking_id = ANY (${PAST}) AND c.drawn_version < c.wanted_version
  ), sent AS (
    DELETE FROM deliveries d
    WHERE d.notification_id = ANY (${TOLD}) AND d.id <> ALL (ARRAY(SELECT waiting.id FROM waiting))
  ), forgotten AS (
    DELETE FROM notifications n
    WHERE n.id = ANY (${TOLD}) AND n.id <> ALL (ARRAY(SELECT waiting.notification_id FROM waiting))
  ), drawn AS (
    DELETE FROM cards c WHERE c.booking_id = ANY (${PAST}) AND c.id <> ALL (ARRAY(SELECT behind.id FROM behind))
  ), done AS (
    UPDATE bookings SET messages_pruned_at = now() WHERE id = ANY (${PAST}) AND id <> ALL (ARRAY(
      SELECT behind.booking_id FROM behind
      UNION SELECT told.booking_id FROM told WHERE told.id = ANY (ARRAY(SELECT waiting.notification_id FROM waiting))))
  )
  SELECT past.ends_at::text AS "endsAt", past.id FROM past ORDER BY past.ends_at DESC, past.id DESC LIMIT 1`

const FIRST: EndedBooking = { endsAt: '-infinity', id: '00000000-0000-0000-0000-000000000000' }

/** What was told about bookings that are over, so that it can go away. */
export function createPastMessages(sql: postgres.Sql): PastMessages {
  return {
    prune: async (endedBefore, after, limit) => {
      const { endsAt, id } = after ?? FIRST
      const [last] = await sql.unsafe<EndedBooking[]>(PRUNE, [endedBefore, endsAt, id, limit], { prepare: true })
      return last ?? null
    },
  }
}
