import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import postgres from 'postgres'

const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url)

/** The number of the advisory lock under which one process migrates and the others wait; Prisma's own. */
const MIGRATION_LOCK = 72707369

/** As Prisma creates it, so that `prisma migrate status` and `deploy` agree with us where its engine can be had. */
const CREATE_LEDGER = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`

/** The database has migrations that this version does not know: it was made for a newer one. */
export class NewerDatabaseError extends Error {
  constructor(unknown: string[]) {
    super(`The database belongs to a newer version of Motorpool (it has ${unknown.join(', ')}): start that version.`)
    this.name = 'NewerDatabaseError'
  }
}

/**
 * Applies what is missing of `prisma/migrations`, in order, each in a transaction of its own, and gives the names applied.
 * @throws NewerDatabaseError
 * @throws Error when a migration that was applied has been edited since
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const sql = postgres(databaseUrl, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    await sql`SELECT pg_advisory_lock(${MIGRATION_LOCK})`
    await sql.unsafe(CREATE_LEDGER)
    const checksums = await readLedger(sql)
    const migrations = await readMigrations()
    const unknown = unknownIn(checksums, migrations)
    if (unknown.length > 0) throw new NewerDatabaseError(unknown)
    const added: string[] = []
    for (const migration of migrations) {
      const before = checksums.get(migration.name)
      if (before === migration.checksum) continue
      if (before !== undefined) throw new Error(`Migration ${migration.name} was edited after it had been applied`)
      await apply(sql, migration)
      added.push(migration.name)
    }
    return added
  } finally {
    await sql.end()
  }
}

/** Lists the migrations a database lacks, those it has of a newer version, and those edited after it had taken them; looks only. */
export async function compareMigrations(
  sql: postgres.Sql,
): Promise<{ missing: string[]; unknown: string[]; edited: string[] }> {
  const [ledger] = await sql<{ exists: boolean }[]>`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`
  const checksums: Map<string, string> = ledger?.exists ? await readLedger(sql) : new Map()
  const named = (some: Migration[]) => some.map((migration) => migration.name)
  const all = await readMigrations()
  return {
    missing: named(all.filter(({ name }) => !checksums.has(name))),
    unknown: unknownIn(checksums, all),
    edited: named(all.filter(({ name, checksum }) => (checksums.get(name) ?? checksum) !== checksum)),
  }
}

function unknownIn(checksums: Map<string, string>, migrations: Migration[]): string[] {
  const known = new Set(migrations.map(({ name }) => name))
  return [...checksums.keys()].filter((name) => !known.has(name)).sort()
}

async function readLedger(sql: postgres.Sql): Promise<Map<string, string>> {
  const applied = await sql<{ migration_name: string; checksum: string }[]>`
    SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`
  return new Map(applied.map((row) => [row.migration_name, row.checksum]))
}

interface Migration {
  name: string
  text: string
  checksum: string
}

async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const text = await readFile(new URL(`${name}/migration.sql`, MIGRATIONS), 'utf8')
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

async function apply(sql: postgres.Sql, { name, text, checksum }: Migration): Promise<void> {
  const startedAt = new Date()
  await sql.begin(async (tx) => {
    await tx.unsafe(text)
    await tx`
      INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
      VALUES (${randomUUID()}, ${checksum}, ${name}, ${startedAt}, now(), 1)`
  })
}
