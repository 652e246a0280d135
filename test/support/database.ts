import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { onDemand } from './on-demand.ts'
import { DEMO_TEMPLATE, TEMPLATE } from './templates.ts'

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** A migrated, empty database that no other test sees. Any number may be made at the same time. */
export const createTestDatabase = () => copyOf(TEMPLATE)

/** The same with the demo company in it. */
export const createDemoDatabase = () => copyOf(DEMO_TEMPLATE)

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
