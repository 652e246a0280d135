import type postgres from 'postgres'
import type { BusyDriver, DriverHold } from '../core/booking/driver-holds.ts'

/** Those who know of the booking `b` that stands in the way: who asked for it, travels with it or was asked about it. */
const CONCERNED = `(SELECT json_agg(id) FROM (
  SELECT b.requester_id AS id
  UNION SELECT t.person_id FROM travellers t WHERE t.booking_id = b.id AND t.person_id IS NOT NULL
  UNION SELECT a.person_id FROM asks a JOIN steps s ON s.id = a.step_id WHERE s.booking_id = b.id) concerned)`

/** The first of these drivers (`$1`) who drives then for another booking than `$2`. */
const BUSY_DRIVER = `
  SELECT p.id, p.name, json_build_object('number', b.number,
    'window', json_build_object('startsAt', b.starts_at, 'endsAt', b.ends_at),
    'siteZone', (SELECT s.time_zone FROM vehicles v JOIN sites s ON s.id = v.site_id WHERE v.id = b.vehicle_id),
    'concernedIds', ${CONCERNED}) AS booking
  FROM jsonb_to_recordset($1::jsonb) AS w("personId" uuid, "window" jsonb)
    CROSS JOIN LATERAL (
      SELECT d.* FROM driver_holds d
      WHERE d.person_id = w."personId" AND d.booking_id <> $2::uuid AND tstzrange(d.starts_at, d.ends_at, '[)')
        && tstzrange((w."window"->>'startsAt')::timestamptz, (w."window"->>'endsAt')::timestamptz, '[)')
      ORDER BY d.starts_at LIMIT 1
    ) d
    JOIN people p ON p.id = d.person_id JOIN bookings b ON b.id = d.booking_id
  ORDER BY d.starts_at, p.name LIMIT 1`

/** Returns which of these drivers is driving then for another booking, or null where they all are free by now. */
export async function findBusyDriver(
  sql: postgres.Sql,
  bookingId: string,
  holds: DriverHold[],
): Promise<BusyDriver | null> {
  const wanted = holds.map(({ personId, window }) => ({ personId, window: { ...window } }))
  const [row] = await sql.unsafe<BusyRow[]>(BUSY_DRIVER, [sql.json(wanted), bookingId], { prepare: true })
  if (!row) return null
  const { startsAt, endsAt } = row.booking.window
  return { ...row, booking: { ...row.booking, window: { startsAt: new Date(startsAt), endsAt: new Date(endsAt) } } }
}

/** Its times are strings. */
interface BusyRow extends Omit<BusyDriver, 'booking'> {
  booking: Omit<BusyDriver['booking'], 'window'> & { window: { startsAt: string; endsAt: string } }
}
