import type postgres from 'postgres'
import type { BookingEvent } from '../core/booking/booking.ts'
import type { Notice } from '../core/notification/notice.ts'
import type { Alert } from '../core/ports.ts'
import { writeNotices } from './write-notices.ts'

/** After this a message that was refused is told of again: nothing shows that messages of its kind are taken now. */
const REFUSED_AGAIN = '1 day'

/** Writes an alert with what the admins are told, unless the same one stands already. Returns true if it was new. */
export async function alertOnce(
  sql: postgres.Sql,
  { kind, channel, personId, error }: Alert,
  bookingId: string,
  event: BookingEvent,
  notices: Notice[],
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const { count } = await tx`
      INSERT INTO admin_alerts AS a (kind, channel, person_id, error, raised_at)
      VALUES (${kind}, ${channel}, ${personId}, ${error}, ${event.at})
      ON CONFLICT (channel, person_id, error) DO UPDATE SET raised_at = excluded.raised_at, kind = excluded.kind
      WHERE a.kind = 'refused' AND a.raised_at <= excluded.raised_at - ${REFUSED_AGAIN}::interval`
    if (count === 0) return false
    await writeNotices(tx, bookingId, event, notices)
    return true
  })
}
