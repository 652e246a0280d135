import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { createDemoDatabase, type TestDatabase } from '../support/database.ts'
import { growCompany, type LargeCompany } from '../support/full/grow-company.ts'
import { hotActs } from '../support/full/hot-acts.ts'
import { addLive } from '../support/full/live-bookings.ts'
import { addPast, GROWING } from '../support/full/past-bookings.ts'
import { type StoreParts, storeParts } from '../support/full/store-parts.ts'
import {
  type ExplainedStatement,
  type PlanMode,
  readsOf,
  skipScansOf,
  type WatchedDatabase,
  watchDatabase,
} from '../support/full/watched-database.ts'

/** Small enough to be filled in seconds, and large enough for a plan that costs what is past to show. */
const PAST = 12000
const LIVE = 500
/** How many rows of a table that grows one read may touch: more than what is live or shown, less than what is past. */
const MOST_ROWS = 2000

const GROWS = new Set<string>([...GROWING, 'drafts', 'handled_activities'])

let testDatabase: TestDatabase
let company: LargeCompany
beforeAll(async () => {
  testDatabase = await createDemoDatabase()
  const { sql, close } = openDatabase(testDatabase.url, 4)
  company = await growCompany(sql, { employees: 100, cars: 20 })
  await addLive(sql, company, LIVE)
  await sql`
    INSERT INTO drafts (id, person_id, request_key, form, created_at, touched_at)
    SELECT gen_random_uuid(), (${company.employees}::uuid[])[3 + n % 98], 'draft ' || n, '{}', now(), now()
    FROM generate_series(1, ${PAST}::int) n`
  await sql`
    INSERT INTO handled_activities (conversation_id, activity_id, handled_at)
    SELECT 'a:' || n, n, now() - interval '1 hour' FROM generate_series(1, ${PAST}::int) n`
  await addPast(sql, company, 1, PAST)
  // The mail service is down.
  await sql`
    UPDATE deliveries SET status = 'pending', settled_at = NULL, due_at = now() - interval '1 hour'
    WHERE id IN (SELECT id FROM deliveries WHERE channel = 'email' ORDER BY id LIMIT ${2 * MOST_ROWS})`
  await sql`ANALYZE`
  await close()
}, 120_000)
afterAll(() => testDatabase.drop())

/** Reads that cost what is past: a whole table, too many of its rows, or one search for everybody there is. */
function costly({ text, plan }: ExplainedStatement): string[] {
  const reads = readsOf(plan)
    .filter(({ table, how, rows }) => GROWS.has(table) && (how.endsWith('Seq Scan') || rows > MOST_ROWS))
    .map(({ table, how, rows }) => `${how} of ${rows} rows of ${table}`)
  const statement = text.replace(/\s+/g, ' ').trim().slice(0, 300)
  return [...reads, ...skipScansOf(plan)].map((what) => `${what}: ${statement}`)
}

describe.each<[PlanMode, number]>([
  ['auto', 200],
  ['force_generic_plan', 300],
])('beside all that is past (plan_cache_mode %s)', (mode, day) => {
  let watched: WatchedDatabase
  let parts: StoreParts
  beforeAll(async () => {
    watched = await watchDatabase(testDatabase.url, mode)
    parts = storeParts(watched.database)
  })
  afterAll(() => watched.close())

  it('everything costs what is live or shown', async () => {
    const found: Record<string, string[]> = {}
    for (const [name, act] of Object.entries(hotActs(parts, company, day))) {
      watched.take()
      await act()
      const statements = watched.take()
      expect(statements.length, name).toBeGreaterThan(0)
      const reads = statements.flatMap(costly)
      if (reads.length > 0) found[name] = [...new Set(reads)]
    }
    expect(found).toEqual({})
  })

  it('nothing that the store does is left out', () => {
    expect(parts.uncalled()).toEqual([])
  })
})
