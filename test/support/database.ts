import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'
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
  const name = `test_${randomBytes(6).toString('hex')}`
  await server()`CREATE DATABASE ${server()(name)} TEMPLATE ${server()(template)} STRATEGY file_copy`
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: async () => {
      await server()`DROP DATABASE IF EXISTS ${server()(name)} WITH (FORCE)`
    },
  }
}

let connection: postgres.Sql | undefined

function server(): postgres.Sql {
  connection ??= postgres(inject('postgresUrl'), { max: 1, idle_timeout: 20, onnotice: () => undefined })
  return connection
}
