import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openForm, toldAlone } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { holdTable } from '../support/held-table.ts'
import { STRANGER, startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { type SlackPerson, slackPerson, textOf } from '../support/slack-person.ts'
import { waitUntil } from '../support/wait-until.ts'
import { bookingsTo } from '../support/what-stands.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let anna: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now })
  anna = motorpool.person('anna')
})
afterAll(() => motorpool.stop())
beforeEach(() => clock.nextWeek())
afterEach(() => motorpool.slack.faults.clear())

describe('a form that Slack does not open', () => {
  it.each([
    ['because the trigger has expired', { kind: 'slow', ms: 3050 } as const],
    ['with an error', { kind: 'error', error: 'internal_error' } as const],
    ['for its connection breaks', { kind: 'drop_before_acting' } as const],
    ['for it is asked too often', { kind: 'rate_limited', retryAfterSeconds: 1 } as const],
  ])('%s: the person is told, and a button opens it', async (_why, fault) => {
    const isTold = (message: { ephemeral: boolean }) => message.ephemeral
    const before = anna.messages().filter(isTold).length
    motorpool.slack.faults.add({ ...fault, match: { method: 'views.open' } })
    expect(await anna.types('/book-car')).toEqual({ ok: true })
    await expect.poll(() => anna.messages().filter(isTold).length, { timeout: 5000 }).toBe(before + 1)
    const told = await anna.waitForMessage(isTold)
    expect(textOf(told)).toContain('Nothing was sent yet')
    await anna.press(told, 'Open the form')
    const form = await anna.openModal()
    await form.fill('Destination', `After all ${_why}`)
    expect(await form.submit()).toEqual({ ok: true })
    expect(await bookingsTo(motorpool.database, `After all ${_why}`)).toHaveLength(1)
  })
})

describe('a form that takes long to prepare', () => {
  it('opens as “one moment” in time, and then becomes the form', async () => {
    const table = await holdTable(motorpool.database, 'vehicles')
    try {
      const startedAt = Date.now()
      const form = await openForm(anna)
      expect(Date.now() - startedAt).toBeLessThan(2500)
      expect(form.text()).toContain('One moment')
      expect(form.labels()).toEqual([])
      await table.release()
      await waitUntil(() => form.labels().includes('Car'), 'the form itself')
      expect(await form.options('Car')).toContain('Škoda Octavia (B-MP 505), 5 seats')
      await form.fill('Destination', 'Late but there')
      expect(await form.submit()).toEqual({ ok: true })
      expect(await bookingsTo(motorpool.database, 'Late but there')).toHaveLength(1)
    } finally {
      await table.release()
    }
  })

  it('and is for nobody we know, says so in its place', async () => {
    const sam = slackPerson(motorpool.slack, STRANGER)
    const table = await holdTable(motorpool.database, 'people')
    const form = await openForm(sam)
    expect(form.text()).toContain('One moment')
    await table.release()
    await form.waitFor(/not in the company directory/)
    expect(toldAlone(sam)).toEqual([])
  })
})
