import { existsSync } from 'node:fs'
import { chromium, type Page } from 'playwright-core'

/** The system's Chromium, without its windows where it has that: half of the CPU time. CHROMIUM_PATH names another one. */
export const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium-headless-shell',
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
 * A browser that calls nobody: no updates, no sync. Root needs `--no-sandbox`. Everybody has a profile of their own: of windows
 * that share one, Chromium draws only the foremost at full speed.
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
  return {
    sitDown: async (origin, name) => {
      const profile = await browser.newContext({ viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce' })
      const page = await profile.newPage()
      page.setDefaultTimeout(15_000)
      page.setDefaultNavigationTimeout(45_000)
      await page.goto(origin)
      await page.getByRole('link', { name: new RegExp(name) }).click()
      return page
    },
    close: () => browser.close(),
  }
}
