import { addHours } from 'date-fns'
import type postgres from 'postgres'
import { createChoices } from '../../src/store/choices.ts'
import { CARS, openBenchCompany } from './bench-company.ts'
import type { BenchServer } from './bench-server.ts'
import { type Figure, type Measurement, milliseconds, percentile } from './figure.ts'

const LIVE = 100_000
const PAST = 1_000_000
const CALLS = 1000
/** Milliseconds. */
const GOAL = 5

/** "Which of 200 cars are free?", as the form asks it: among what is live, and the same after ten years. */
export const freeCars: Measurement = {
  name: 'free-cars',
  measure: async (server: BenchServer) => {
    const { database } = await openBenchCompany(await server.createDatabase())
    const choices = createChoices(database)
    const days = LIVE / CARS
    const ask = async () => {
      const startsAt = addHours(new Date().setUTCHours(8, 0, 0, 0), 24 * Math.floor(2 + Math.random() * (days - 4)))
      await choices.freeVehicles({ startsAt, endsAt: addHours(startsAt, 8) }, 2)
    }
    try {
      await addLive(database.sql)
      await database.sql`VACUUM ANALYZE`
      const without = await timed(ask)
      await addPast(database.sql)
      await database.sql`VACUUM ANALYZE`
      const withPast = await timed(ask)
      const live = `free cars of ${CARS}, ${LIVE.toLocaleString('en')} live holds`
      return [figure(live, without), figure(`… and ${PAST.toLocaleString('en')} past bookings`, withPast)]
    } finally {
      await database.close()
    }
  },
}

function figure(name: string, times: number[]): Figure {
  const slow = percentile(times, 0.95)
  return {
    figure: name,
    goal: `p95 < ${GOAL} ms`,
    measured: `${milliseconds(slow)} (median ${milliseconds(percentile(times, 0.5))})`,
    met: slow < GOAL,
  }
}

async function timed(act: () => Promise<void>): Promise<number[]> {
  for (let call = 0; call < 50; call++) await act()
  const times: number[] = []
  for (let call = 0; call < CALLS; call++) {
    const start = performance.now()
    await act()
    times.push(performance.now() - start)
  }
  return times
}

/** Each car once a day, for six hours that begin somewhere between midnight and 18:00. */
async function addLive(sql: postgres.Sql): Promise<void> {
  await sql`
    WITH trips AS (
      SELECT gen_random_uuid() AS id, v.id AS vehicle_id,
        date_trunc('day', now()) + make_interval(days => day, hours => (abs(hashtext(v.id::text || day)) % 18)) AS starts_at
      FROM vehicles v, generate_series(1, ${LIVE / CARS}::int) day
    ), booked AS (
      INSERT INTO bookings (id, request_key, requester_id, vehicle_id, status, starts_at, ends_at, passengers,
        destination, type, reason, created_at, changed_at)
      SELECT id, id, (SELECT id FROM people LIMIT 1), vehicle_id, 'approved', starts_at,
        starts_at + interval '6 hours', 2, 'Hamburg', 'business_trip', 'client_meeting', now(), now() FROM trips
    )
    INSERT INTO vehicle_holds (vehicle_id, booking_id, starts_at, ends_at)
    SELECT vehicle_id, id, starts_at, starts_at + interval '6 hours' FROM trips`
}

async function addPast(sql: postgres.Sql): Promise<void> {
  await sql`
    INSERT INTO bookings (id, request_key, requester_id, vehicle_id, status, starts_at, ends_at, passengers,
      destination, type, reason, created_at, changed_at)
    SELECT gen_random_uuid(), v.id || ' ' || n, (SELECT id FROM people LIMIT 1), v.id, 'completed',
      now() - make_interval(hours => 17 * n), now() - make_interval(hours => 17 * n - 8), 2, 'Hamburg', 'business_trip',
      'client_meeting', now(), now()
    FROM vehicles v, generate_series(1, ${PAST / CARS}::int) n`
}
