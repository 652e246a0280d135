import { describe } from 'vitest'
import { cardAbout, cardsAbout, fillForm, openForm, requestCar } from '../support/asking.ts'
import type { TestMotorpool } from '../support/motorpool.ts'
import { withMotorpoolEach } from '../support/motorpool-each.ts'
import { addSecondHr } from '../support/second-hr.ts'
import { bookingsTo, everythingSent } from '../support/what-stands.ts'

// At the same time, for each waits for seconds.
const it = withMotorpoolEach({ prepare: addSecondHr }).concurrent

const peopleOf = ({ person }: TestMotorpool) => ({ anna: person('anna'), mara: person('mara'), hanna: person('hanna') })

describe('Slack and mail down during a booking', () => {
  it.for([
    ['Slack', true, false],
    ['mail', false, true],
    ['both', true, true],
  ] as const)(
    '(%s) the booking stands, and everything arrives once afterwards',
    async ([name, slackDown, mailDown], { motorpool, expect }) => {
      const { anna, mara } = peopleOf(motorpool)
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
      await expect.poll(async () => (await failures(motorpool)) > 0, { timeout: 5000 }).toBe(slackDown || mailDown)
      slack.faults.down(false)
      slack.mail.faults.down(false)
      await everythingSent(motorpool.database)
      for (const person of [anna, mara]) expect(cardsAbout(person, destination)).toHaveLength(1)
      expect(slack.mail.all()).toHaveLength(mailsBefore + 2)
    },
  )

  it.for([
    ['Slack answers 500', { kind: 'server_error' }],
    ['Slack’s answers get lost', { kind: 'drop_after_acting' }],
  ] as const)('%s for a while: everything arrives once', async ([what, fault], { motorpool, expect }) => {
    const { anna, mara } = peopleOf(motorpool)
    const destination = `Hof, ${what}`
    const { faults, mail } = motorpool.slack
    const mailsBefore = mail.all().length
    for (const method of ['conversations.open', 'chat.postMessage']) faults.add({ ...fault, match: { method } })
    mail.faults.add({ ...fault, times: 2 })
    await requestCar(anna, destination)
    await everythingSent(motorpool.database)
    for (const person of [anna, mara]) expect(cardsAbout(person, destination)).toHaveLength(1)
    expect(mail.all()).toHaveLength(mailsBefore + 2)
  })
})

/** Attempts in vain of what is not yet settled. */
async function failures({ database }: TestMotorpool): Promise<number> {
  const [row] = await database.sql<{ count: number }[]>`
    SELECT ((SELECT count(*) FROM deliveries WHERE status = 'pending' AND last_error IS NOT NULL)
      + (SELECT count(*) FROM cards WHERE drawn_version < wanted_version AND last_error IS NOT NULL))::int AS count`
  return row?.count ?? 0
}

describe('429', () => {
  it('from Slack pauses what it was about for as long as it asks: redrawing waits, posting goes on', async ({
    motorpool,
    expect,
  }) => {
    const { anna, mara, hanna } = peopleOf(motorpool)
    const { slack } = motorpool
    await requestCar(anna, 'Ilmenau')
    await everythingSent(motorpool.database)
    const asked = await cardAbout(mara, 'Ilmenau')
    slack.faults.add({ kind: 'rate_limited', retryAfterSeconds: 3, match: { method: 'chat.update' } })
    await mara.press(asked, 'Approve')
    const limited = () => slack.calls.find(({ outcome }) => outcome === 'rate_limited')
    await expect.poll(limited).toBeDefined()
    const at = limited()?.at ?? 0
    await cardAbout(hanna, 'Ilmenau')
    expect(Date.now()).toBeLessThan(at + 2900)
    await everythingSent(motorpool.database)
    const redrawn = slack.calls.filter((call) => call.method === 'chat.update' && call.at > at + 500)
    expect(redrawn.filter((call) => call.at < at + 2900)).toEqual([])
    expect(redrawn.length).toBeGreaterThan(0)
  })

  it.for(['views.publish', 'users.lookupByEmail'])('on %s delays no card', async (method, { motorpool, expect }) => {
    const { anna, mara, hanna } = peopleOf(motorpool)
    const { slack } = motorpool
    const destination = `Ilmenau beside ${method}`
    // All but the second of HR are known by their accounts.
    await openForm(mara)
    await openForm(hanna)
    if (method === 'views.publish') await anna.opensHome()
    slack.faults.add({ kind: 'rate_limited', retryAfterSeconds: 4, match: { method }, times: 1 })
    await requestCar(anna, destination)
    await mara.press(await cardAbout(mara, destination), 'Approve')
    const limited = () => slack.calls.find((call) => call.outcome === 'rate_limited' && call.method === method)
    await expect.poll(limited).toBeDefined()
    await cardAbout(hanna, destination)
    expect(Date.now()).toBeLessThan((limited()?.at ?? 0) + 3900)
  })

  it('from the mail service pauses mail for as long as it asks, and Slack goes on', async ({ motorpool, expect }) => {
    const { anna, mara } = peopleOf(motorpool)
    const { mail } = motorpool.slack
    mail.faults.add({ kind: 'rate_limited', retryAfterSeconds: 2 })
    const callsBefore = mail.calls.length
    await requestCar(anna, 'Jever')
    await cardAbout(mara, 'Jever')
    await everythingSent(motorpool.database)
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
  it('is sent again under the same key, and there is one', async ({ motorpool, expect }) => {
    const { anna } = peopleOf(motorpool)
    const { mail } = motorpool.slack
    const mailsBefore = mail.all().length
    const callsBefore = mail.calls.length
    mail.faults.add({ kind: 'drop_after_acting', times: 2 })
    await requestCar(anna, 'Kassel')
    await everythingSent(motorpool.database)
    const keys = mail.calls.slice(callsBefore).map(({ idempotencyKey }) => idempotencyKey)
    expect(keys).toHaveLength(4)
    expect(new Set(keys).size).toBe(2)
    expect(mail.all()).toHaveLength(mailsBefore + 2)
  })
})
