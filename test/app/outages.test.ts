import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cardAbout, cardsAbout, fillForm, openForm, requestCar } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { addSecondHr } from '../support/second-hr.ts'
import type { SlackPerson } from '../support/slack-person.ts'
import { bookingsTo, undelivered } from '../support/what-stands.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let anna: SlackPerson
let mara: SlackPerson
let hanna: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now, prepare: addSecondHr })
  anna = motorpool.person('anna')
  mara = motorpool.person('mara')
  hanna = motorpool.person('hanna')
})
afterAll(() => motorpool.stop())
beforeEach(() => clock.nextWeek())
afterEach(async () => {
  motorpool.slack.faults.clear()
  motorpool.slack.mail.faults.clear()
  await everythingSent()
})

function everythingSent(): Promise<void> {
  return expect.poll(() => undelivered(motorpool.database), { timeout: 15_000, interval: 20 }).toBe(0)
}

describe('Slack and mail down during a booking', () => {
  it.each([
    ['Slack', true, false],
    ['mail', false, true],
    ['both', true, true],
  ])('(%s) the booking stands, and everything arrives once afterwards', async (name, slackDown, mailDown) => {
    const destination = `Gera without ${name}`
    const { slack } = motorpool
    if (mailDown) slack.mail.faults.down(true)
    const mailsBefore = slack.mail.all().length
    // The form has to open while Slack is there.
    const form = await fillForm(anna, destination)
    if (slackDown) slack.faults.down(true)
    expect(await form.submit()).toEqual({ ok: true })
    const [booking] = await bookingsTo(motorpool.database, destination)
    expect(booking?.status).toBe('pending_manager')
    if (mailDown) expect(slack.mail.all()).toHaveLength(mailsBefore)
    await expect.poll(async () => (await failures()) > 0, { timeout: 5000 }).toBe(slackDown || mailDown)
    slack.faults.down(false)
    slack.mail.faults.down(false)
    await everythingSent()
    for (const person of [anna, mara]) expect(cardsAbout(person, destination)).toHaveLength(1)
    expect(slack.mail.all()).toHaveLength(mailsBefore + 2)
  })

  it.each([
    ['Slack answers 500', { kind: 'server_error' } as const],
    ['Slack’s answers get lost', { kind: 'drop_after_acting' } as const],
  ])('%s for a while: everything arrives once', async (what, fault) => {
    const destination = `Hof, ${what}`
    const { faults, mail } = motorpool.slack
    const mailsBefore = mail.all().length
    for (const method of ['conversations.open', 'chat.postMessage']) faults.add({ ...fault, match: { method } })
    mail.faults.add({ ...fault, times: 2 })
    await requestCar(anna, destination)
    await everythingSent()
    for (const person of [anna, mara]) expect(cardsAbout(person, destination)).toHaveLength(1)
    expect(mail.all()).toHaveLength(mailsBefore + 2)
  })
})

/** Attempts in vain of what is not yet settled. */
async function failures(): Promise<number> {
  const [row] = await motorpool.database.sql<{ count: number }[]>`
    SELECT ((SELECT count(*) FROM deliveries WHERE status = 'pending' AND last_error IS NOT NULL)
      + (SELECT count(*) FROM cards WHERE drawn_version < wanted_version AND last_error IS NOT NULL))::int AS count`
  return row?.count ?? 0
}

describe('429', () => {
  it('from Slack pauses what it was about for as long as it asks: redrawing waits, posting goes on', async () => {
    const { slack } = motorpool
    await requestCar(anna, 'Ilmenau')
    await everythingSent()
    const asked = await cardAbout(mara, 'Ilmenau')
    slack.faults.add({ kind: 'rate_limited', retryAfterSeconds: 3, match: { method: 'chat.update' } })
    await mara.press(asked, 'Approve')
    const limited = () => slack.calls.find(({ outcome }) => outcome === 'rate_limited')
    await expect.poll(limited).toBeDefined()
    const at = limited()?.at ?? 0
    await cardAbout(hanna, 'Ilmenau')
    expect(Date.now()).toBeLessThan(at + 2900)
    await everythingSent()
    const redrawn = slack.calls.filter((call) => call.method === 'chat.update' && call.at > at + 500)
    expect(redrawn.filter((call) => call.at < at + 2900)).toEqual([])
    expect(redrawn.length).toBeGreaterThan(0)
  })

  it.each(['views.publish', 'users.lookupByEmail'])('on %s delays no card', async (method) => {
    const { slack, database } = motorpool
    const destination = `Ilmenau beside ${method}`
    await openForm(hanna)
    if (method === 'views.publish') await anna.opensHome()
    else
      await database.sql`DELETE FROM chat_accounts WHERE person_id = (SELECT id FROM people WHERE name LIKE 'Helen %')`
    slack.faults.add({ kind: 'rate_limited', retryAfterSeconds: 4, match: { method }, times: 1 })
    await requestCar(anna, destination)
    await mara.press(await cardAbout(mara, destination), 'Approve')
    const limited = () => slack.calls.find((call) => call.outcome === 'rate_limited' && call.method === method)
    await expect.poll(limited).toBeDefined()
    await cardAbout(hanna, destination)
    expect(Date.now()).toBeLessThan((limited()?.at ?? 0) + 3900)
  })

  it('from the mail service pauses mail for as long as it asks, and Slack goes on', async () => {
    const { mail } = motorpool.slack
    mail.faults.add({ kind: 'rate_limited', retryAfterSeconds: 2 })
    const callsBefore = mail.calls.length
    await requestCar(anna, 'Jever')
    await cardAbout(mara, 'Jever')
    await everythingSent()
    const calls = mail.calls.slice(callsBefore)
    const limited = calls.find(({ status }) => status === 429)
    expect(limited).toBeDefined()
    const early = calls.filter(({ at }) => at > (limited?.at ?? 0) + 300 && at < (limited?.at ?? 0) + 2000)
    expect(early).toEqual([])
    expect(await anna.waitForMail(/^Request #/)).toBeDefined()
    expect(await mara.waitForMail(/asks for a car/)).toBeDefined()
  })
})

describe('a mail whose answer was lost', () => {
  it('is sent again under the same key, and there is one', async () => {
    const { mail } = motorpool.slack
    const mailsBefore = mail.all().length
    const callsBefore = mail.calls.length
    mail.faults.add({ kind: 'drop_after_acting', times: 2 })
    await requestCar(anna, 'Kassel')
    await everythingSent()
    const keys = mail.calls.slice(callsBefore).map(({ idempotencyKey }) => idempotencyKey)
    expect(keys).toHaveLength(4)
    expect(new Set(keys).size).toBe(2)
    expect(mail.all()).toHaveLength(mailsBefore + 2)
  })
})
