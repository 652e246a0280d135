import type postgres from 'postgres'
import type { NoticeFacts } from '../../../src/core/notification/notice.ts'
import type { LargeCompany } from './grow-company.ts'

/** Everything that grows with each booking. */
export const GROWING = [
  'bookings',
  'travellers',
  'steps',
  'asks',
  'events',
  'notifications',
  'deliveries',
  'cards',
  'audit_entries',
] as const

/** The first employee asks for a car for everybody in this many bookings. */
const DISPATCHED = 50

/**
 * One booking in each row: who asked, who decided, with which car and when. The ids of what belongs to it are hashes, as
 * scattered as random ones, so that each table is filled by a statement of its own.
 */
const TRIPS = `
  SELECT n, md5('booking ' || n)::uuid AS id, md5('manager step ' || n)::uuid AS manager_step,
    md5('hr step ' || n)::uuid AS hr_step, ($3::uuid[])[e] AS requester, ($4::uuid[])[e] AS manager,
    ($5::uuid[])[1 + n % cardinality($5::uuid[])] AS decider, ($6::uuid[])[1 + n % cardinality($6::uuid[])] AS car,
    ($3::uuid[])[1 + (n * 7) % cardinality($3::uuid[])] AS companion, $5::uuid[] AS hr,
    date_trunc('minute', now()) - interval '2 days' - n * interval '150 seconds' AS starts_at, n % 25 AS fate
  FROM generate_series($1::int, $2::int) n
  CROSS JOIN LATERAL (SELECT CASE WHEN n % ${DISPATCHED} = 0 THEN 1 ELSE 1 + n % cardinality($3::uuid[]) END AS e) person`

const STATUS = `(CASE fate WHEN 0 THEN 'rejected' WHEN 1 THEN 'cancelled' WHEN 2 THEN 'expired' ELSE 'completed' END)::booking_status`
const EVENT = `md5(event || ' ' || n)::uuid`
const NOTICE = `md5('notice ' || nth || ' ' || n)::uuid`

/** Six notices of each: two to the requester, one to the manager, and three to HR. */
const NOTICES = `
  CROSS JOIN LATERAL (VALUES
    (1, requester, 'booking_requested', 'requested', NULL::uuid), (2, requester, 'booking_approved', 'approved', NULL::uuid),
    (3, manager, 'approval_needed', 'requested', manager_step),
    (4, hr[1], 'approval_needed', 'decided', hr_step), (5, hr[2], 'approval_needed', 'decided', hr_step),
    (6, hr[3], 'approval_needed', 'decided', hr_step)
  ) AS notice (nth, person, kind, event, step)`

const INSERTS = [
  `INSERT INTO bookings (id, request_key, requester_id, vehicle_id, status, version, starts_at, ends_at, passengers,
     destination, type, reason, created_at, changed_at)
   SELECT id, 'past ' || n, requester, car, ${STATUS}, 4, starts_at, starts_at + interval '6 hours', 2, 'Hamburg',
     'business_trip', 'client_meeting', starts_at - interval '3 days', starts_at + interval '6 hours' FROM trips`,
  `INSERT INTO travellers (booking_id, position, kind, person_id)
   SELECT id, 0, 'driver'::traveller_kind, requester FROM trips
   UNION ALL SELECT id, 1, 'companion', companion FROM trips WHERE n % 2 = 0`,
  `INSERT INTO steps (id, booking_id, round, kind, status, asked_at, due_at, closed_at, decided_by_id)
   SELECT manager_step, id, 1, 'manager'::step_kind, 'approved'::step_status, starts_at - interval '3 days',
     starts_at - interval '2 days', starts_at - interval '60 hours', manager FROM trips
   UNION ALL SELECT hr_step, id, 1, 'hr', CASE fate WHEN 0 THEN 'rejected' ELSE 'approved' END::step_status,
     starts_at - interval '60 hours', starts_at - interval '1 day', starts_at - interval '40 hours', decider FROM trips`,
  `INSERT INTO asks (step_id, person_id, asked_at)
   SELECT manager_step, manager, starts_at - interval '3 days' FROM trips
   UNION ALL SELECT hr_step, unnest(hr), starts_at - interval '60 hours' FROM trips`,
  `INSERT INTO events (id, booking_id, type, actor_id, at)
   SELECT ${EVENT}, id, 'booking.' || event, actor, starts_at - before FROM trips CROSS JOIN LATERAL (VALUES
     ('requested', requester, interval '3 days'), ('decided', manager, interval '60 hours'),
     ('approved', decider, interval '40 hours'), ('completed', NULL, interval '-6 hours')) AS happened (event, actor, before)`,
  `INSERT INTO notifications (id, event_id, person_id, step_id, kind, facts, created_at, read_at)
   SELECT ${NOTICE}, ${EVENT}, person, step, kind, CASE kind WHEN 'booking_approved' THEN $7::jsonb ELSE '{}' END,
     starts_at - interval '2 days', CASE n % 3 WHEN 0 THEN starts_at END FROM trips ${NOTICES}`,
  `INSERT INTO deliveries (id, notification_id, channel, status, attempt, due_at, external_id, settled_at)
   SELECT md5('delivery ' || nth || ' ' || n)::uuid, ${NOTICE},
     CASE WHEN nth % 2 = 0 THEN 'slack' ELSE 'email' END::delivery_channel, 'sent', 1, starts_at - interval '2 days',
     'D' || n || ':' || nth, starts_at - interval '2 days' FROM trips ${NOTICES}`,
  `INSERT INTO cards (booking_id, person_id, platform, kind, external_id, wanted_version, drawn_version, due_at)
   SELECT id, person, 'slack'::chat_platform, kind::card_kind, 'D' || person || ':' || n, 4, 4, starts_at FROM trips
   CROSS JOIN LATERAL (VALUES (requester, 'request'), (manager, 'manager_approval'), (hr[1], 'hr_approval'),
     (hr[2], 'hr_approval'), (hr[3], 'hr_approval')) AS card (person, kind)`,
  `INSERT INTO audit_entries (at, actor_id, action, subject, subject_id)
   SELECT starts_at - interval '3 days', requester, 'booking.' || action, 'booking', id
   FROM trips, unnest('{requested,decided,approved}'::text[]) AS action`,
]

/**
 * Adds the bookings numbered `from` to `to`: long over, decided by two people, told to six and shown on five cards. No index
 * is kept up meanwhile and no foreign key is checked: the indexes are built afterwards.
 */
export async function addPast(sql: postgres.Sql, company: LargeCompany, from: number, to: number): Promise<void> {
  const { employees, managers, hr, cars } = company
  const connection = await sql.reserve()
  try {
    await connection`SET session_replication_role = replica`
    await connection`SET synchronous_commit = off`
    await connection`SET maintenance_work_mem = '512MB'`
    await connection`UPDATE pg_index SET indisready = false WHERE indrelid = ANY (${[...GROWING]}::text[]::regclass[])`
    const parameters = [from, to, employees, managers, hr, cars, connection.json(FACTS)]
    for (const insert of INSERTS) {
      // Parameters that a statement does not use would have no type.
      const typed = `typed AS (SELECT $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::jsonb)`
      await connection.unsafe(`WITH ${typed}, trips AS (${TRIPS}) ${insert}`, parameters)
    }
    for (const table of GROWING) {
      await connection`REINDEX TABLE ${connection(table)}`
      await connection`VACUUM ANALYZE ${connection(table)}`
    }
    await connection`RESET ALL`
  } finally {
    connection.release()
  }
}

const FACTS: NoticeFacts = {
  bookingId: '00000000-0000-4000-8000-000000000000',
  requesterName: 'Employee 1',
  requesterDepartment: 'Sales',
  vehicle: { name: 'Car 1', licensePlate: 'B-XL 1', seats: 5, siteName: 'Berlin', siteTimeZone: 'Europe/Berlin' },
  startsAt: '2020-01-01T08:00:00.000Z',
  endsAt: '2020-01-01T14:00:00.000Z',
  destination: 'Hamburg',
  type: 'business_trip',
  reason: 'client_meeting',
  details: '',
  passengers: 2,
  travellers: [{ kind: 'driver', name: 'Employee 1' }],
  waitingFor: [],
  dueAt: null,
  sequence: 3,
  actorName: 'Decider 1',
  comment: null,
  wasApproved: true,
}
