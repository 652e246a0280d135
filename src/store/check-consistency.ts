import type postgres from 'postgres'
import type { Misfit, MisfitKind } from '../core/booking/misfit.ts'
import { findBookings } from './find-bookings.ts'
import { LIVE } from './statuses.ts'

/** There is no such row. A probe for each row that is looked at: as a join it would read the whole table. */
const none = (rows: string) => `NOT EXISTS (${rows} OFFSET 0)`

/**
 * What does not fit, as the ids of the bookings concerned. `$1` is business time, `$2` whether there is a chat,
 * `$3` what cannot be read: of that nothing else is said.
 */
const LOOKS: Record<MisfitKind, string> = {
  unreadable: 'SELECT unnest($3::uuid[])',
  car_not_held: `
    SELECT w.booking_id FROM wanted w WHERE NOT EXISTS (
      SELECT FROM vehicle_holds h WHERE h.booking_id = w.booking_id AND h.vehicle_id = w.vehicle_id
        AND h.starts_at <= w.starts_at AND h.ends_at >= w.held_until)`,
  // One hold may be for two trips that touch: it begins with one and ends with one.
  other_car_held: `
    SELECT h.booking_id FROM vehicle_holds h JOIN live l ON l.id = h.booking_id
    WHERE NOT EXISTS (
      SELECT FROM wanted w
      WHERE w.booking_id = h.booking_id AND w.vehicle_id = h.vehicle_id AND w.starts_at = h.starts_at)
    OR NOT EXISTS (
      SELECT FROM wanted w
      WHERE w.booking_id = h.booking_id AND w.vehicle_id = h.vehicle_id AND w.held_until = h.ends_at)`,
  car_held_in_vain: `
    SELECT h.booking_id FROM vehicle_holds h
    WHERE h.booking_id IS NOT NULL AND h.booking_id NOT IN (SELECT id FROM live) AND h.booking_id <> ALL ($3::uuid[])`,
  // Two trips of one driver that were promised when drivers were not held yet: one of them holds nobody.
  driver_not_held: `
    SELECT d.booking_id FROM driving d WHERE NOT EXISTS (
      SELECT FROM driver_holds h WHERE h.person_id = d.person_id
        AND tstzrange(h.starts_at, h.ends_at, '[)') && tstzrange(d.starts_at, d.ends_at, '[)')
        AND (h.booking_id <> d.booking_id OR (h.starts_at <= d.starts_at AND h.ends_at >= d.ends_at)))`,
  driver_held_in_vain: `
    SELECT h.booking_id FROM driver_holds h WHERE h.booking_id <> ALL ($3::uuid[]) AND NOT EXISTS (
      SELECT FROM driving d WHERE d.booking_id = h.booking_id AND d.person_id = h.person_id AND d.starts_at = h.starts_at)`,
  nothing_open: `
    SELECT l.id FROM live l WHERE CASE l.matter
      WHEN 'pending_manager' THEN NOT EXISTS (SELECT FROM open_steps s WHERE s.booking_id = l.id AND s.kind = 'manager')
      WHEN 'pending_hr' THEN NOT EXISTS (SELECT FROM open_steps s WHERE s.booking_id = l.id AND s.kind = 'hr')
      WHEN 'changes_requested' THEN 'changes_requested' IS DISTINCT FROM (
        SELECT s.status FROM steps s WHERE s.booking_id = l.id ORDER BY s.round DESC, s.asked_at DESC, s.kind DESC LIMIT 1)
      ELSE false END`,
  step_left_open: `
    SELECT s.booking_id FROM open_steps s LEFT JOIN live l ON l.id = s.booking_id
    WHERE l.matter IS NULL OR l.matter NOT IN ('pending_manager', 'pending_hr')`,
  nobody_asked: `
    SELECT s.booking_id FROM open_steps s WHERE NOT EXISTS (SELECT FROM asked a WHERE a.step_id = s.id)`,
  never_due: `SELECT l.id FROM live l WHERE l.next_due_at IS NULL AND l.status <> 'in_use'`,
  // What is claimed is being seen to.
  long_overdue: `
    SELECT d.id FROM due d WHERE d.next_due_at < $1::timestamptz - interval '1 hour'
      AND (d.due_claimed_until IS NULL OR d.due_claimed_until <= now())`,
  not_told: `
    SELECT s.booking_id FROM asked a JOIN open_steps s ON s.id = a.step_id
    WHERE ${none('SELECT FROM notifications n WHERE n.step_id = s.id AND n.person_id = a.person_id')}`,
  no_card: `
    SELECT s.booking_id FROM asked a JOIN open_steps s ON s.id = a.step_id
    WHERE $2::boolean AND ${none(`
      SELECT FROM cards c WHERE c.booking_id = s.booking_id AND c.person_id = a.person_id
        AND c.kind = (CASE s.kind WHEN 'manager' THEN 'manager_approval' ELSE 'hr_approval' END)::card_kind`)}`,
  // An attempt that fails moves the next one on: what has been due for a day is not tried by anybody.
  not_sent: `
    SELECT e.booking_id FROM events e WHERE e.id = ANY (ARRAY(
      SELECT n.event_id FROM notifications n WHERE n.id = ANY (ARRAY(
        SELECT d.notification_id FROM deliveries d WHERE d.status = 'pending' AND d.due_at < now() - interval '1 day'))))`,
}

const UNDECIDED = `('pending_manager', 'pending_hr', 'changes_requested')`

/** One statement is one moment: what is written meanwhile is seen whole or not at all. */
const FIND = `
  WITH live AS MATERIALIZED (
    SELECT b.*, coalesce(b.change->>'status' IN ${UNDECIDED}, false) AS changing,
      CASE WHEN b.change->>'status' IN ${UNDECIDED} THEN b.change->>'status' ELSE b.status::text END AS matter
    FROM bookings b WHERE b.status IN ${LIVE} AND b.id <> ALL ($3::uuid[])
  ), wanted AS MATERIALIZED (
    SELECT id AS booking_id, vehicle_id, starts_at, ends_at + make_interval(mins => turnaround_minutes) AS held_until FROM live
    UNION ALL
    SELECT id, (change->'trip'->>'vehicleId')::uuid, (change->'trip'->'window'->>'startsAt')::timestamptz,
      (change->'trip'->'window'->>'endsAt')::timestamptz + make_interval(mins =>
        coalesce((change->'trip'->'turnaroundMinutes')::int, turnaround_minutes))
    FROM live WHERE changing
  ), driving AS MATERIALIZED (
    SELECT l.id AS booking_id, t.person_id, l.starts_at, l.ends_at
    FROM travellers t JOIN live l ON l.id = t.booking_id
    WHERE t.booking_id = ANY (ARRAY(SELECT id FROM live)) AND t.kind = 'driver' AND t.person_id IS NOT NULL
    UNION ALL
    SELECT l.id, t.person_id, (l.change->'trip'->'window'->>'startsAt')::timestamptz,
      (l.change->'trip'->'window'->>'endsAt')::timestamptz
    FROM live l CROSS JOIN jsonb_to_recordset(CASE WHEN l.changing THEN l.change->'trip'->'travellers' END)
      AS t(kind text, person_id uuid)
    WHERE t.kind = 'driver' AND t.person_id IS NOT NULL
  ), open_steps AS MATERIALIZED (
    SELECT * FROM steps WHERE status = 'open' AND booking_id <> ALL ($3::uuid[])
  ), asked AS MATERIALIZED (
    SELECT a.step_id, a.person_id FROM asks a JOIN people p ON p.id = a.person_id AND p.active
    WHERE a.ended_at IS NULL AND a.step_id = ANY (ARRAY(SELECT id FROM open_steps))
  ), due AS MATERIALIZED (
    SELECT b.id, b.next_due_at, b.due_claimed_until FROM bookings b
    WHERE b.next_due_at IS NOT NULL AND b.id <> ALL ($3::uuid[])
  ), found (booking_id, finding) AS (
    ${Object.entries(LOOKS)
      .map(([finding, look]) => `SELECT booking_id, '${finding}' FROM (${look}) AS it (booking_id)`)
      .join(' UNION ')}
  )
  SELECT found.booking_id AS "bookingId", (SELECT b.number FROM bookings b WHERE b.id = found.booking_id) AS number,
    found.finding, known.booking_id IS NULL AS "isNew"
  FROM found LEFT JOIN findings known ON known.booking_id = found.booking_id AND known.finding = found.finding
  ORDER BY number, found.finding`

/** All that does not fit together at this moment (`now` is business time), by the bookings' numbers. */
export async function findMisfits(sql: postgres.Sql, now: Date, hasChat: boolean): Promise<Misfit[]> {
  return sql.unsafe<Misfit[]>(FIND, [now, hasChat, await findUnreadable(sql)])
}

/** How many bookings are read at once. */
const BATCH = 100

/** Returns which live bookings cannot be read. Only a change of theirs can be the cause: columns and foreign keys keep the rest. */
async function findUnreadable(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql.unsafe<{ id: string }[]>(
    `SELECT id FROM bookings WHERE change IS NOT NULL AND status IN ${LIVE}`,
  )
  const unreadable: string[] = []
  for (let start = 0; start < rows.length; start += BATCH) {
    const ids = rows.slice(start, start + BATCH).map(({ id }) => id)
    await findBookings(sql, ids, ({ bookingId }) => unreadable.push(bookingId))
  }
  return unreadable
}
