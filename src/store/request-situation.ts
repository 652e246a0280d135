import type postgres from 'postgres'
import type { TripWindow } from '../core/booking/trip-window.ts'
import type { Vehicle } from '../core/fleet/vehicle.ts'
import type { Person } from '../core/people/person.ts'
import type { RequestQuery, RequestSituation } from '../core/ports.ts'

/** A row of `people p` joined with `sites s` as the core's Person. */
const PERSON = `jsonb_build_object(
  'id', p.id, 'email', p.email, 'name', p.name, 'role', p.role, 'department', p.department, 'managerId', p.manager_id,
  'timeZone', p.time_zone, 'active', p.active, 'site', jsonb_build_object('id', s.id, 'name', s.name, 'timeZone', s.time_zone),
  'lastSeen', (SELECT jsonb_build_object('platform', a.platform, 'timeZone', a.time_zone) FROM chat_accounts a
    WHERE a.person_id = p.id ORDER BY a.last_used_at DESC LIMIT 1))`

/** A row of `vehicles v` joined with `sites s` as the core's Vehicle. */
const VEHICLE = `jsonb_build_object(
  'id', v.id, 'name', v.name, 'type', v.type, 'seats', v.seats, 'licensePlate', v.license_plate,
  'turnaroundMinutes', v.turnaround_minutes,
  'site', jsonb_build_object('id', s.id, 'name', s.name, 'timeZone', s.time_zone))`

/**
 * The cars in service that are free in a window (`$1`, `$2`) and have the seats (`$3`). One scan of the index over windows
 * finds every hold that could matter (a car's own turnaround follows the window), instead of a probe for each car. The
 * holds are only what is live, so the past costs nothing.
 */
const FREE_VEHICLES = `
  WITH near AS MATERIALIZED (
    SELECT h.vehicle_id, h.starts_at FROM vehicle_holds h
    WHERE tstzrange(h.starts_at, h.ends_at, '[)') && tstzrange($1::timestamptz, $2::timestamptz
      + make_interval(mins => coalesce((SELECT max(turnaround_minutes) FROM vehicles), 0)), '[)')
  )
  SELECT ${VEHICLE} AS vehicle FROM vehicles v JOIN sites s ON s.id = v.site_id
  WHERE v.status = 'in_service' AND v.seats >= $3::int AND NOT EXISTS (
    SELECT FROM near WHERE near.vehicle_id = v.id
      AND near.starts_at < $2::timestamptz + make_interval(mins => v.turnaround_minutes))`

export async function freeVehicles(sql: postgres.Sql, window: TripWindow, seats: number): Promise<Vehicle[]> {
  const rows = await sql.unsafe<{ vehicle: Vehicle }[]>(FREE_VEHICLES, [window.startsAt, window.endsAt, seats], {
    prepare: true,
  })
  return rows.map((row) => row.vehicle)
}

/** What a request is judged by, but for the free cars: one statement, for requests come in bursts. */
const SITUATION = `
  SELECT
    (SELECT ${PERSON} FROM people p JOIN sites s ON s.id = p.site_id WHERE p.id = $1::uuid) AS requester,
    (SELECT ${PERSON} FROM people r JOIN people p ON p.id = r.manager_id JOIN sites s ON s.id = p.site_id
      WHERE r.id = $1::uuid) AS manager,
    (SELECT coalesce(jsonb_agg(${PERSON} ORDER BY p.name), '[]') FROM people p JOIN sites s ON s.id = p.site_id
      WHERE p.active AND p.role IN ('hr', 'admin')) AS deciders,
    (SELECT coalesce(jsonb_agg(${PERSON}), '[]') FROM people p JOIN sites s ON s.id = p.site_id
      WHERE p.active AND p.id = ANY($2::uuid[])) AS travellers,
    (SELECT ${VEHICLE} FROM vehicles v JOIN sites s ON s.id = v.site_id
      WHERE v.id = $3::uuid AND v.status = 'in_service') AS vehicle`

interface SituationRow {
  requester: Person | null
  manager: Person | null
  deciders: Person[]
  travellers: Person[]
  vehicle: Vehicle | null
}

export async function requestSituation(sql: postgres.Sql, query: RequestQuery): Promise<RequestSituation> {
  const [rows, free] = await Promise.all([
    sql.unsafe<SituationRow[]>(SITUATION, [query.requesterId, query.travellerIds, query.vehicleId], { prepare: true }),
    query.vehicleId === null ? freeVehicles(sql, query.window, query.passengers) : [],
  ])
  const [row] = rows
  if (!row) throw new Error('A SELECT without FROM gave no row')
  const withRole = (role: Person['role']) => row.deciders.filter((person) => person.role === role)
  return {
    requester: row.requester,
    deciders: { manager: row.manager, hr: withRole('hr'), admins: withRole('admin') },
    travellers: row.travellers,
    vehicle: row.vehicle,
    free,
  }
}
