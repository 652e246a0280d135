import type { BookingEvent } from '../core/booking/booking.ts'
import type { Notice } from '../core/notification/notice.ts'
import type { Alert } from '../core/ports.ts'
import type { PrismaClient } from './generated/client.ts'

/** Writes an alert with what the admins are told, unless the same one stands already. Gives whether it was new. */
export async function alertOnce(
  prisma: PrismaClient,
  alert: Alert,
  bookingId: string,
  { id, type, at }: BookingEvent,
  notices: Notice[],
): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    const { count } = await tx.adminAlert.createMany({ data: [{ ...alert, raisedAt: at }], skipDuplicates: true })
    if (count === 0) return false
    await tx.event.create({ data: { id, bookingId, type, at } })
    await tx.notification.createMany({
      data: notices.map(({ id, eventId, personId, kind, facts }) => ({
        id,
        eventId,
        personId,
        kind,
        facts,
        createdAt: at,
      })),
    })
    await tx.delivery.createMany({
      data: notices.flatMap((notice) => notice.deliveries.map((one) => ({ ...one, notificationId: notice.id }))),
    })
    return true
  })
}
