import type postgres from 'postgres'
import type { BookingEvent } from '../core/booking/booking.ts'
import type { Notice } from '../core/notification/notice.ts'

/** What is told of a booking without changing it: its event, the notices and how they are to be delivered. */
export async function writeNotices(
  tx: postgres.TransactionSql,
  bookingId: string,
  { id, type, at }: BookingEvent,
  notices: Notice[],
): Promise<void> {
  await tx`INSERT INTO events (id, booking_id, type, at) VALUES (${id}, ${bookingId}, ${type}, ${at})`
  if (notices.length === 0) return
  // Of a booking that is long over, this is told later than the rest, and has to go away as well.
  await tx`UPDATE bookings SET messages_pruned_at = NULL WHERE id = ${bookingId} AND messages_pruned_at IS NOT NULL`
  const deliveries = notices.flatMap((notice) =>
    notice.deliveries.map((one) => ({ id: one.id, notification_id: notice.id, channel: one.channel })),
  )
  await tx`INSERT INTO notifications ${tx(
    notices.map((notice) => ({
      id: notice.id,
      event_id: notice.eventId,
      person_id: notice.personId,
      kind: notice.kind,
      facts: tx.json(notice.facts),
      created_at: at,
    })),
  )}`
  if (deliveries.length > 0) await tx`INSERT INTO deliveries ${tx(deliveries)}`
}
