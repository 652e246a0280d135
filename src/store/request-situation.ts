import type postgres from 'postgres'
import type { Deciders } from '../core/approval/approvers.ts'
import type { TripWindow } from '../core/booking/trip-window.ts'
import type { Vehicle } from '../core/fleet/vehicle.ts'
import type { Person } from '../core/people/person.ts'
import type { RequestQuery, RequestSituation } from '../core/ports.ts'
import { ABSENCE, ABSENCES_BEHIND, type AbsenceDocument, toAbsence } from './absence-document.ts'
import { PERSON, personOf, VEHICLE } from './documents.ts'

/**
 * The cars in service that are free in a window (`$1`, `$2`) and have the seats (`$3`). One scan of the index over windows
 * finds every hold that could matter (a car's own turnaround follows the window), instead of a probe for each car. The
 * holds are only what is live, so the past costs nothing. `own`: the cars that a booking has, with what it was promised.
 */
const freeVehiclesQuery = (own: string, notHeld: string) => `
  WITH own (vehicle_id, turnaround_minutes, passengers) AS (${own}), near AS MATERIALIZED (
    SELECT h.vehicle_id, h.starts_at FROM vehicle_holds h
    WHERE tstzrange(h.starts_at, h.ends_at, '[)') && tstzrange($1::timestamptz, $2::timestamptz
      + make_interval(mins => greatest(0, (SELECT max(turnaround_minutes) FROM vehicles),
        (SELECT max(turnaround_minutes) FROM own))), '[)')
      ${notHeld}
  )
  SELECT ${VEHICLE} AS vehicle FROM vehicles v JOIN sites s ON s.id = v.site_id LEFT JOIN own ON own.vehicle_id = v.id
  WHERE (v.status = 'in_service' OR own.vehicle_id IS NOT NULL) AND greatest(v.seats, own.passengers) >= $3::int
    AND NOT EXISTS (
    SELECT FROM near WHERE near.vehicle_id = v.id AND near.starts_at < $2::timestamptz
      + make_interval(mins => coalesce(own.turnaround_minutes, v.turnaround_minutes)))`

const FREE_VEHICLES = freeVehiclesQuery('SELECT NULL::uuid, NULL::int, NULL::int WHERE false', '')

/** What the booking `$4` holds is free for it, as are the cars it has, whatever became of them since. */
const FREE_FOR_BOOKING = freeVehiclesQuery(
  `SELECT DISTINCT ON (trip.vehicle_id) trip.* FROM (
      SELECT (change->'trip'->>'vehicleId')::uuid AS vehicle_id,
        coalesce((change->'trip'->'turnaroundMinutes')::int, turnaround_minutes) AS turnaround_minutes,
        (change->'trip'->'passengers')::int AS passengers
      FROM bookings
      WHERE id = $4::uuid AND change->>'status' IN ('pending_manager', 'pending_hr', 'changes_requested')
      UNION ALL SELECT vehicle_id, turnaround_minutes, passengers FROM bookings WHERE id = $4::uuid
    ) trip`,
  'AND h.booking_id IS DISTINCT FROM $4::uuid',
)

export async function freeVehicles(
  sql: postgres.Sql,
  { startsAt, endsAt }: TripWindow,
  seats: number,
  forBookingId: string | null = null,
): Promise<Vehicle[]> {
  const [query, parameters] =
    forBookingId === null
      ? [FREE_VEHICLES, [startsAt, endsAt, seats]]
      : [FREE_FOR_BOOKING, [startsAt, endsAt, seats, forBookingId]]
  const rows = await sql.unsafe<{ vehicle: Vehicle }[]>(query, parameters, { prepare: true })
  return rows.map((row) => row.vehicle)
}

/** Whom `person` may have to ask: their manager, who is above them, and those who may decide last. */
const mayBeAskedBy = (person: string) => `
  SELECT m.id FROM people r JOIN people m ON m.id = r.manager_id WHERE r.id = ${person}
  UNION SELECT m.manager_id FROM people r JOIN people m ON m.id = r.manager_id WHERE r.id = ${person}
  UNION SELECT id FROM people WHERE active AND role IN ('hr', 'admin')`

/** Who may decide what `person` asks for: four columns. Who is away is few, and so are those who stand in for them. */
export const decidersFor = (person: string) => `
  (SELECT ${PERSON} FROM people r JOIN people p ON p.id = r.manager_id JOIN sites s ON s.id = p.site_id
    WHERE r.id = ${person}) AS manager,
  (SELECT ${PERSON} FROM people r JOIN people m ON m.id = r.manager_id JOIN people p ON p.id = m.manager_id
    JOIN sites s ON s.id = p.site_id WHERE r.id = ${person}) AS above,
  (SELECT coalesce(json_agg(${PERSON} ORDER BY p.name), '[]') FROM people p JOIN sites s ON s.id = p.site_id
    WHERE p.active AND p.role IN ('hr', 'admin')) AS "hrAndAdmins",
  (WITH RECURSIVE away AS (
      SELECT a.* FROM absences a WHERE a.person_id = ANY (ARRAY(${mayBeAskedBy(person)}))
      UNION ${ABSENCES_BEHIND}
    )
    SELECT coalesce(json_agg(${ABSENCE}), '[]') FROM away a) AS absences`

export interface DecidersDocument {
  manager: Person | null
  above: Person | null
  hrAndAdmins: Person[]
  absences: AbsenceDocument[]
}

export function toDeciders({ manager, above, hrAndAdmins, absences }: DecidersDocument): Deciders {
  const withRole = (role: Person['role']) => hrAndAdmins.filter((person) => person.role === role)
  return { manager, above, hr: withRole('hr'), admins: withRole('admin'), absences: absences.map(toAbsence) }
}

/** What a request is judged by, but for the free cars: one statement, for requests come in bursts. */
const SITUATION = `
  SELECT ${personOf('$1::uuid')} AS requester, ${decidersFor('$1::uuid')},
    (SELECT coalesce(json_agg(${PERSON}), '[]') FROM people p JOIN sites s ON s.id = p.site_id
      WHERE p.active AND p.id = ANY($2::uuid[])) AS travellers,
    (SELECT ${VEHICLE} FROM vehicles v JOIN sites s ON s.id = v.site_id
      WHERE v.id = $3::uuid AND v.status = 'in_service') AS vehicle`

interface SituationDocument extends DecidersDocument {
  requester: Person | null
  travellers: Person[]
  vehicle: Vehicle | null
}

export async function requestSituation(sql: postgres.Sql, query: RequestQuery): Promise<RequestSituation> {
  const { requesterId, travellerIds, vehicleId } = query
  const [rows, free] = await Promise.all([
    sql.unsafe<SituationDocument[]>(SITUATION, [requesterId, travellerIds, vehicleId], { prepare: true }),
    vehicleId === null ? freeVehicles(sql, query.window, query.passengers) : [],
  ])
  const [row] = rows
  if (!row) throw new Error('A SELECT without FROM gave no row')
  const { requester, travellers, vehicle } = row
  return { requester, deciders: toDeciders(row), travellers, vehicle, free }
}
