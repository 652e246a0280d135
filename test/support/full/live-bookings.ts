import type postgres from 'postgres'
import type { LargeCompany } from './grow-company.ts'

/**
 * Adds so many bookings that are live: each car once a day from tomorrow on, a quarter waiting for a manager, a quarter for
 * HR, and half of them approved.
 */
export async function addLive(sql: postgres.Sql, company: LargeCompany, count: number): Promise<void> {
  const { employees, managers, hr, cars } = company
  await sql.unsafe(ADD, [count, employees, managers, hr, cars])
  await sql`ANALYZE`
}

const ADD = `
  WITH trips AS MATERIALIZED (
    SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS step, gen_random_uuid() AS event,
      ($2::uuid[])[1 + n % cardinality($2::uuid[])] AS requester, ($3::uuid[])[1 + n % cardinality($3::uuid[])] AS manager,
      $4::uuid[] AS hr, ($5::uuid[])[1 + n % cardinality($5::uuid[])] AS car,
      (CASE n % 4 WHEN 0 THEN 'pending_manager' WHEN 1 THEN 'pending_hr' ELSE 'approved' END)::booking_status AS status,
      date_trunc('hour', now()) + make_interval(days => 2 + n / cardinality($5::uuid[])) AS starts_at
    FROM generate_series(0, $1::int - 1) n
  ), booked AS (
    INSERT INTO bookings (id, request_key, requester_id, vehicle_id, status, starts_at, ends_at, passengers, destination,
      type, reason, created_at, changed_at, next_due_at)
    SELECT id, id, requester, car, status, starts_at, starts_at + interval '6 hours', 2, 'Hamburg', 'business_trip',
      'client_meeting', now(), now(), starts_at - interval '3 hours' FROM trips
  ), held AS (
    INSERT INTO vehicle_holds (vehicle_id, booking_id, starts_at, ends_at)
    SELECT car, id, starts_at, starts_at + interval '6 hours' FROM trips
  ), driven AS (
    INSERT INTO travellers (booking_id, position, kind, person_id) SELECT id, 0, 'driver'::traveller_kind, requester FROM trips
  ), stepped AS (
    INSERT INTO steps (id, booking_id, round, kind, status, asked_at, due_at, closed_at, decided_by_id)
    SELECT step, id, 1, (CASE status WHEN 'pending_manager' THEN 'manager' ELSE 'hr' END)::step_kind,
      (CASE status WHEN 'approved' THEN 'approved' ELSE 'open' END)::step_status, now(), starts_at - interval '3 hours',
      CASE status WHEN 'approved' THEN now() END, CASE status WHEN 'approved' THEN hr[1] END FROM trips
  ), asked AS (
    INSERT INTO asks (step_id, person_id, asked_at)
    SELECT step, person, now() FROM trips
    CROSS JOIN LATERAL unnest(CASE status WHEN 'pending_manager' THEN ARRAY[manager] ELSE hr END) AS person
  ), happened AS (
    INSERT INTO events (id, booking_id, type, actor_id, at) SELECT event, id, 'booking.requested', requester, now() FROM trips
  ), told AS (
    INSERT INTO notifications (id, event_id, person_id, step_id, kind, facts, created_at)
    SELECT gen_random_uuid(), event, person, step, 'approval_needed', '{}', now() FROM trips
    CROSS JOIN LATERAL unnest(CASE status WHEN 'pending_manager' THEN ARRAY[manager] ELSE hr END) AS person
    RETURNING id
  ), sent AS (
    INSERT INTO deliveries (id, notification_id, channel, status, settled_at)
    SELECT gen_random_uuid(), id, 'email', 'sent', now() FROM told
  )
  INSERT INTO cards (booking_id, person_id, platform, kind, external_id, drawn_version)
  SELECT id, requester, 'slack'::chat_platform, 'request'::card_kind, 'live ' || n, 1 FROM trips
  UNION ALL SELECT trips.id, person, 'slack', 'manager_approval', 'live ' || n || person, 1
  FROM trips CROSS JOIN LATERAL unnest(ARRAY[manager]) AS person WHERE status = 'pending_manager'
  UNION ALL SELECT trips.id, person, 'slack', 'hr_approval', 'live ' || n || person, 1
  FROM trips CROSS JOIN LATERAL unnest(hr) AS person WHERE status <> 'pending_manager'`
