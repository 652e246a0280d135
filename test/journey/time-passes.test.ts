import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { CHROMIUM } from '../support/browser.ts'
import { type CompanyWorkspace, startCompanyWorkspace } from '../support/company-workspace.ts'
import { cardWith } from '../support/own-workspace.ts'

const HOUR = 3_600_000
/** Whatever today is, working days are those of a week to come. */
const MONDAY = nextMonday()

describe.skipIf(!CHROMIUM)('time passes in the local workspace, in a browser', () => {
  let workspace: CompanyWorkspace
  let anna: Page
  let ben: Page
  let mara: Page
  let hanna: Page
  let catarina: Page

  beforeAll(async () => {
    workspace = await startCompanyWorkspace(addVera)
    await workspace.until(MONDAY)
    ;[anna, ben, mara, hanna, catarina] = (await Promise.all(
      ['Anna Schmidt', 'Ben Koch', 'Mara Lindqvist', 'Hanna Weber', 'Catarina Duarte'].map(workspace.sitDown),
    )) as [Page, Page, Page, Page, Page]
  })
  afterAll(() => workspace.stop())

  const inHours = (hours: number) => new Date(+MONDAY + hours * HOUR)

  it('opens however many windows somebody wants, more than a browser keeps requests open', async () => {
    const more = []
    for (let count = 0; count < 7; count++) more.push(await anna.context().newPage())
    for (const window of more) {
      await window.goto(anna.url())
      await window.getByRole('link', { name: /Anna Schmidt/ }).waitFor()
    }
    await Promise.all(more.map((window) => window.close()))
  })

  it('whoever is away is stood in for, what is not answered goes on, and all of it shows on whose behalf', async () => {
    await mara.getByRole('link', { name: /Vera Brandt/ }).click()
    await goesAway(mara, 'Catarina Duarte', inHours(72))
    await mara.getByRole('link', { name: /Mara Lindqvist/ }).click()
    await goesAway(mara, 'Ben Koch', inHours(72))

    await requests(anna, 'Hamburg', inHours(8 * 24))
    const own = cardWith(anna, 'Your booking #1:')
    await own.getByText(/Waiting for Ben Koch \(for Mara Lindqvist\), by Tue .* 08:\d\d$/).waitFor()
    const forBen = cardWith(ben, 'asks for a car')
    await forBen.getByText('You are asked for Mara Lindqvist, who is away').waitFor()

    await workspace.until(inHours(13))
    await ben.getByText('is still waiting for your answer').first().waitFor()

    await workspace.until(inHours(24.5))
    await own.getByText(/Passed on, since Ben Koch did not answer/).waitFor()
    await own.getByText(/Waiting for Catarina Duarte \(for Vera Brandt\)/).waitFor()
    await forBen.getByText(/Passed on to Catarina Duarte: you did not answer by/).waitFor()
    expect(await forBen.getByRole('button').count()).toBe(0)
    await anna.getByText('Your request #1 went on to Catarina Duarte').waitFor()

    await cardWith(catarina, 'asks for a car').getByRole('button', { name: 'Approve', exact: true }).click()
    await cardWith(hanna, 'asks for a car').getByRole('button', { name: 'Approve', exact: true }).click()
    for (const page of [anna, ben, catarina, hanna]) {
      const card = cardWith(page, page === anna ? 'Your booking #1:' : 'asks for a car')
      await card.getByText(/Approved by Catarina Duarte for Vera Brandt/).waitFor()
      await card.getByText(/Approved by Hanna Weber for HR/).waitFor()
      expect(await card.getByRole('button', { name: /Approve|Reject/ }).count()).toBe(0)
    }
    await mail(anna, /Approved #1/, 'booking-1.ics')

    await requests(anna, 'Bremen', inHours(9 * 24))
    const second = cardWith(ben, 'Bremen')
    await second.getByText('You are asked for Mara Lindqvist, who is away').waitFor()
    await mara.getByRole('button', { name: 'I am back' }).click()
    const back = mara.getByRole('dialog').filter({ hasText: 'Welcome back' })
    await back.getByRole('button', { name: 'Close' }).last().click()
    await second.getByText('Now with Mara Lindqvist').waitFor()
    await mara.getByText('Bremen').first().waitFor()
    await mara.getByRole('button', { name: 'Approve', exact: true }).click()
    await second.getByText(/Approved by Mara Lindqvist as manager/).waitFor()
    await mara
      .getByText(/Bremen\. You approved it/)
      .first()
      .waitFor()
  })

  it('a change is sent back, sent again and approved, and the booking stands as it was until then', async () => {
    const own = cardWith(anna, 'Your booking #1:')
    await changesReturn(anna, own, inHours(8 * 24 + 8))
    await own.getByText(/The change is waiting for Mara Lindqvist/).waitFor()
    await mara.getByRole('tab', { name: /Messages/ }).click()
    const asked = cardWith(mara, 'Hamburg')
    await asked.getByText(/08:00 – 12:00.* → .*08:00 – 16:00/).waitFor()
    await asked.getByRole('button', { name: /Ask for a change/ }).click()
    const note = mara.getByRole('dialog', { name: 'Ask for a change' })
    await note.getByLabel('What should be changed?').fill('Back by 14:00, please.')
    await note.getByRole('button', { name: 'Send' }).click()

    await own.getByText(/Mara Lindqvist .*asked for a change.*“Back by 14:00, please.”/).waitFor()
    await changesReturn(anna, own, inHours(8 * 24 + 6))
    await asked.getByText(/08:00 – 12:00.* → .*08:00 – 14:00/).waitFor()
    await asked.getByRole('button', { name: 'Approve', exact: true }).click()
    await cardWith(hanna, 'Hamburg').getByRole('button', { name: 'Approve', exact: true }).click()
    await own.getByText(/Change approved by Hanna Weber for HR/).waitFor()
    await own.getByText(/08:00 – 14:00/).waitFor()
    await mail(anna, /Changed #1/, 'booking-1.ics')
  })

  it('a form saved half filled is found again, sent, and gone; one left alone goes away', async () => {
    const form = await openForm(ben)
    await form.getByLabel('Details').fill('Three boxes')
    await form.getByRole('button', { name: 'Save as draft' }).click()
    await form.getByText(/Saved as draft, \d\d:\d\d/).waitFor()
    await form.getByRole('button', { name: 'Close' }).last().click()
    await ben.getByRole('tab', { name: 'Home' }).click()
    await ben.getByText('No destination yet').waitFor()

    await ben.getByRole('button', { name: 'Continue' }).click()
    const again = ben.getByRole('dialog', { name: 'Book a car' })
    await again.getByLabel('Destination').fill('Kassel')
    expect(await again.getByLabel('Details').inputValue()).toBe('Three boxes')
    await again.getByRole('button', { name: 'Request car' }).click()
    await ben
      .getByText(/#3: .*Kassel\. Waiting for the manager/)
      .first()
      .waitFor()
    await ben.getByText('This draft was sent or discarded').waitFor()

    const another = await openForm(catarina)
    await another.getByRole('button', { name: 'Save as draft' }).click()
    await another.getByText(/Saved as draft/).waitFor()
    await another.getByRole('button', { name: 'Close' }).last().click()
    await catarina.getByRole('tab', { name: 'Home' }).click()
    await catarina.getByText('Your drafts').waitFor()
    await workspace.until(inHours(32 * 24))
    await catarina.getByText('Your drafts').waitFor({ state: 'detached' })
    await ben.getByText(/#3: .*Kassel\. Expired/).waitFor()
  })
})

/** Above Mara, whom nobody is above otherwise. */
async function addVera({ prisma }: Database) {
  const { siteId } = await prisma.person.findUniqueOrThrow({ where: { email: 'mara.lindqvist@example.com' } })
  await prisma.person.create({
    data: {
      email: 'vera.brandt@example.com',
      name: 'Vera Brandt',
      role: 'manager',
      department: 'Management',
      siteId,
      reports: { connect: { email: 'mara.lindqvist@example.com' } },
    },
  })
}

async function goesAway(page: Page, standIn: string, until: Date) {
  await page.getByRole('tab', { name: 'Home' }).click()
  await page.getByRole('button', { name: 'I am away …' }).click()
  const form = page.getByRole('dialog', { name: 'Away' })
  await form.getByLabel('Until').fill(inBerlin(until))
  await form.getByLabel('Who stands in for you').click()
  await page.getByRole('option', { name: new RegExp(standIn) }).click()
  await form.getByRole('button', { name: 'Save' }).click()
  await form.getByText(`${standIn} stands in for you.`).waitFor()
  await form.getByRole('button', { name: 'Close' }).last().click()
  await page.getByText(new RegExp(`🌴.*${standIn} stands in for you`)).waitFor()
}

async function changesReturn(page: Page, card: Locator, at: Date) {
  await card.getByRole('button', { name: 'Change', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'Change booking' })
  expect(await form.getByLabel('Destination').inputValue()).toBe('Hamburg')
  await form.getByLabel('Return').fill(inBerlin(at))
  await form.getByRole('button', { name: 'Send' }).click()
  await form.waitFor({ state: 'detached' })
}

async function openForm(page: Page) {
  const field = page.getByRole('textbox', { name: 'Message Motorpool' })
  await field.fill('/book-car')
  await field.press('Enter')
  const form = page.getByRole('dialog', { name: 'Book a car' })
  await form.waitFor()
  return form
}

async function requests(page: Page, destination: string, departure: Date) {
  const form = await openForm(page)
  await form.getByLabel('Return').fill(inBerlin(new Date(+departure + 4 * HOUR)))
  await form.getByLabel('Departure').fill(inBerlin(departure))
  await form.getByLabel('Destination').fill(destination)
  await form.getByRole('button', { name: 'Request car' }).click()
  await form.waitFor({ state: 'detached' })
}

async function mail(page: Page, subject: RegExp, attachment: string) {
  await page.getByRole('tab', { name: /Mailbox/ }).click()
  await page.getByText(subject).first().click()
  await page.getByText(attachment).waitFor()
  await page.getByRole('tab', { name: /Messages/ }).click()
}

/** As a date-time field takes it. */
function inBerlin(at: Date): string {
  return at
    .toLocaleString('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' })
    .replace(' ', 'T')
}

/** In a week or two, at 08:00 in Berlin. */
function nextMonday(): Date {
  const day = new Date()
  day.setUTCDate(day.getUTCDate() + 14 - ((day.getUTCDay() + 6) % 7))
  const [date] = day.toISOString().split('T')
  const utc = new Date(`${date}T08:00:00Z`)
  return new Date(+utc - (Number(inBerlin(utc).slice(11, 13)) - 8) * HOUR)
}
