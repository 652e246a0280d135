import type { CarClaim, Overview } from '../core/booking/overview.ts'
import type { Vehicle } from '../core/fleet/vehicle.ts'
import type { Database } from './database.ts'
import { VEHICLE } from './documents.ts'
import type { Unreadable } from './find-bookings.ts'
import { findInOrder, findSome } from './overview/find-in-order.ts'
import { readHistory } from './overview/history.ts'
import { DECIDED_BY, NEXT_TRIPS, WAITING_FOR } from './overview/own-lists.ts'
import { readUnreadNotices } from './overview/unread-notices.ts'
import { toSite } from './rows.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/**
 * The lists that people look at. A statement finds which bookings, in which order; each is read as it is everywhere, and
 * `unreadable` hears of each that cannot be read.
 */
export function createOverview({ prisma, sql }: Database, unreadable?: Unreadable): Overview {
  const reading = { sql, unreadable }
  return {
    nextTrips: (personId, now, most, skip = 0) => findSome(reading, NEXT_TRIPS, [personId, now, most, skip]),

    waitingFor: (personId, now, most, skip = 0) => findSome(reading, WAITING_FOR, [personId, now, most, skip]),

    decidedBy: async (personId, most) => {
      const rows = await sql.unsafe<{ id: string }[]>(DECIDED_BY, [personId, most], { prepare: true })
      return findInOrder(
        reading,
        rows.map(({ id }) => id),
      )
    },

    history: (personId, filter, page, pageSize) => readHistory(reading, personId, { filter, page, pageSize }),

    unreadNotices: (personId, most) => readUnreadNotices(sql, personId, most),

    markRead: async (personId, noticeIds, now) => {
      const ids = noticeIds.filter((id) => uuidOrNull(id))
      await sql`UPDATE notifications SET read_at = ${now}
        WHERE id = ANY (${ids}::uuid[]) AND person_id = ${personId} AND read_at IS NULL`
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
