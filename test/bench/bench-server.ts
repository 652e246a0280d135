import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { startEmbeddedPostgres } from '../../src/store/embedded/start-embedded-postgres.ts'
import { migrate } from '../../src/store/migrate.ts'

/** A PostgreSQL of its own, as durable as it is by default. */
export interface BenchServer {
  version: string
  /** A migrated, empty database; gives its URL. */
  createDatabase(): Promise<string>
  close(): Promise<void>
}

export async function startBenchServer(): Promise<BenchServer> {
  const directory = await mkdtemp(join(tmpdir(), 'motorpool-bench-'))
  // Where root measures, the server runs as another user, who has to get in.
  await chmod(directory, 0o755)
  const server = await startEmbeddedPostgres({ directory })
  const sql = postgres(server.url, { max: 1 })
  const [row] = await sql<{ version: string }[]>`SELECT current_setting('server_version') AS version`
  return {
    version: row?.version ?? '',
    createDatabase: async () => {
      const name = `bench_${randomBytes(4).toString('hex')}`
      await sql`CREATE DATABASE ${sql(name)}`
      const url = new URL(server.url)
      url.pathname = `/${name}`
      await migrate(url.href)
      return url.href
    },
    close: async () => {
      await sql.end()
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
