import { addHours } from 'date-fns'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import type { RequestBooking } from '../../src/core/booking/request-booking.ts'
import type { Deps } from '../../src/core/ports.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { seedDemoCompany } from '../../src/store/demo-company.ts'
import { createStore } from '../../src/store/store.ts'

export const CARS = 200
/** As many as there are cars, for nobody drives two at once. */
const EMPLOYEES = CARS

/** As many connections as Motorpool opens unless told otherwise. */
const CONNECTIONS = 20

/** The demo company with 200 cars and as many more employees of Mara's; made where the database is empty. */
export interface BenchCompany {
  database: Database
  deps: Deps
  /** The nth request: another car or another hour than every other one, so that no two are after the same. */
  request(index: number): RequestBooking
}

export async function openBenchCompany(databaseUrl: string): Promise<BenchCompany> {
  const database = openDatabase(databaseUrl, CONNECTIONS)
  const { prisma, sql } = database
  if (await seedDemoCompany(prisma)) await grow(sql)
  const cars = await sql<{ id: string }[]>`SELECT id FROM vehicles ORDER BY name`
  const people = await sql<{ id: string }[]>`SELECT id FROM people WHERE name LIKE 'Employee %' ORDER BY name`
  const first = addHours(new Date().setMinutes(0, 0, 0), 48)
  return {
    database,
    deps: {
      store: createStore(database),
      now: () => new Date(),
      deadlines: DEADLINES,
      channels: { chat: ['slack'], email: true },
    },
    request: (index) => {
      const startsAt = addHours(first, Math.floor(index / CARS))
      return {
        requestKey: crypto.randomUUID(),
        requesterId: people[index % people.length]?.id ?? '',
        window: { startsAt, endsAt: addHours(startsAt, 1) },
        passengers: 2,
        vehicleId: cars[index % CARS]?.id ?? '',
        destination: `Trip ${index}`,
        type: 'business_trip',
        reason: 'client_meeting',
        details: 'Two boxes of samples',
        driverIds: [],
        companionIds: [],
        otherCompanions: ['Kim Visitor'],
      }
    },
  }
}

async function grow(sql: Database['sql']): Promise<void> {
  await sql`DELETE FROM vehicles`
  await sql`
    INSERT INTO vehicles (name, seats, license_plate, site_id)
    SELECT 'Car ' || n, 5, 'B-MP ' || n, (SELECT id FROM sites WHERE name = 'Berlin')
    FROM generate_series(1, ${CARS}::int) n`
  await sql`
    INSERT INTO people (name, email, department, manager_id, site_id)
    SELECT 'Employee ' || n, 'employee.' || n || '@example.com', 'Sales', mara.id, mara.site_id
    FROM people mara, generate_series(1, ${EMPLOYEES}::int) n WHERE mara.name = 'Mara Lindqvist'`
  await sql`ANALYZE`
}
