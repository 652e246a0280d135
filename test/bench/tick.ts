import type postgres from 'postgres'
import { bookingsDue } from '../../src/jobs/bookings-due.ts'
import { createDueBookings } from '../../src/store/due-bookings.ts'
import { CARS, openBenchCompany } from './bench-company.ts'
import type { BenchServer } from './bench-server.ts'
import { type Figure, type Measurement, milliseconds, percentile } from './figure.ts'

const OPEN = 100_000
const DUE = 1000
const WARM_UP = 300
const ROUNDS = 3
const IDLE_TICKS = 100
/** Milliseconds. */
const GOAL = 2000
const IDLE_GOAL = 20

/** What one tick costs while 100,000 requests wait: with a thousand of them overdue, and with none. */
export const tick: Measurement = {
  name: 'tick',
  measure: async (server: BenchServer) => {
    const { database, deps } = await openBenchCompany(await server.createDatabase())
    const quiet = { error: () => {} }
    const job = bookingsDue(deps, createDueBookings(database.sql), { isAnswering: () => false, log: quiet })
    const run = async () => {
      const start = performance.now()
      await job.run(new Date(), new AbortController().signal)
      return performance.now() - start
    }
    const escalated = async () =>
      (await database.sql`SELECT count(*)::int AS count FROM events WHERE type = 'step.escalated'`)[0]?.count
    try {
      await addOpen(database.sql)
      await database.sql`VACUUM ANALYZE`
      // A service that runs has its connections, and their plans.
      await makeDue(database.sql, WARM_UP)
      await run()
      const busy: number[] = []
      for (let round = 0; round < ROUNDS; round++) {
        await makeDue(database.sql, DUE)
        busy.push(await run())
      }
      const expected = WARM_UP + ROUNDS * DUE
      if ((await escalated()) !== expected) throw new Error(`${await escalated()} steps went on, not ${expected}`)
      const idle: number[] = []
      for (let look = 0; look < IDLE_TICKS; look++) idle.push(await run())
      return [
        figure(
          `a tick, ${DUE.toLocaleString('en')} of ${OPEN.toLocaleString('en')} open steps overdue`,
          percentile(busy, 0.5),
          GOAL,
        ),
        figure('… with none due, p95', percentile(idle, 0.95), IDLE_GOAL),
      ]
    } finally {
      await database.close()
    }
  },
}

function figure(name: string, measured: number, goal: number): Figure {
  return { figure: name, goal: `< ${milliseconds(goal)}`, measured: milliseconds(measured), met: measured < goal }
}

/** Each car once a day, from two days ahead on: all of Mara's to decide, whose manager is Aydin. */
async function addOpen(sql: postgres.Sql): Promise<void> {
  await sql`UPDATE people SET manager_id = (SELECT id FROM people WHERE name LIKE 'Aydin %') WHERE name LIKE 'Mara %'`
  await sql`
    WITH mara AS (
      SELECT id FROM people WHERE name LIKE 'Mara %'
    ), employees AS (
      SELECT id, row_number() OVER () - 1 AS n, count(*) OVER () AS of FROM people WHERE name LIKE 'Employee %'
    ), trips AS MATERIALIZED (
      SELECT gen_random_uuid() AS id, gen_random_uuid() AS step_id, gen_random_uuid() AS event_id,
        gen_random_uuid() AS notice_id, v.id AS vehicle_id, e.id AS requester_id,
        date_trunc('hour', now()) + make_interval(days => day + 2) AS starts_at
      FROM (SELECT id, row_number() OVER () AS n FROM vehicles) v
      CROSS JOIN generate_series(1, ${OPEN / CARS}::int) day JOIN employees e ON e.n = (v.n + day) % e.of
    ), booked AS (
      INSERT INTO bookings (id, request_key, requester_id, vehicle_id, status, starts_at, ends_at, passengers,
        destination, type, reason, created_at, changed_at, next_due_at)
      SELECT id, id, requester_id, vehicle_id, 'pending_manager', starts_at, starts_at + interval '6 hours', 2, 'Hamburg',
        'business_trip', 'client_meeting', now(), now(), now() + interval '20 hours' FROM trips
    ), held AS (
      INSERT INTO vehicle_holds (vehicle_id, booking_id, starts_at, ends_at)
      SELECT vehicle_id, id, starts_at, starts_at + interval '6 hours' FROM trips
    ), driven AS (
      INSERT INTO travellers (booking_id, position, kind, person_id) SELECT id, 0, 'driver'::traveller_kind, requester_id FROM trips
    ), stepped AS (
      INSERT INTO steps (id, booking_id, round, kind, status, asked_at, due_at)
      SELECT step_id, id, 1, 'manager', 'open', now() - interval '4 hours', now() + interval '20 hours' FROM trips
    ), asked AS (
      INSERT INTO asks (step_id, person_id, asked_at) SELECT step_id, mara.id, now() FROM trips, mara
    ), happened AS (
      INSERT INTO events (id, booking_id, type, actor_id, at)
      SELECT event_id, id, 'booking.requested', requester_id, now() FROM trips
    ), told AS (
      INSERT INTO notifications (id, event_id, person_id, step_id, kind, facts, created_at)
      SELECT notice_id, event_id, mara.id, step_id, 'approval_needed', '{}', now() FROM trips, mara
    ), sent AS (
      INSERT INTO deliveries (id, notification_id, channel, status, settled_at)
      SELECT gen_random_uuid(), notice_id, 'email', 'sent', now() FROM trips
    )
    INSERT INTO cards (booking_id, person_id, platform, kind, drawn_version)
    SELECT id, requester_id, 'slack'::chat_platform, 'request'::card_kind, 1 FROM trips
    UNION ALL SELECT trips.id, mara.id, 'slack'::chat_platform, 'manager_approval'::card_kind, 1 FROM trips, mara`
}

/** So many requests, of all kinds of days, have been waiting for too long. */
async function makeDue(sql: postgres.Sql, count: number): Promise<void> {
  await sql`
    WITH late AS (
      SELECT id FROM bookings WHERE next_due_at > now() AND version = 1 ORDER BY id LIMIT ${count}
    ), steps AS (
      UPDATE steps SET due_at = now() - interval '1 minute' FROM late
      WHERE steps.booking_id = late.id AND steps.status = 'open' AND steps.escalated_at IS NULL
    )
    UPDATE bookings SET next_due_at = now() - interval '1 minute' FROM late WHERE bookings.id = late.id`
}
