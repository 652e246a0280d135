import type postgres from 'postgres'
import type { BookingEvent } from '../core/booking/booking.ts'
import type { Notice } from '../core/notification/notice.ts'
import type { Alert } from '../core/ports.ts'
import { writeNotices } from './write-notices.ts'

/** Writes an alert with what the admins are told, unless the same one stands already. Gives whether it was new. */
export async function alertOnce(
  sql: postgres.Sql,
  { channel, personId, error }: Alert,
  bookingId: string,
  event: BookingEvent,
  notices: Notice[],
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const { count } = await tx`
      INSERT INTO admin_alerts (channel, person_id, error, raised_at) VALUES (${channel}, ${personId}, ${error}, ${event.at})
      ON CONFLICT DO NOTHING`
    if (count === 0) return false
    await writeNotices(tx, bookingId, event, notices)
    return true
  })
}
