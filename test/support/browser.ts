import { existsSync } from 'node:fs'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** The system's Chromium; CHROMIUM_PATH names another one. */
export const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== undefined && existsSync(path))

export interface TestBrowser {
  /** A window of its own on the local workspace, as somebody of the company. */
  sitDown(origin: string, name: string): Promise<Page>
  close(): Promise<void>
}

/**
 * A browser that calls nobody: no updates, no sync. Root needs `--no-sandbox`. Its windows share one process, for each further
 * one costs seconds of CPU time; the workspace keeps nothing but its address, so nobody sees who sits in the next window.
 */
export async function launchBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--process-per-site',
    ],
  })
  let context: Promise<BrowserContext> | undefined
  return {
    sitDown: async (origin, name) => {
      context ??= browser.newContext({ viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce' })
      const page = await (await context).newPage()
      page.setDefaultTimeout(15_000)
      page.setDefaultNavigationTimeout(45_000)
      await page.goto(origin)
      await page.getByRole('link', { name: new RegExp(name) }).click()
      return page
    },
    close: () => browser.close(),
  }
}
