import type postgres from 'postgres'
import { type InAppNotice, MOST_COUNTED } from '../../core/booking/overview.ts'
import type { NoticeFacts, NoticeKind } from '../../core/notification/notice.ts'

/** What waits for somebody, and what they asked for, has a place of its own: it is no news. */
const SHOWN_ELSEWHERE: NoticeKind[] = [
  'approval_needed',
  'approval_reminder',
  'booking_requested',
  'change_requested',
  'change_reminder',
]

/** This many of the latest unread notices are looked at; what people did themselves is among them. */
const LOOKED_AT = 5 * MOST_COUNTED

/**
 * The latest `$2` notices that the person `$1` has not read, counted up to {@link MOST_COUNTED}. The kinds are named, as in the index
 * `notifications_unread`. The limit stands in the statement, so that PostgreSQL knows that it looks for few, and stops there: the
 * events of what is old are on the disk.
 */
const UNREAD = `
  WITH news AS MATERIALIZED (
    SELECT latest.id, latest.created_at, e.sequence, e.booking_id FROM (
      SELECT n.id, n.event_id, n.created_at FROM notifications n
      WHERE n.person_id = $1::uuid AND n.read_at IS NULL
        AND n.kind NOT IN (${SHOWN_ELSEWHERE.map((kind) => `'${kind}'`).join(', ')})
      ORDER BY n.created_at DESC LIMIT ${LOOKED_AT}
    ) latest JOIN events e ON e.id = latest.event_id
    WHERE e.actor_id IS NULL OR e.actor_id <> $1::uuid
    ORDER BY latest.created_at DESC, e.sequence DESC LIMIT ${MOST_COUNTED}
  ), shown AS MATERIALIZED (
    SELECT * FROM news ORDER BY created_at DESC, sequence DESC LIMIT $2::int
  )
  SELECT n.id, n.kind, n.facts, n.created_at AS "createdAt", b.number, b.requester_id = $1::uuid AS "isRequester",
    (SELECT count(*)::int FROM news) AS total
  FROM shown JOIN notifications n ON n.id = shown.id JOIN bookings b ON b.id = shown.booking_id
  ORDER BY shown.created_at DESC, shown.sequence DESC`

interface UnreadRow extends Omit<InAppNotice, 'facts'> {
  facts: NoticeFacts
  number: number
  total: number
}

/** Reads the latest news of somebody: what others did, and what the rules did. */
export async function readUnreadNotices(
  sql: postgres.Sql,
  personId: string,
  most: number,
): Promise<{ notices: InAppNotice[]; total: number }> {
  const rows = await sql.unsafe<UnreadRow[]>(UNREAD, [personId, most], { prepare: true })
  const notices = rows.map(({ id, kind, facts, createdAt, number, isRequester }) => ({
    id,
    kind,
    facts: { ...facts, number },
    isRequester,
    createdAt,
  }))
  return { notices, total: rows[0]?.total ?? 0 }
}
