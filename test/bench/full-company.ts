import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import type { Deps } from '../../src/core/ports.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { seedDemoCompany } from '../../src/store/demo-company.ts'
import { createStore } from '../../src/store/store.ts'
import { growCompany, type LargeCompany } from '../support/full/grow-company.ts'
import { addLive } from '../support/full/live-bookings.ts'
import { addPast } from '../support/full/past-bookings.ts'

const EMPLOYEES = 1000
const CARS = 200
const LIVE = 2000
/** As many connections as Motorpool opens unless told otherwise. */
const CONNECTIONS = 20

/** A company that has used Motorpool for years. */
export interface FullCompany extends LargeCompany {
  database: Database
  deps: Deps
  /** Adds past bookings until there are so many. */
  addPast(count: number): Promise<void>
  close(): Promise<void>
}

export async function openFullCompany(url: string): Promise<FullCompany> {
  const database = openDatabase(url, CONNECTIONS)
  const { sql } = database
  await seedDemoCompany(database.prisma)
  // The bench may write some 20 GB; a server that is told so writes them once.
  await sql`ALTER SYSTEM SET max_wal_size = '16GB'`
  await sql`SELECT pg_reload_conf()`
  const company = await growCompany(sql, { employees: EMPLOYEES, cars: CARS })
  await addLive(sql, company, LIVE)
  let past = 0
  return {
    ...company,
    database,
    deps: {
      store: createStore(database),
      now: () => new Date(),
      deadlines: DEADLINES,
      channels: { chat: ['slack'], email: true },
    },
    addPast: async (count) => {
      const start = performance.now()
      await addPast(sql, company, past + 1, count)
      past = count
      process.stderr.write(`  ${count} past bookings after ${Math.round((performance.now() - start) / 1000)} s more\n`)
    },
    close: database.close,
  }
}
