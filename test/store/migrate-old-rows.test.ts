import { readdir, readFile } from 'node:fs/promises'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url)
const UNDECIDED = 'pending_manager'

/** Applies what comes before this migration, runs `fill`, and then applies the migration itself. */
async function migrateFilled(sql: postgres.Sql, name: string, fill: () => Promise<unknown>): Promise<void> {
  const names = (await readdir(MIGRATIONS)).filter((entry) => /^\d/.test(entry)).sort()
  const apply = async (migration: string) =>
    sql.unsafe(await readFile(new URL(`${migration}/migration.sql`, MIGRATIONS), 'utf8'))
  for (const before of names.slice(0, names.indexOf(name))) await apply(before)
  await fill()
  await apply(name)
}

describe('a migration of a database in use', () => {
  let testDatabase: TestDatabase
  let sql: postgres.Sql
  beforeEach(async () => {
    testDatabase = await createTestDatabase()
    sql = postgres(testDatabase.url, { max: 1, onnotice: () => undefined })
    await sql`DROP SCHEMA public CASCADE`
    await sql`CREATE SCHEMA public`
  })
  afterEach(async () => {
    await sql.end()
    await testDatabase.drop()
  })

  const at = (hour: number) => `2030-03-04T${String(hour).padStart(2, '0')}:00:00.000Z`

  async function company() {
    const [site] = await sql`INSERT INTO sites (name, time_zone) VALUES ('Berlin', 'Europe/Berlin') RETURNING id`
    const [anna] = await sql`
      INSERT INTO people (name, email, site_id) VALUES ('Anna', 'anna@example.com', ${site?.id}) RETURNING id`
    const [ben] = await sql`
      INSERT INTO people (name, email, site_id) VALUES ('Ben', 'ben@example.com', ${site?.id}) RETURNING id`
    const cars = await sql`
      INSERT INTO vehicles (name, seats, license_plate, site_id, turnaround_minutes)
      SELECT 'Car ' || n, 5, 'B ' || n, ${site?.id}, 30 FROM generate_series(1, 3) n RETURNING id`
    return { anna: anna?.id as string, ben: ben?.id as string, cars: cars.map(({ id }) => id as string) }
  }

  interface OldBooking {
    by: string
    car: string
    from: number
    to: number
    status?: string
    /** The end of what is held, in minutes after the trip; null: nothing is. */
    held?: number | null
    proposal?: { status: string; car: string; from: number; to: number; held: number | null }
  }

  async function book({ by, car, from, to, status = 'approved', held = 0, proposal }: OldBooking): Promise<string> {
    const id = crypto.randomUUID()
    const change = proposal && {
      status: proposal.status,
      trip: {
        vehicleId: proposal.car,
        window: { startsAt: at(proposal.from), endsAt: at(proposal.to) },
        passengers: 1,
        travellers: [{ position: 0, kind: 'driver', person_id: by, name: null }],
      },
    }
    await sql`
      INSERT INTO bookings (id, request_key, requester_id, vehicle_id, status, starts_at, ends_at, passengers, destination,
        type, reason, created_at, changed_at, change)
      VALUES (${id}, ${id}, ${by}, ${car}, ${status}, ${at(from)}, ${at(to)}, 1, 'Hamburg', 'other', 'other', now(), now(),
        ${change ? sql.json(change) : null})`
    await sql`INSERT INTO travellers (booking_id, position, kind, person_id) VALUES (${id}, 0, 'driver', ${by})`
    if (held !== null) await hold(id, car, from, to, held)
    if (proposal && proposal.held !== null) await hold(id, proposal.car, proposal.from, proposal.to, proposal.held)
    return id
  }

  async function hold(id: string, car: string, from: number, to: number, minutes: number): Promise<void> {
    await sql`INSERT INTO vehicle_holds (booking_id, vehicle_id, starts_at, ends_at)
      VALUES (${id}, ${car}, ${at(from)}, ${at(to)}::timestamptz + make_interval(mins => ${minutes}))`
  }

  it('finds what each trip was promised: by its hold, and else by its car', async () => {
    const expected: [string, { own: number; proposed: number | null }][] = []
    await migrateFilled(sql, '20261127100000_turnaround_of_a_trip', async () => {
      const { anna, cars } = await company()
      const [one = '', two = '', three = ''] = cars
      const trip = { by: anna, car: one }
      expected.push(
        [await book({ ...trip, from: 1, to: 2, held: 0 }), { own: 0, proposed: null }],
        [await book({ ...trip, from: 3, to: 4, held: 45, status: UNDECIDED }), { own: 45, proposed: null }],
        [await book({ ...trip, from: 5, to: 6, status: 'completed', held: null }), { own: 30, proposed: null }],
        [await book({ ...trip, from: 5, to: 6, held: null }), { own: 30, proposed: null }],
      )
      // Another car: each trip by its own hold.
      const other = { status: UNDECIDED, car: two, from: 7, to: 8, held: 20 }
      expected.push([await book({ ...trip, from: 7, to: 8, held: 10, proposal: other }), { own: 10, proposed: 20 }])
      // The same car for longer: one hold over both, which ends after the later one.
      const longer = { status: UNDECIDED, car: three, from: 1, to: 4, held: 15 }
      expected.push([
        await book({ by: anna, car: three, from: 1, to: 2, held: null, proposal: longer }),
        { own: 15, proposed: 15 },
      ])
      // A former trip holds nothing.
      const former = { status: 'approved', car: two, from: 10, to: 11, held: null }
      expected.push([await book({ ...trip, from: 10, to: 11, held: 5, proposal: former }), { own: 5, proposed: null }])
    })
    const rows = await sql<{ id: string; own: number; proposed: number | null }[]>`
      SELECT id, turnaround_minutes AS own, (change->'trip'->'turnaroundMinutes')::int AS proposed FROM bookings`
    const found = new Map(rows.map(({ id, own, proposed }) => [id, { own, proposed }]))
    expect(expected.map(([id]) => found.get(id))).toEqual(expected.map(([, turnaround]) => turnaround))
  })

  it('holds the drivers of what is live, and of two trips of one driver at one time the first', async () => {
    const expected: [string, string, number, number][] = []
    await migrateFilled(sql, '20261127100100_driver_holds', async () => {
      const { anna, ben, cars } = await company()
      const [one = '', two = '', three = ''] = cars
      const first = await book({ by: anna, car: one, from: 8, to: 10 })
      await book({ by: anna, car: two, from: 9, to: 11 })
      const bens = await book({ by: ben, car: three, from: 9, to: 11, status: UNDECIDED })
      await book({ by: ben, car: one, from: 1, to: 2, status: 'cancelled', held: null })
      const over = { status: UNDECIDED, car: three, from: 13, to: 15, held: 0 }
      const changing = await book({ by: anna, car: one, from: 12, to: 14, proposal: over })
      const apart = { status: UNDECIDED, car: two, from: 9, to: 10, held: null }
      const halfBusy = await book({ by: anna, car: two, from: 17, to: 18, proposal: apart })
      expected.push([first, anna, 8, 10], [bens, ben, 9, 11], [changing, anna, 12, 15], [halfBusy, anna, 17, 18])
    })
    const rows = await sql`SELECT booking_id, person_id, starts_at, ends_at FROM driver_holds`
    const inOrder = (lines: string[]) => lines.toSorted()
    expect(inOrder(rows.map((row) => [row.booking_id, row.person_id, +row.starts_at, +row.ends_at].join()))).toEqual(
      inOrder(expected.map(([id, who, from, to]) => [id, who, +new Date(at(from)), +new Date(at(to))].join())),
    )
  })
})
