import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM } from '../support/browser.ts'
import { cardWith, type OwnWorkspace, startOwnWorkspace } from '../support/own-workspace.ts'

if (!CHROMIUM) {
  const missing = 'There is no Chromium: the browser tests are skipped. Install one, or name it in CHROMIUM_PATH.'
  if (process.env.CI) throw new Error(missing)
  console.warn(missing)
}

describe.skipIf(!CHROMIUM)('the local workspace, in a browser', () => {
  let workspace: OwnWorkspace

  beforeAll(async () => {
    workspace = await startOwnWorkspace()
  })
  afterAll(async () => {
    expect(await workspace.stop()).toBe(0)
  })

  it('says where to go', () => {
    expect(workspace.motorpool.output()).toContain(`Open ${workspace.origin}`)
  })

  it('books as an employee, approves as manager and as HR, and shows everybody the outcome', async () => {
    const [anna, mara, hanna] = await Promise.all(
      ['Anna Schmidt', 'Mara Lindqvist', 'Hanna Weber'].map((name) => workspace.sitDown(name)),
    )
    if (!anna || !mara || !hanna) throw new Error('three people were wanted')

    const field = anna.getByRole('textbox', { name: 'Message Motorpool' })
    await field.fill('/book-car')
    await field.press('Enter')
    const form = anna.getByRole('dialog', { name: 'Book a car' })
    await form.getByLabel('Passengers').fill('2')
    await form.getByText(/[34] cars are free/).waitFor()
    await form.getByLabel('Destination').fill('Hamburg <!channel> & back')
    await form.getByRole('button', { name: 'Request car' }).click()
    await form.waitFor({ state: 'detached' })

    const request = cardWith(anna, 'Your booking #1')
    await request.getByText('Waiting for Mara Lindqvist').waitFor()
    await request.getByText('Hamburg <!channel> & back').waitFor()

    const forManager = cardWith(mara, 'Anna Schmidt (Sales) asks for a car')
    await forManager.getByRole('button', { name: 'Approve', exact: true }).click()
    await forManager.getByText('Approved by Mara Lindqvist').waitFor()
    await request.getByText('Waiting for HR (Hanna Weber)').waitFor()

    const forHr = cardWith(hanna, 'Anna Schmidt (Sales) asks for a car')
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
    const [ben, mara] = await Promise.all(['Ben Koch', 'Mara Lindqvist'].map((name) => workspace.sitDown(name)))
    if (!ben || !mara) throw new Error('two people were wanted')
    const field = ben.getByRole('textbox', { name: 'Message Motorpool' })
    await field.fill('/book-car')
    await field.press('Enter')
    const form = ben.getByRole('dialog', { name: 'Book a car' })
    await form.getByLabel('Destination').fill('Potsdam')
    await form.getByRole('button', { name: 'Request car' }).click()

    const forManager = cardWith(mara, 'Ben Koch (Sales) asks for a car')
    await forManager.getByRole('button', { name: 'Reject' }).click()
    const reasons = mara.getByRole('dialog', { name: 'Reject request' })
    await reasons.getByLabel('Reason').fill('The audit is that day')
    await reasons.getByRole('button', { name: 'Reject' }).click()
    await forManager.getByText('“The audit is that day”').waitFor()
    await ben.getByText('Mara Lindqvist rejected your request').waitFor()
  })
})
