import type { Booking } from '../core/booking/booking.ts'
import type { CarClaim, HistoryFilter, InAppNotice, Overview } from '../core/booking/overview.ts'
import type { BookingStatus } from '../core/booking/status.ts'
import { isLive } from '../core/booking/status.ts'
import type { TripWindow } from '../core/booking/trip-window.ts'
import type { NoticeFacts, NoticeKind } from '../core/notification/notice.ts'
import type { Database } from './database.ts'
import { findBookings } from './documents.ts'
import type { Prisma } from './generated/client.ts'
import { BookingStatus as Status } from './generated/enums.ts'
import { toVehicle } from './rows.ts'
import { uuidOrNull } from './uuid-or-null.ts'

const LIVE = Object.values(Status).filter(isLive)

const FILTERED: Record<HistoryFilter, BookingStatus[]> = {
  all: Object.values(Status),
  pending: ['pending_manager', 'pending_hr', 'changes_requested'],
  approved: ['approved', 'in_use', 'completed', 'no_show'],
  rejected: ['rejected', 'expired'],
  cancelled: ['cancelled'],
}

/** What waits for somebody, and what they asked for, has a place of its own: it is no news. */
const SHOWN_ELSEWHERE: NoticeKind[] = ['approval_needed', 'booking_requested']

/** What people look at: Prisma finds which bookings, in which order, and each is read as it is everywhere. */
export function createOverview({ prisma, sql }: Database): Overview {
  async function bookings(query: Omit<Prisma.BookingFindManyArgs, 'include' | 'select'>): Promise<Booking[]> {
    const found = await prisma.booking.findMany({ ...query, select: { id: true } })
    return inOrder(found.map(({ id }) => id))
  }

  async function inOrder(ids: string[]): Promise<Booking[]> {
    if (ids.length === 0) return []
    const byId = new Map((await findBookings(sql, 'ids', ids)).map((booking) => [booking.id, booking]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  return {
    nextTrips: async (personId, now, most) => {
      const where: Prisma.BookingWhereInput = {
        status: { in: LIVE },
        endsAt: { gt: now },
        OR: [{ requesterId: personId }, { status: 'approved', travellers: { some: { personId } } }],
      }
      const [total, found] = await Promise.all([
        prisma.booking.count({ where }),
        bookings({ where, orderBy: [{ startsAt: 'asc' }, { number: 'asc' }], take: most }),
      ])
      return { bookings: found, total }
    },

    waitingFor: async (personId, now, most) => {
      const where: Prisma.StepWhereInput = {
        status: 'open',
        asks: { some: { personId } },
        booking: { startsAt: { gt: now }, requesterId: { not: personId } },
      }
      const [total, steps] = await Promise.all([
        prisma.step.count({ where }),
        prisma.step.findMany({
          where,
          orderBy: [{ dueAt: 'asc' }, { askedAt: 'asc' }],
          select: { bookingId: true },
          take: most,
        }),
      ])
      return { bookings: await inOrder(steps.map((step) => step.bookingId)), total }
    },

    decidedBy: async (personId, most) => {
      const steps = await prisma.step.findMany({
        where: { decidedById: personId },
        orderBy: { closedAt: 'desc' },
        distinct: ['bookingId'],
        select: { bookingId: true },
        take: most,
      })
      return inOrder(steps.map((step) => step.bookingId))
    },

    history: async (personId, filter, page, pageSize) => {
      const where = { requesterId: personId, status: { in: FILTERED[filter] } }
      const pages = Math.max(1, Math.ceil((await prisma.booking.count({ where })) / pageSize))
      const shown = Math.min(Math.max(page, 0), pages - 1)
      const found = await bookings({
        where,
        orderBy: [{ startsAt: 'desc' }, { number: 'desc' }],
        skip: shown * pageSize,
        take: pageSize,
      })
      return { bookings: found, page: shown, pages }
    },

    unreadNotices: async (personId, most) => {
      const where: Prisma.NotificationWhereInput = {
        personId,
        readAt: null,
        kind: { notIn: SHOWN_ELSEWHERE },
        // What people did themselves is no news; `not` alone would leave out what nobody did.
        event: { OR: [{ actorId: null }, { actorId: { not: personId } }] },
      }
      const [total, rows] = await Promise.all([
        prisma.notification.count({ where }),
        prisma.notification.findMany({
          where,
          include: { event: { select: { booking: { select: { number: true, requesterId: true } } } } },
          orderBy: [{ createdAt: 'desc' }, { event: { sequence: 'desc' } }],
          take: most,
        }),
      ])
      const notices = rows.map(
        ({ id, kind, facts, createdAt, event: { booking } }): InAppNotice => ({
          id,
          kind: kind as NoticeKind,
          facts: { ...(facts as NoticeFacts), number: booking.number },
          isRequester: booking.requesterId === personId,
          createdAt,
        }),
      )
      return { notices, total }
    },

    markRead: async (personId, noticeIds, now) => {
      const ids = noticeIds.filter((id) => uuidOrNull(id))
      await prisma.notification.updateMany({
        where: { id: { in: ids }, personId, readAt: null },
        data: { readAt: now },
      })
    },

    sites: () => prisma.site.findMany({ orderBy: { name: 'asc' } }),

    carsIn: async (window, siteId) => {
      const vehicles = await prisma.vehicle.findMany({
        where: { status: 'in_service', ...(siteId && { siteId }) },
        include: {
          site: true,
          holds: {
            where: { startsAt: { lt: window.endsAt }, endsAt: { gt: window.startsAt } },
            orderBy: { startsAt: 'asc' },
          },
        },
        orderBy: [{ site: { name: 'asc' } }, { name: 'asc' }, { licensePlate: 'asc' }],
      })
      return vehicles.map((row) => ({ vehicle: toVehicle(row), claims: row.holds.map(toClaim) }))
    },
  }
}

function toClaim({
  startsAt,
  endsAt,
  maintenanceWindowId,
}: TripWindow & { maintenanceWindowId: string | null }): CarClaim {
  return { startsAt, endsAt, kind: maintenanceWindowId ? 'maintenance' : 'booking' }
}
