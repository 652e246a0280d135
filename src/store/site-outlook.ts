import { addMilliseconds } from 'date-fns/addMilliseconds'
import type postgres from 'postgres'
import { SEARCHED_DAYS, type SiteOutlook, type SiteQuery } from '../core/booking/none-free.ts'

/**
 * The seats of a site's (`$1`) biggest car, and when one with the seats (`$2`) is free next for as long as from `$3` to `$4`.
 * A car that is not free then is free next at the end of one of its holds: those are tried, and what `$5` holds is free for it.
 */
const SITE_OUTLOOK = `
  SELECT (SELECT coalesce(max(seats), 0) FROM vehicles WHERE site_id = $1::uuid AND status = 'in_service') AS "mostSeats",
    (SELECT h.ends_at FROM vehicles v JOIN vehicle_holds h ON h.vehicle_id = v.id
      WHERE v.site_id = $1::uuid AND v.status = 'in_service' AND v.seats >= $2::int
        AND h.ends_at > $3::timestamptz AND h.ends_at <= $3::timestamptz + make_interval(days => ${SEARCHED_DAYS})
        AND ($5::uuid IS NULL OR h.booking_id IS DISTINCT FROM $5::uuid)
        AND NOT EXISTS (
          SELECT FROM vehicle_holds o
          WHERE o.vehicle_id = v.id AND ($5::uuid IS NULL OR o.booking_id IS DISTINCT FROM $5::uuid)
            AND tstzrange(o.starts_at, o.ends_at, '[)') && tstzrange(h.ends_at, h.ends_at
              + ($4::timestamptz - $3::timestamptz) + make_interval(mins => v.turnaround_minutes), '[)'))
      ORDER BY h.ends_at LIMIT 1) AS "nextAt"`

export async function siteOutlook(
  sql: postgres.Sql,
  { siteId, window: { startsAt, endsAt }, passengers, forBookingId }: SiteQuery,
): Promise<SiteOutlook> {
  const [row] = await sql.unsafe<{ mostSeats: number; nextAt: Date | null }[]>(
    SITE_OUTLOOK,
    [siteId, passengers, startsAt, endsAt, forBookingId],
    { prepare: true },
  )
  if (!row) throw new Error('A SELECT without FROM returned no row')
  const { mostSeats, nextAt } = row
  const next = nextAt && { startsAt: nextAt, endsAt: addMilliseconds(nextAt, +endsAt - +startsAt) }
  return { mostSeats, next }
}
