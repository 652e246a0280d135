import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { onDemand } from './on-demand.ts'
import { DEMO_TEMPLATE, TEMPLATE } from './templates.ts'

/** Enough for whatever races. They are opened when they are needed. */
const CONNECTIONS = 20

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** A migrated, empty database that no other test sees. Any number may be made at the same time. */
export const createTestDatabase = () => copyOf(TEMPLATE)

/** The same with the demo company in it. */
export const createDemoDatabase = () => copyOf(DEMO_TEMPLATE)

/** A database with the demo company in it that the tests of one worker use one after the other. */
export interface SharedDatabase {
  url: string
  database: Database
  /** Whoever takes it next finds it as it was at first. */
  giveBack(): Promise<void>
}

const idle: SharedDatabase[] = []

/**
 * A demo database that nobody else uses now, with connections that know their statements already: reading and planning them for
 * the first time costs more than most tests. For whoever leaves nothing running behind.
 */
export async function takeDemoDatabase(): Promise<SharedDatabase> {
  return idle.pop() ?? openShared()
}

async function openShared(): Promise<SharedDatabase> {
  const { url, drop } = await createDemoDatabase()
  const database = openDatabase(url, CONNECTIONS)
  const shared: SharedDatabase = {
    url,
    database,
    giveBack: async () => {
      try {
        await database.sql`SELECT pristine.restore()`
        idle.push(shared)
      } catch {
        // Its tables are not what they were.
        await database.close()
        await drop()
      }
    },
  }
  return shared
}

/** To copy the files costs half of what a copy through the log does; a connection costs as much, so all have the same. */
async function copyOf(template: string): Promise<TestDatabase> {
  const { serverUrl, sql } = await connected()
  const name = `test_${randomBytes(6).toString('hex')}`
  await sql`CREATE DATABASE ${sql(name)} TEMPLATE ${sql(template)} STRATEGY file_copy`
  return {
    url: Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href,
    drop: async () => {
      await sql`DROP DATABASE IF EXISTS ${sql(name)} WITH (FORCE)`
    },
  }
}

let connection: Promise<{ serverUrl: string; sql: postgres.Sql }> | undefined

function connected() {
  connection ??= onDemand('postgres').then((serverUrl) => ({
    serverUrl,
    sql: postgres(serverUrl, { max: 1, idle_timeout: 20, onnotice: () => undefined }),
  }))
  return connection
}
