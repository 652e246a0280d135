import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../src/store/database.ts'

/** Everything a press or a submission could change, in a form that can be compared. */
export async function whatStands({ sql }: Database) {
  const [counts] = await sql<{ holds: number; notifications: number; deliveries: number; audited: number }[]>`
    SELECT (SELECT count(*)::int FROM vehicle_holds) AS holds, (SELECT count(*)::int FROM notifications) AS notifications,
      (SELECT count(*)::int FROM deliveries) AS deliveries, (SELECT count(*)::int FROM audit_entries) AS audited`
  const bookings = await sql<{ number: number; status: string; version: number; destination: string }[]>`
    SELECT number, status::text, version, destination FROM bookings ORDER BY number`
  const steps = await sql<{ id: string; status: string; kind: string }[]>`
    SELECT s.id, s.status::text, s.kind::text FROM steps s ORDER BY s.id`
  return { ...counts, bookings: [...bookings], steps: [...steps] }
}

/** The bookings of a trip to this place. */
export async function bookingsTo({ sql }: Database, destination: string) {
  return sql<{ id: string; number: number; status: string; openStep: string | null }[]>`
    SELECT b.id, b.number, b.status::text,
      (SELECT s.id FROM steps s WHERE s.booking_id = b.id AND s.status = 'open') AS "openStep"
    FROM bookings b WHERE b.destination = ${destination}`
}

/** Its status, when there is just one. */
export async function statusOf(database: Database, destination: string): Promise<string | undefined> {
  const found = await bookingsTo(database, destination)
  return found.length === 1 ? found[0]?.status : `${found.length} bookings`
}

/** How long cars are held for a trip to this place, by the clock of Berlin: "09:00 – 17:00". */
export async function heldFor({ sql }: Database, destination: string): Promise<string[]> {
  const rows = await sql<{ held: string }[]>`
    SELECT to_char(h.starts_at AT TIME ZONE 'Europe/Berlin', 'HH24:MI') || ' – '
      || to_char(h.ends_at AT TIME ZONE 'Europe/Berlin', 'HH24:MI') AS held
    FROM vehicle_holds h JOIN bookings b ON b.id = h.booking_id WHERE b.destination = ${destination} ORDER BY h.starts_at`
  return rows.map(({ held }) => held)
}

/** What has not reached anybody yet. */
export async function undelivered({ sql }: Database): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    SELECT ((SELECT count(*) FROM deliveries WHERE status = 'pending')
      + (SELECT count(*) FROM cards WHERE drawn_version < wanted_version))::int AS count`
  return row?.count ?? 0
}

/** Waits until everything has reached whom it is for, for at most 15 s. */
export async function everythingSent(database: Database): Promise<void> {
  const end = Date.now() + 15_000
  while ((await undelivered(database)) > 0) {
    if (Date.now() > end) throw new Error('waited in vain for everything to be sent')
    await pause(20)
  }
}
