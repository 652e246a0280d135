import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { openDatabase } from '../../src/store/database.ts'
import { seedDemoCompany } from '../../src/store/demo-company.ts'
import { startEmbeddedPostgres } from '../../src/store/embedded/start-embedded-postgres.ts'
import { migrate } from '../../src/store/migrate.ts'
import { keepPristine } from './pristine.ts'
import type { Started } from './started.ts'
import { DEMO_TEMPLATE, TEMPLATE } from './templates.ts'

/** Nothing has to outlive the run, and what is written is dropped soon. */
const FORGETFUL = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
  max_connections: '400',
}

/** One server with one migrated template for the whole run. */
export async function startTestServer(): Promise<Started> {
  const directory = await mkdtemp(join(tmpdir(), 'motorpool-test-'))
  // Root's tests run the server as another user, who has to get in.
  await chmod(directory, 0o755)
  const server = await startEmbeddedPostgres({
    directory,
    settings: FORGETFUL,
  })
  await makeTemplates(server.url)
  return {
    value: server.url,
    stop: async () => {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function makeTemplates(url: string) {
  const sql = postgres(url, { max: 1 })
  await hashPasswordOnce(sql, new URL(url))
  const named = (name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  await sql`CREATE DATABASE ${sql(TEMPLATE)}`
  await migrate(named(TEMPLATE))
  await sql`CREATE DATABASE ${sql(DEMO_TEMPLATE)} TEMPLATE ${sql(TEMPLATE)}`
  const demo = openDatabase(named(DEMO_TEMPLATE), 2)
  await seedDemoCompany(demo.prisma)
  await keepPristine(demo.sql)
  await demo.close()
  for (const name of [TEMPLATE, DEMO_TEMPLATE]) {
    await sql`ALTER DATABASE ${sql(name)} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`
  }
  await sql.end()
}

/** A sixth of what a connection costs is hashing the password 4,096 times on both sides. */
async function hashPasswordOnce(sql: postgres.Sql, { username, password }: URL) {
  await sql`SET scram_iterations = 1`
  await sql`ALTER ROLE ${sql(username)} PASSWORD ${sql.unsafe(`'${password}'`)}`
}
