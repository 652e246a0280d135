import { setTimeout as sleep } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import postgres from 'postgres'
import { PrismaClient } from './generated/client.ts'

/** How long a new connection may take, in seconds: a person waits three for an answer. */
const CONNECT_TIMEOUT = 2
/** How long a connection is kept that nobody uses, in seconds: a new one plans every statement again, and people come in tens of minutes. */
const IDLE_TIMEOUT = 600
/** How long a connection that broke waits before it is opened again, at most, in seconds. The driver's own pause grows to 20. */
const LONGEST_PAUSE = 0.3

/**
 * The two ways to one database. Prisma is the way; `sql` is for what Prisma cannot say, or not say fast: writing a whole
 * change as one statement, claiming the outbox, and LISTEN. No transaction spans both.
 */
export interface Database {
  prisma: PrismaClient
  sql: postgres.Sql
  /** Whether it answers within the connect timeout. */
  isReachable(): Promise<boolean>
  close(): Promise<void>
}

/**
 * A connection of Prisma's that gives up connecting in time. The pool has no limit of its own: it would also limit the wait
 * for a connection that is in use, and a burst of reads would fail where it only has to queue
 * (https://github.com/brianc/node-pg-pool/issues/70).
 */
class TimedClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: CONNECT_TIMEOUT * 1000 })
  }
}

/** Opens `connections` connections in all, when they are needed; nothing is tried before the first query. */
export function openDatabase(url: string, connections: number): Database {
  const forSql = Math.max(2, Math.floor(connections / 2))
  const prisma = new PrismaClient({
    adapter: new PrismaPg({
      connectionString: url,
      max: Math.max(1, connections - forSql),
      Client: TimedClient,
    }),
  })
  const sql = postgres(url, {
    max: forSql,
    connect_timeout: CONNECT_TIMEOUT,
    idle_timeout: IDLE_TIMEOUT,
    backoff: (broken: number) => Math.min(0.02 * broken, LONGEST_PAUSE),
    // Our statements are large, and find their rows by ids whatever the values are. To plan them at each call, or to compile them
    // as PostgreSQL does with what it takes for costly, costs more than to run them.
    connection: { application_name: 'motorpool', plan_cache_mode: 'force_generic_plan', jit: 'off' },
    onnotice: () => {},
  })
  return {
    prisma,
    sql,
    isReachable: () =>
      Promise.race([sql`SELECT 1`.then(() => true), sleep(CONNECT_TIMEOUT * 1000, false, { ref: false })]).catch(
        () => false,
      ),
    close: async () => {
      await Promise.all([prisma.$disconnect(), sql.end({ timeout: 5 })])
    },
  }
}

/** The error code when no server could be reached, else null. */
export function unreachableCode(error: unknown): string | null {
  const { code } = error as { code?: string }
  return code === 'ECONNREFUSED' || code === 'CONNECT_TIMEOUT' || code === 'ENOTFOUND' ? code : null
}
