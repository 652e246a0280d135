import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM, launchBrowser } from '../support/browser.ts'
import { type OwnProcess, startOwnProcess } from '../support/own-process.ts'

if (!CHROMIUM) {
  const missing = 'There is no Chromium: the browser tests are skipped. Install one, or name it in CHROMIUM_PATH.'
  if (process.env.CI) throw new Error(missing)
  console.warn(missing)
}

describe.skipIf(!CHROMIUM)('the local workspace, in a browser', () => {
  let folder: string
  let motorpool: OwnProcess
  let browser: Browser
  let origin: string

  beforeAll(async () => {
    // A folder of one's own home, which for root nobody else may enter.
    folder = await mkdtemp(join(homedir(), '.motorpool-journey-'))
    const port = await freePort()
    origin = `http://localhost:${port}`
    motorpool = startOwnProcess(folder, { PORT: String(port) })
    const [launched] = await Promise.all([launchBrowser(), untilReady(origin, motorpool)])
    browser = launched
  })

  afterAll(async () => {
    await browser?.close()
    const exitCode = await motorpool.stop()
    // For root in a closed folder the server's files stand elsewhere, behind a link.
    const cluster = await realpath(join(folder, '.data', 'postgres'))
    await Promise.all([folder, cluster].map((path) => rm(path, { recursive: true, force: true })))
    expect(exitCode).toBe(0)
  })

  it('says where to go', () => {
    expect(motorpool.output()).toContain(`Open ${origin}`)
  })

  it('books as an employee, approves as manager and as HR, and shows everybody the outcome', async () => {
    const [anna, mara, hanna] = await Promise.all(
      ['Anna Schmidt', 'Mara Lindqvist', 'Hanna Weber'].map((name) => sitDown(browser, origin, name)),
    )
    if (!anna || !mara || !hanna) throw new Error('three people were wanted')

    const field = anna.getByRole('textbox', { name: 'Message Motorpool' })
    await field.fill('/book-car')
    await field.press('Enter')
    const form = anna.getByRole('dialog', { name: 'Book a car' })
    await form.getByLabel('Passengers').fill('2')
    await form.getByText('5 cars are free').or(form.getByText('6 cars are free')).waitFor()
    await form.getByLabel('Destination').fill('Hamburg <!channel> & back')
    await form.getByRole('button', { name: 'Request car' }).click()
    await form.waitFor({ state: 'detached' })

    const request = card(anna, 'Your booking #1')
    await request.getByText('Waiting for Mara Lindqvist').waitFor()
    await request.getByText('Hamburg <!channel> & back').waitFor()

    const forManager = card(mara, 'Anna Schmidt (Sales) asks for a car')
    await forManager.getByRole('button', { name: 'Approve', exact: true }).click()
    await forManager.getByText('Approved by Mara Lindqvist').waitFor()
    await request.getByText('Waiting for HR (Hanna Weber)').waitFor()

    const forHr = card(hanna, 'Anna Schmidt (Sales) asks for a car')
    await forHr.getByText('Approved by Mara Lindqvist').waitFor()
    await forHr.getByRole('button', { name: 'Approve', exact: true }).click()

    for (const shown of [request, forManager, forHr]) {
      await shown.getByText('Approved by Hanna Weber for HR').waitFor()
      expect(await shown.getByRole('button', { name: /Approve|Reject/ }).count()).toBe(0)
    }
    await anna.getByText('Your booking #1 is approved').waitFor()

    await anna.getByRole('tab', { name: /Mailbox/ }).click()
    await anna
      .getByText(/Approved #1/)
      .first()
      .click()
    await anna.frameLocator('iframe').getByText('Your booking #1 is approved').waitFor()
    await anna.getByText('booking-1.ics').waitFor()
  })

  it('asks for the reason of a rejection, and tells it', async () => {
    const [ben, mara] = await Promise.all(['Ben Koch', 'Mara Lindqvist'].map((name) => sitDown(browser, origin, name)))
    if (!ben || !mara) throw new Error('two people were wanted')
    const field = ben.getByRole('textbox', { name: 'Message Motorpool' })
    await field.fill('/book-car')
    await field.press('Enter')
    const form = ben.getByRole('dialog', { name: 'Book a car' })
    await form.getByLabel('Destination').fill('Potsdam')
    await form.getByRole('button', { name: 'Request car' }).click()

    const forManager = card(mara, 'Ben Koch (Sales) asks for a car')
    await forManager.getByRole('button', { name: 'Reject' }).click()
    const reasons = mara.getByRole('dialog', { name: 'Reject request' })
    await reasons.getByLabel('Reason').fill('The audit is that day')
    await reasons.getByRole('button', { name: 'Reject' }).click()
    await forManager.getByText('“The audit is that day”').waitFor()
    await ben.getByText('Mara Lindqvist rejected your request').waitFor()
  })
})

/** A window of their own, as somebody of the company. */
async function sitDown(browser: Browser, origin: string, name: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } })
  page.setDefaultTimeout(15_000)
  await page.goto(origin)
  await page.getByRole('link', { name: new RegExp(name) }).click()
  return page
}

function card(page: Page, text: string): Locator {
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
