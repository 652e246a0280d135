import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { type OwnProcess, startOwnProcess } from './own-process.ts'

/** Motorpool as `npm start` runs it without any settings, and a browser in front of it. */
export interface OwnWorkspace {
  origin: string
  motorpool: OwnProcess
  /** A window of their own, as somebody of the company. */
  sitDown(name: string): Promise<Page>
  /** Ends everything, and gives the process's exit code. */
  stop(): Promise<number | null>
}

export async function startOwnWorkspace(): Promise<OwnWorkspace> {
  // A folder of one's own home, which for root nobody else may enter.
  const folder = await mkdtemp(join(homedir(), '.motorpool-journey-'))
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const motorpool = startOwnProcess(folder, { PORT: String(port) }, 'source')
  const browser = await launchBrowser()
  try {
    await untilReady(origin, motorpool)
  } catch (error) {
    await Promise.all([browser.close(), motorpool.stop(), rm(folder, { recursive: true, force: true })])
    throw error
  }
  return {
    origin,
    motorpool,
    sitDown: (name) => browser.sitDown(origin, name),
    stop: async () => {
      await browser.close()
      const exitCode = await motorpool.stop()
      // For root in a closed folder the server's files stand elsewhere, behind a link.
      const cluster = await realpath(join(folder, '.data', 'postgres'))
      await Promise.all([folder, cluster].map((path) => rm(path, { recursive: true, force: true })))
      return exitCode
    },
  }
}

/** The first message or card on a page with this text. */
export function cardWith(page: Page, text: string): Locator {
  return page.getByRole('article').filter({ hasText: text }).first()
}

async function untilReady(origin: string, motorpool: OwnProcess): Promise<void> {
  const end = Date.now() + 45_000
  for (;;) {
    const status = await fetch(`${origin}/readyz`).then(
      (response) => response.status,
      () => 0,
    )
    if (status === 200) return
    if (Date.now() > end || motorpool.child.exitCode !== null)
      throw new Error(`It did not start: ${motorpool.output()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (!address || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
