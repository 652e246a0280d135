import type postgres from 'postgres'
import type { Change, CommitOutcome } from '../core/ports.ts'
import { findBusyDriver } from './busy-driver.ts'
import { toDocument } from './commit-document.ts'
import { RolledBack, replaceHolds } from './replace-holds.ts'

/**
 * A whole change is one statement: one round trip, one snapshot, all or nothing, and no lock is held while our process
 * thinks. `$1` is the change as JSON. Everything hangs on the CTE `booking`, which has a row only when the change may stand.
 */

/**
 * Who may do this, and whom a step asks, was decided by what the directory said when it was read. An import that changes that meanwhile waits for
 * this statement and then sees what it asks; one that came first leaves somebody other than expected, and nothing is written.
 */
const DIRECTORY = `
WITH as_read AS (
  SELECT p.id FROM people p
  WHERE p.id = ANY (ARRAY(SELECT (jsonb_array_elements($1::jsonb->'deciding')->>'id')::uuid))
    AND jsonb_build_object('id', p.id, 'role', p.role, 'managerId', p.manager_id, 'active', p.active,
      'awayVersion', p.away_version)
      = ANY (ARRAY(SELECT jsonb_array_elements($1::jsonb->'deciding')))
  -- An import writes in the same order.
  ORDER BY p.id FOR SHARE
), directory AS (
  SELECT (SELECT count(*) FROM as_read) = jsonb_array_length($1::jsonb->'deciding') AS stands
)`

/**
 * A new booking stands when its car and its drivers could be held: no row from `hold` means that the car is taken, one from
 * `busy` that a driver is driving then. Drivers who were free a moment ago and are not by now end the statement.
 */
const NEW_BOOKING = `${DIRECTORY}, busy AS (
  SELECT true AS busy FROM jsonb_to_recordset($1::jsonb->'driver_holds')
      AS w(person_id uuid, starts_at timestamptz, ends_at timestamptz)
    CROSS JOIN LATERAL (SELECT FROM driver_holds d WHERE d.person_id = w.person_id
      AND tstzrange(d.starts_at, d.ends_at, '[)') && tstzrange(w.starts_at, w.ends_at, '[)') LIMIT 1) d
  LIMIT 1
), hold AS (
  INSERT INTO vehicle_holds (vehicle_id, booking_id, starts_at, ends_at)
  SELECT v.id, b.id, h.starts_at, h.ends_at
  FROM jsonb_to_record($1::jsonb->'booking') AS b(id uuid, vehicle_id uuid, passengers int)
  CROSS JOIN jsonb_to_recordset($1::jsonb->'holds') AS h(starts_at timestamptz, ends_at timestamptz)
  JOIN vehicles v ON v.id = b.vehicle_id AND v.status = 'in_service' AND v.seats >= b.passengers
  WHERE (SELECT stands FROM directory) AND NOT EXISTS (SELECT FROM busy)
  ON CONFLICT ON CONSTRAINT vehicle_holds_no_overlap DO NOTHING
  RETURNING booking_id
), driving AS (
  -- In one order, for others insert the same drivers at the same time.
  INSERT INTO driver_holds (booking_id, person_id, starts_at, ends_at)
  SELECT hold.booking_id, w.person_id, w.starts_at, w.ends_at
  FROM hold CROSS JOIN jsonb_to_recordset($1::jsonb->'driver_holds')
    AS w(person_id uuid, starts_at timestamptz, ends_at timestamptz)
  ORDER BY w.person_id
  ON CONFLICT ON CONSTRAINT driver_holds_no_overlap DO NOTHING
  RETURNING person_id
), booking AS (
  INSERT INTO bookings (id, request_key, requester_id, vehicle_id, status, version, round, starts_at, ends_at, passengers,
    turnaround_minutes, destination, type, reason, details, created_at, changed_at, next_due_at)
  SELECT b.id, b.request_key, b.requester_id, b.vehicle_id, b.status, b.version, b.round, b.starts_at, b.ends_at,
    b.passengers, b.turnaround_minutes, b.destination, b.type, b.reason, b.details, b.changed_at, b.changed_at,
    b.next_due_at
  FROM hold JOIN jsonb_to_record($1::jsonb->'booking') AS b(id uuid, request_key text, requester_id uuid, vehicle_id uuid,
    status booking_status, version int, round int, starts_at timestamptz, ends_at timestamptz, passengers int,
    turnaround_minutes int, destination text, type booking_type, reason booking_reason, details text,
    changed_at timestamptz, next_due_at timestamptz)
    ON b.id = hold.booking_id
  WHERE CASE WHEN (SELECT count(*) FROM driving) = jsonb_array_length($1::jsonb->'driver_holds') THEN true
    ELSE refuse_busy_driver(hold.booking_id) END
  RETURNING id, number
), sent_off AS (
  -- What was a draft is a request now.
  DELETE FROM drafts USING booking WHERE drafts.request_key = $1::jsonb->'booking'->>'request_key'
    AND drafts.person_id = ($1::jsonb->'booking'->>'requester_id')::uuid
), unasked AS (
  -- Nobody was asked before.
  SELECT NULL::uuid AS person_id WHERE false
), behind AS (
  -- Nor has it a card.
  SELECT NULL::uuid AS id WHERE false
)`

/**
 * A booking that stands changes when it is still as expected: of two who press at once, the second finds no row. What was
 * asked and told before is found by array: the planner takes every list in the document for a hundred rows, and would
 * rather read a whole table.
 */
const CHANGED_BOOKING = `${DIRECTORY}, booking AS (
  UPDATE bookings SET status = b.status, version = b.version, round = b.round, vehicle_id = b.vehicle_id,
    starts_at = b.starts_at, ends_at = b.ends_at, passengers = b.passengers,
    turnaround_minutes = b.turnaround_minutes, destination = b.destination, type = b.type, reason = b.reason, details = b.details, change = nullif(b.change, 'null'), changed_at = b.changed_at,
    next_due_at = b.next_due_at, due_claimed_until = NULL
  FROM jsonb_to_record($1::jsonb->'booking') AS b(id uuid, status booking_status, version int, round int,
      vehicle_id uuid, starts_at timestamptz, ends_at timestamptz, passengers int, turnaround_minutes int,
      destination text, type booking_type, reason booking_reason, details text, change jsonb, changed_at timestamptz, next_due_at timestamptz)
    CROSS JOIN jsonb_to_record($1::jsonb->'expected') AS e(status booking_status, version int)
  WHERE bookings.id = b.id AND bookings.status = e.status AND bookings.version = e.version
    AND (SELECT stands FROM directory)
  RETURNING bookings.id, bookings.number
), released AS (
  DELETE FROM vehicle_holds USING booking
  WHERE vehicle_holds.booking_id = booking.id AND ($1::jsonb->'release')::boolean
), drivers_released AS (
  DELETE FROM driver_holds USING booking
  WHERE driver_holds.booking_id = booking.id AND ($1::jsonb->'release_drivers')::boolean
), travellers_left AS (
  DELETE FROM travellers USING booking
  WHERE travellers.booking_id = booking.id AND ($1::jsonb->'rewrites_travellers')::boolean
    AND travellers.position >= jsonb_array_length($1::jsonb->'travellers')
), busy AS (
  -- Drivers are held before, where they change.
  SELECT true AS busy WHERE false
), unasked AS (
  UPDATE asks SET ended_at = ($1::jsonb->'audit'->>'at')::timestamptz FROM booking
  WHERE asks.ended_at IS NULL AND asks.step_id = ANY (ARRAY(
    SELECT s.id FROM jsonb_to_recordset($1::jsonb->'steps') AS s(id uuid, status step_status) WHERE s.status = 'open'))
  AND NOT EXISTS (
    SELECT FROM jsonb_to_recordset($1::jsonb->'asks') AS a(step_id uuid, person_id uuid, on_behalf_of_id uuid)
    WHERE a.step_id = asks.step_id AND a.person_id = asks.person_id
      AND a.on_behalf_of_id IS NOT DISTINCT FROM asks.on_behalf_of_id)
  RETURNING asks.person_id
), superseded AS (
  UPDATE deliveries SET status = 'superseded', settled_at = now() FROM booking
  WHERE deliveries.settled_at IS NULL AND deliveries.notification_id = ANY (ARRAY(
    SELECT n.id FROM notifications n
    WHERE n.step_id = ANY (ARRAY(SELECT s.id FROM jsonb_to_recordset($1::jsonb->'steps') AS s(id uuid))) AND NOT EXISTS (
      SELECT FROM jsonb_to_recordset($1::jsonb->'asks') AS a(step_id uuid, person_id uuid)
      WHERE a.step_id = n.step_id AND a.person_id = n.person_id)
    UNION
    SELECT n.id FROM notifications n
    WHERE n.kind = ANY (ARRAY(SELECT jsonb_array_elements_text($1::jsonb->'overtaken')))
      AND n.event_id = ANY (ARRAY(SELECT e.id FROM events e
        WHERE $1::jsonb->'overtaken' <> '[]' AND e.booking_id = ($1::jsonb->'booking'->>'id')::uuid))))
), behind AS (
  UPDATE cards SET wanted_version = wanted_version + 1, due_at = now(), announce_id = coalesce((
      SELECT r.notification_id FROM jsonb_to_recordset($1::jsonb->'reposts')
        AS r(notification_id uuid, person_id uuid, platform chat_platform, kind card_kind)
      WHERE r.person_id = cards.person_id AND r.platform = cards.platform AND r.kind = cards.kind LIMIT 1), announce_id)
  FROM booking WHERE cards.booking_id = booking.id
  RETURNING cards.id
)`

/** What every change brings with it. Foreign keys are checked at the end of the statement, so the order is free. */
const CONSEQUENCES = `, travelling AS (
  INSERT INTO travellers (booking_id, position, kind, person_id, name)
  SELECT booking.id, t.position, t.kind, t.person_id, t.name FROM booking
  CROSS JOIN jsonb_to_recordset($1::jsonb->'travellers')
    AS t(position int, kind traveller_kind, person_id uuid, name text)
  ON CONFLICT (booking_id, position) DO UPDATE SET kind = excluded.kind, person_id = excluded.person_id,
    name = excluded.name
), stepped AS (
  INSERT INTO steps (id, booking_id, round, kind, status, asked_at, due_at, remind_at, escalated_at, overdue_at, closed_at,
    decided_by_id, comment, skip_reason)
  SELECT s.id, booking.id, s.round, s.kind, s.status, s.asked_at, s.due_at, s.remind_at, s.escalated_at, s.overdue_at, s.closed_at,
    s.decided_by_id, s.comment, s.skip_reason
  FROM booking CROSS JOIN jsonb_to_recordset($1::jsonb->'steps') AS s(id uuid, round int, kind step_kind,
    status step_status, asked_at timestamptz, due_at timestamptz, remind_at timestamptz, escalated_at timestamptz,
    overdue_at timestamptz, closed_at timestamptz, decided_by_id uuid, comment text, skip_reason text)
  ON CONFLICT (id) DO UPDATE SET status = excluded.status, asked_at = excluded.asked_at, due_at = excluded.due_at,
    remind_at = excluded.remind_at, escalated_at = excluded.escalated_at, overdue_at = excluded.overdue_at,
    closed_at = excluded.closed_at, decided_by_id = excluded.decided_by_id, comment = excluded.comment,
    skip_reason = excluded.skip_reason
), asked AS (
  INSERT INTO asks (step_id, person_id, on_behalf_of_id, asked_at)
  SELECT a.step_id, a.person_id, a.on_behalf_of_id, a.asked_at FROM booking
  CROSS JOIN jsonb_to_recordset($1::jsonb->'asks')
    AS a(step_id uuid, person_id uuid, on_behalf_of_id uuid, asked_at timestamptz)
  ON CONFLICT (step_id, person_id, on_behalf_of_id) DO UPDATE SET asked_at = excluded.asked_at, ended_at = NULL
    WHERE asks.ended_at IS NOT NULL
), happened AS (
  INSERT INTO events (id, booking_id, type, actor_id, at)
  SELECT e.id, booking.id, e.type, e.actor_id, e.at FROM booking
  CROSS JOIN jsonb_to_recordset($1::jsonb->'events') AS e(id uuid, type text, actor_id uuid, at timestamptz)
), notified AS (
  INSERT INTO notifications (id, event_id, person_id, step_id, kind, facts, created_at)
  SELECT n.id, n.event_id, n.person_id, n.step_id, n.kind, n.facts, n.created_at FROM booking
  CROSS JOIN jsonb_to_recordset($1::jsonb->'notifications') AS n(id uuid, event_id uuid, person_id uuid, step_id uuid,
    kind text, facts jsonb, created_at timestamptz)
), outbox AS (
  INSERT INTO deliveries (id, notification_id, channel)
  SELECT d.id, d.notification_id, d.channel FROM booking
  CROSS JOIN jsonb_to_recordset($1::jsonb->'deliveries') AS d(id uuid, notification_id uuid, channel delivery_channel)
), shown AS (
  -- In one order, for changes of other bookings touch the same Homes at the same time.
  SELECT c.id FROM cards c, booking
  WHERE c.kind = 'home' AND c.person_id = ANY (ARRAY(
    SELECT jsonb_array_elements_text($1::jsonb->'concerned')::uuid UNION SELECT person_id FROM unasked))
  ORDER BY c.id FOR UPDATE OF c
), homes AS (
  UPDATE cards SET wanted_version = wanted_version + 1, due_at = now() FROM shown WHERE cards.id = shown.id
  RETURNING cards.id
), wanted AS (
  INSERT INTO cards (booking_id, person_id, platform, kind)
  SELECT booking.id, c.person_id, c.platform, c.kind FROM booking
  CROSS JOIN jsonb_to_recordset($1::jsonb->'cards') AS c(person_id uuid, platform chat_platform, kind card_kind)
  WHERE (c.person_id, c.platform, c.kind) NOT IN (
    SELECT person_id, platform, kind FROM cards WHERE cards.booking_id = booking.id)
), audited AS (
  INSERT INTO audit_entries (at, actor_id, action, subject, subject_id, old_values, new_values)
  SELECT a.at, a.actor_id, a.action, 'booking', booking.id, a.old_values, a.new_values FROM booking
  CROSS JOIN jsonb_to_record($1::jsonb->'audit')
    AS a(at timestamptz, actor_id uuid, action text, old_values jsonb, new_values jsonb)
)
SELECT 'committed' AS kind, number, redraw_late_cards(id, ARRAY(
    SELECT jsonb_array_elements_text($1::jsonb->'concerned')::uuid UNION SELECT person_id FROM unasked),
  ARRAY(SELECT id FROM behind UNION ALL SELECT id FROM homes)) FROM booking
UNION ALL SELECT 'stale', NULL, NULL FROM directory WHERE NOT stands
UNION ALL SELECT 'driver_busy', NULL, NULL FROM busy`

/** The error with which a statement ends whose car could be held and whose driver could not. */
const DRIVER_BUSY = 'MP001'

/** Writes a change whole, or not at all. */
export async function commit(sql: postgres.Sql, change: Change): Promise<CommitOutcome> {
  const kind = await write(sql, change)
  if (typeof kind !== 'string') return { kind: 'committed', ...kind }
  if (kind !== 'driver_busy') return { kind }
  const wanted = change.driverHolds === 'keep' ? [] : change.driverHolds.filter(({ isNew }) => isNew)
  const driver = await findBusyDriver(sql, change.booking.id, wanted)
  // The booking that stood in the way has just ended.
  return driver ? { kind, driver } : { kind: 'stale' }
}

type Written = { number: number } | 'vehicle_taken' | 'driver_busy' | 'stale' | 'duplicate'

async function write(sql: postgres.Sql, change: Change): Promise<Written> {
  const { expected, holds, driverHolds } = change
  try {
    if (!expected) return (await run(sql, NEW_BOOKING, toDocument(change))) ?? 'vehicle_taken'
    if ([holds, driverHolds].every((held) => held === 'keep' || held.length === 0)) {
      return (await run(sql, CHANGED_BOOKING, toDocument(change))) ?? 'stale'
    }
    return await sql.begin(async (tx) => {
      await replaceHolds(tx, change)
      const document = { ...toDocument(change), release: false, release_drivers: false }
      const written = await run(tx, CHANGED_BOOKING, document)
      if (written === null || typeof written === 'string') throw new RolledBack('stale')
      return written
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.kind
    if (isDuplicateRequest(error)) return 'duplicate'
    if ((error as { code?: unknown }).code === DRIVER_BUSY) return 'driver_busy'
    throw error
  }
}

async function run(
  sql: postgres.Sql | postgres.TransactionSql,
  statement: string,
  document: ReturnType<typeof toDocument>,
): Promise<{ number: number } | 'stale' | 'driver_busy' | null> {
  const [row] = await sql.unsafe<Row[]>(statement + CONSEQUENCES, [sql.json(document)], { prepare: true })
  if (!row) return null
  return row.kind === 'committed' ? { number: row.number } : row.kind
}

type Row = { kind: 'committed'; number: number } | { kind: 'stale' | 'driver_busy'; number: null }

function isDuplicateRequest(error: unknown): boolean {
  const { code, constraint_name } = error as { code?: unknown; constraint_name?: unknown }
  return code === '23505' && constraint_name === 'bookings_request_key_key'
}
