import type { Booking } from '../core/booking/booking.ts'
import type { CarClaim, HistoryFilter, InAppNotice, Overview } from '../core/booking/overview.ts'
import type { BookingStatus } from '../core/booking/status.ts'
import { isLive } from '../core/booking/status.ts'
import type { Vehicle } from '../core/fleet/vehicle.ts'
import type { NoticeFacts, NoticeKind } from '../core/notification/notice.ts'
import type { Database } from './database.ts'
import { findBookings, VEHICLE } from './documents.ts'
import type { Prisma } from './generated/client.ts'
import { BookingStatus as Status } from './generated/enums.ts'
import { toSite } from './rows.ts'
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
const SHOWN_ELSEWHERE: NoticeKind[] = [
  'approval_needed',
  'approval_reminder',
  'booking_requested',
  'change_requested',
  'change_reminder',
]

/** Bookings in one of these statuses; an open change waits for an answer, though the booking stands. */
function filteredBy(filter: HistoryFilter): Prisma.BookingWhereInput {
  const statuses = { status: { in: FILTERED[filter] } }
  if (filter !== 'pending') return statuses
  const changing = FILTERED.pending.map((status) => ({ change: { path: ['status'], equals: status } }))
  return { OR: [statuses, { status: 'approved', OR: changing }] }
}

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
        asks: { some: { personId, endedAt: null } },
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
      const where: Prisma.BookingWhereInput = { requesterId: personId, ...filteredBy(filter) }
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

    standingInFor: async (personId, now) => {
      const rows = await prisma.absence.findMany({
        where: { standInId: personId, endsAt: { gt: now }, person: { active: true } },
        select: { startsAt: true, endsAt: true, person: { select: { name: true } } },
        orderBy: [{ endsAt: 'asc' }, { personId: 'asc' }],
      })
      return rows.map(({ startsAt, endsAt, person }) => ({ name: person.name, startsAt, endsAt }))
    },

    sites: async () => (await prisma.site.findMany({ orderBy: { name: 'asc' } })).map(toSite),

    carsIn: async ({ startsAt, endsAt }, siteId) => {
      const rows = await sql.unsafe<{ vehicle: Vehicle; claims: ClaimDocument[] }[]>(
        CARS_IN,
        [startsAt, endsAt, siteId],
        { prepare: true },
      )
      return rows.map(({ vehicle, claims }) => ({ vehicle, claims: claims.map(toClaim) }))
    },
  }
}

/**
 * The cars in service (of one site, where `$3` is one) and what claims them from `$1` to `$2`: as documents, for a whole fleet
 * as rows and relations costs three times as much.
 */
const CARS_IN = `
  WITH claims AS (
    SELECT vehicle_id, json_agg(json_build_object('startsAt', starts_at, 'endsAt', ends_at,
      'kind', CASE WHEN maintenance_window_id IS NULL THEN 'booking' ELSE 'maintenance' END) ORDER BY starts_at) AS list
    FROM vehicle_holds WHERE tstzrange(starts_at, ends_at, '[)') && tstzrange($1::timestamptz, $2::timestamptz, '[)')
    GROUP BY vehicle_id
  )
  SELECT ${VEHICLE} AS vehicle, coalesce(claims.list, '[]') AS claims
  FROM vehicles v JOIN sites s ON s.id = v.site_id LEFT JOIN claims ON claims.vehicle_id = v.id
  WHERE v.status = 'in_service' AND ($3::uuid IS NULL OR v.site_id = $3::uuid)
  ORDER BY s.name, v.name, v.license_plate`

/** Its times are strings. */
type ClaimDocument = Pick<CarClaim, 'kind'> & { startsAt: string; endsAt: string }

function toClaim({ kind, startsAt, endsAt }: ClaimDocument): CarClaim {
  return { kind, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
}
