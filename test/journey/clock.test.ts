import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM } from '../support/browser.ts'
import { type CompanyWorkspace, startCompanyWorkspace } from '../support/company-workspace.ts'
import { cardWith } from '../support/own-workspace.ts'

describe.skipIf(!CHROMIUM)('the clock of the local workspace, in a browser', () => {
  let workspace: CompanyWorkspace
  let anna: Page
  let mara: Page

  beforeAll(async () => {
    workspace = await startCompanyWorkspace()
    anna = await workspace.sitDown('Anna Schmidt')
    mara = await workspace.sitDown('Mara Lindqvist')
  })
  afterAll(() => workspace.stop())

  it('moves Motorpool’s time, by which an open form is too late and the next one is not', async () => {
    const form = await openForm(anna)
    const suggested = await form.getByLabel('Departure').inputValue()
    await form.getByLabel('Destination').fill('Hamburg')

    const clock = mara.getByRole('region', { name: 'Motorpool’s clock' })
    await moveTo(mara, anHourAfter(suggested))
    await clock.getByText(/ ahead$/).waitFor()
    expect(await clock.getByRole('time').textContent()).toMatch(anHourAfter(suggested).slice(-5))
    await clock.getByRole('button', { name: '+1 day' }).click()

    await form.getByRole('button', { name: 'Request car' }).click()
    await form.getByText(/The departure is in the past: it is \d\d:\d\d now/).waitFor()
    await anna.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })

    const second = await openForm(anna)
    expect((await second.getByLabel('Departure').inputValue()) > anHourAfter(suggested)).toBe(true)
    await second.getByLabel('Destination').fill('Bremen')
    await second.getByRole('button', { name: 'Request car' }).click()
    await second.waitFor({ state: 'detached' })
    const request = cardWith(mara, 'Anna Schmidt (Sales) asks for a car')
    await request.getByText('Bremen').waitFor()
    const posted = await request.getByRole('time').first().getAttribute('datetime')
    expect(Math.abs(Date.parse(posted ?? '') - Date.now())).toBeLessThan(5 * 60_000)
  })

  it('goes only forward, says so, and is moved by the keyboard alone in a narrow window', async () => {
    await mara.setViewportSize({ width: 320, height: 640 })
    await mara.getByRole('button', { name: 'Show the clock' }).focus()
    await mara.keyboard.press('Enter')
    await moveTo(mara, '2020-01-01T10:00')
    const clock = mara.getByRole('region', { name: 'Motorpool’s clock' })
    await clock.getByText('The clock only goes forward.').waitFor()
    await mara.keyboard.press('Escape')
    await clock.getByText('The clock only goes forward.').waitFor({ state: 'detached' })
    const before = await clock.getByRole('time').getAttribute('datetime')
    await mara.keyboard.press('Shift+Tab')
    await mara.keyboard.press('Enter')
    await expect
      .poll(async () => Date.parse((await clock.getByRole('time').getAttribute('datetime')) ?? ''))
      .toBeGreaterThanOrEqual(Date.parse(before ?? '') + 24 * 3_600_000)
    expect(await mara.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await mara.keyboard.press('Escape')
    await clock.waitFor({ state: 'hidden' })
  })
})

async function openForm(page: Page) {
  const field = page.getByRole('textbox', { name: 'Message Motorpool' })
  await field.fill('/book-car')
  await field.press('Enter')
  const form = page.getByRole('dialog', { name: 'Book a car' })
  await form.waitFor()
  return form
}

async function moveTo(page: Page, moment: string) {
  await page.getByRole('button', { name: 'to…' }).press('Enter')
  const field = page.getByLabel('Move the clock to')
  await field.fill(moment)
  await field.press('Enter')
}

/** Of the value of a date-time field. */
function anHourAfter(value: string): string {
  return new Date(Date.parse(`${value}:00Z`) + 3_600_000).toISOString().slice(0, 16)
}
