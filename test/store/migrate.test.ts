import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkDatabase } from '../../src/store/check-database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { readDatabaseSchema } from './read-database-schema.ts'
import { readPrismaSchema } from './read-prisma-schema.ts'

const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url)
const entries = await readdir(MIGRATIONS, { withFileTypes: true })
const NAMES = entries
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()

describe('migrate', () => {
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

  it('applies everything to an empty database, and nothing the second time', async () => {
    expect(await migrate(testDatabase.url)).toEqual(NAMES)
    expect(await readDatabaseSchema(sql)).toEqual(await readPrismaSchema())
    const ledger = await sql`SELECT * FROM _prisma_migrations`
    expect(await migrate(testDatabase.url)).toEqual([])
    expect(await sql`SELECT * FROM _prisma_migrations`).toEqual(ledger)
  })

  it('records each migration as Prisma does', async () => {
    await migrate(testDatabase.url)
    const columns = await sql`
      SELECT column_name, data_type, character_maximum_length AS longest, is_nullable FROM information_schema.columns
      WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`
    expect(columns.map((column) => Object.values(column))).toEqual([
      ['id', 'character varying', 36, 'NO'],
      ['checksum', 'character varying', 64, 'NO'],
      ['finished_at', 'timestamp with time zone', null, 'YES'],
      ['migration_name', 'character varying', 255, 'NO'],
      ['logs', 'text', null, 'YES'],
      ['rolled_back_at', 'timestamp with time zone', null, 'YES'],
      ['started_at', 'timestamp with time zone', null, 'NO'],
      ['applied_steps_count', 'integer', null, 'NO'],
    ])
    const rows = await sql`SELECT * FROM _prisma_migrations ORDER BY migration_name`
    const checksums = await Promise.all(
      NAMES.map(async (name) =>
        createHash('sha256')
          .update(await readFile(new URL(`${name}/migration.sql`, MIGRATIONS)))
          .digest('hex'),
      ),
    )
    expect([...rows]).toEqual(
      NAMES.map((name, index) => ({
        id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
        checksum: checksums[index],
        finished_at: expect.any(Date),
        migration_name: name,
        logs: null,
        rolled_back_at: null,
        started_at: expect.any(Date),
        applied_steps_count: 1,
      })),
    )
  })

  it('refuses a migration that was edited after it had been applied', async () => {
    await migrate(testDatabase.url)
    await sql`UPDATE _prisma_migrations SET checksum = ${'0'.repeat(64)} WHERE migration_name = ${NAMES[0] ?? ''}`
    await expect(migrate(testDatabase.url)).rejects.toThrow(`Migration ${NAMES[0]} was edited`)
  })

  it('refuses a database of a newer version, and changes nothing in it', async () => {
    await migrate(testDatabase.url)
    await sql`UPDATE _prisma_migrations SET migration_name = '29990101000000_later' WHERE migration_name = ${NAMES[0] ?? ''}`
    await expect(migrate(testDatabase.url)).rejects.toThrow(
      'The database belongs to a newer version of Motorpool (it has 29990101000000_later): start that version.',
    )
    expect(await sql`SELECT FROM _prisma_migrations`).toHaveLength(NAMES.length)
    expect(await checkDatabase(testDatabase.url)).toContainEqual(
      expect.objectContaining({ level: 'problem', text: expect.stringContaining('29990101000000_later') }),
    )
  })

  it('leaves nothing behind when a migration fails, and applies it once it can', async () => {
    await sql`CREATE TABLE audit_entries ()`
    await expect(migrate(testDatabase.url)).rejects.toThrow('audit_entries')
    expect(
      await sql`SELECT to_regclass('people') AS people, (SELECT count(*)::int FROM _prisma_migrations) AS rows`,
    ).toEqual([{ people: null, rows: 0 }])
    await sql`DROP TABLE audit_entries`
    expect(await migrate(testDatabase.url)).toEqual(NAMES)
  })

  it('may run several times at once: one applies, the others find it done', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrate(testDatabase.url)))
    expect(applied.map((names) => names.length).sort()).toEqual([0, 0, NAMES.length])
  })
})
