import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Page } from 'playwright-core'
import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { launchBrowser } from './browser.ts'
import { createDemoDatabase } from './database.ts'

/** The local workspace in this process, on a company prepared for it, and a browser in front of it. */
export interface CompanyWorkspace {
  database: Database
  /** A window of their own, as somebody of the company. */
  sitDown(name: string): Promise<Page>
  /** Moves Motorpool's clock, as its buttons do, and lets happen what is due. */
  until(at: Date): Promise<void>
  stop(): Promise<void>
}

/** @param prepare changes the demo company before anything starts */
export async function startCompanyWorkspace(
  prepare: (database: Database) => Promise<unknown> = async () => {},
): Promise<CompanyWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), 'motorpool-workspace-'))
  const testDatabase = await createDemoDatabase()
  const database = openDatabase(testDatabase.url, 2)
  await prepare(database)
  const environment = { DATABASE_URL: testDatabase.url, LOCAL_WORKSPACE: '1', DATABASE_POOL: '8' }
  const config = { ...readConfig(environment), port: 0, dataDirectory: folder }
  const app = await startApp(config, { log: pino({ level: process.env.TEST_LOG ?? 'silent' }) })
  const browser = await launchBrowser()
  return {
    database,
    sitDown: (name) => browser.sitDown(app.url, name),
    until: async (at) => {
      const response = await fetch(`${app.url}/workspace/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: app.url },
        body: JSON.stringify({ to: at.toISOString() }),
      })
      if (!response.ok) throw new Error(`the clock was not moved: ${await response.text()}`)
      await app.tick()
    },
    stop: async () => {
      await browser.close()
      await app.stop()
      await database.close()
      await Promise.all([testDatabase.drop(), rm(folder, { recursive: true, force: true })])
    },
  }
}
