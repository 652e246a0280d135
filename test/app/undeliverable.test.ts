import { describe } from 'vitest'
import { requestCar } from '../support/asking.ts'
import type { TestMotorpool } from '../support/motorpool.ts'
import { withMotorpoolEach } from '../support/motorpool-each.ts'
import { everythingSent } from '../support/what-stands.ts'

// At the same time, for each waits for seconds.
const it = withMotorpoolEach().concurrent

/** What messages need; forms open all the same. */
const REFUSED = /^(chat|conversations|users\.lookup)/

const alertsToAydin = (motorpool: TestMotorpool) =>
  motorpool
    .person('aydin')
    .mails()
    .filter((mail) => /^Motorpool cannot reach|^A message to .* was not taken/.test(mail.subject))

/** Nobody waits an hour: whoever is unreachable is tried now. */
const tryAgainNow = ({ database }: TestMotorpool) => database.sql`
  WITH d AS (UPDATE deliveries SET due_at = now() WHERE status = 'pending' AND due_at > now() + interval '10 minutes')
  UPDATE cards SET due_at = now() WHERE due_at > now() + interval '10 minutes'`

async function given({ database }: TestMotorpool, status: string): Promise<number> {
  return (await database.sql`SELECT FROM deliveries WHERE status = ${status}::delivery_status`).length
}

describe('a token that is refused', () => {
  it.for(['invalid_auth', 'token_expired', 'account_inactive'])(
    '(%s) is told to the admins once through mail, loses nothing, and costs no message an attempt',
    async (error, { motorpool, clock, expect }) => {
      const { slack, database } = motorpool
      slack.faults.add({ match: { method: REFUSED }, times: Infinity, kind: 'error', error })
      await requestCar(motorpool.person('anna'), 'Kassel')
      clock.nextWeek()
      await requestCar(motorpool.person('ben'), 'Fulda')
      await motorpool.person('aydin').waitForMail(/Motorpool cannot reach anybody/)
      const posts = () => slack.calls.filter(({ outcome }) => outcome === 'error').length
      await expect.poll(posts).toBeGreaterThan(0)
      expect(alertsToAydin(motorpool)).toHaveLength(1)
      expect(alertsToAydin(motorpool)[0]?.text).toContain(error)
      expect(motorpool.person('aydin').messages()).toEqual([])
      const [counted] = await database.sql`
        SELECT (SELECT coalesce(sum(failures), 0) FROM cards) + (SELECT coalesce(sum(failures), 0) FROM deliveries) AS sum`
      expect(Number(counted?.sum)).toBe(0)

      slack.faults.clear()
      await motorpool.person('mara').waitForMessage(/Kassel/)
      await motorpool.person('mara').waitForMessage(/Fulda/)
      await everythingSent(motorpool.database)
      expect(await given(motorpool, 'dead')).toBe(0)
      expect(alertsToAydin(motorpool)).toHaveLength(1)
      // It works again, so the next time is news.
      slack.faults.add({ match: { method: REFUSED }, times: Infinity, kind: 'error', error })
      clock.nextWeek()
      await requestCar(motorpool.person('anna'), 'Hof')
      await expect.poll(() => alertsToAydin(motorpool).length, { timeout: 10_000 }).toBe(2)
    },
  )

  it('of the mail service is told in chat, and every mail goes out once it is mended', async ({
    motorpool,
    expect,
  }) => {
    const { slack } = motorpool
    slack.mail.faults.add({ kind: 'error', error: 'invalid_from_address', times: Infinity })
    await requestCar(motorpool.person('anna'), 'Kassel')
    await motorpool.person('aydin').waitForMessage(/Motorpool cannot reach anybody by mail/)
    slack.mail.faults.clear()
    await everythingSent(motorpool.database)
    expect(await given(motorpool, 'dead')).toBe(0)
    expect(motorpool.person('mara').mails()).toHaveLength(1)
  })

  it('has one message at a time look whether it is mended', async ({ motorpool, expect }) => {
    const { slack } = motorpool
    slack.faults.add({
      match: { method: REFUSED },
      times: Infinity,
      kind: 'error',
      error: 'invalid_auth',
    })
    await requestCar(motorpool.person('anna'), 'Kassel')
    await motorpool.person('aydin').waitForMail(/Motorpool cannot reach anybody/)
    const before = slack.calls.length
    const seen = (after: number) =>
      slack.calls.slice(before).filter(({ outcome }) => outcome === 'error').length >= after
    await expect.poll(() => seen(2), { timeout: 15_000 }).toBe(true)
    const looks = slack.calls
      .slice(before)
      .filter(({ outcome }) => outcome === 'error')
      .map(({ at }) => at)
    const gaps = looks.slice(1).map((at, index) => at - (looks[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(900)
  })
})

describe('somebody who cannot be reached', () => {
  const moveMara = ({ database }: TestMotorpool, email: string) =>
    database.prisma.person.update({ where: { email: 'mara.lindqvist@example.com' }, data: { email } })

  it('is named once, however often they are tried, and gets the mail and later the message', async ({
    motorpool,
    clock,
    expect,
  }) => {
    const { database, slack } = motorpool
    await moveMara(motorpool, 'mara.moved@example.com')
    await requestCar(motorpool.person('anna'), 'Ilmenau')
    const alert = await motorpool.person('aydin').waitForMail(/Motorpool cannot reach Mara Lindqvist/)
    expect(alert.text).toContain('no full member of this Slack has their email address')
    await expect.poll(() => slack.mail.to('mara.moved@example.com').length, { timeout: 10_000 }).toBe(1)
    // Others are reached, and she is tried again.
    clock.nextWeek()
    await requestCar(motorpool.person('ben'), 'Jena')
    await tryAgainNow(motorpool)
    const lookups = () => slack.calls.filter(({ method }) => method === 'users.lookupByEmail').length
    const before = lookups()
    await expect.poll(lookups, { timeout: 10_000 }).toBeGreaterThan(before)
    expect(alertsToAydin(motorpool)).toHaveLength(1)
    expect(await given(motorpool, 'dead')).toBe(0)

    await database.prisma.person.update({
      where: { email: 'mara.moved@example.com' },
      data: { email: 'mara.lindqvist@example.com' },
    })
    const arrived = () => motorpool.person('mara').messages().length
    await expect
      .poll(async () => (await tryAgainNow(motorpool)) && arrived(), { timeout: 10_000, interval: 200 })
      .toBeGreaterThan(0)
    await motorpool.person('mara').waitForMessage(/Ilmenau/)
    await everythingSent(motorpool.database)
    expect(await database.sql`SELECT FROM admin_alerts`).toHaveLength(0)
  })
})

describe('a card that Slack never takes', () => {
  it('is told once, and is not tried again until its booking changes', async ({ motorpool, expect }) => {
    const { slack } = motorpool
    slack.faults.add({ match: { method: 'chat.postMessage' }, times: 2, kind: 'error', error: 'invalid_blocks' })
    await requestCar(motorpool.person('anna'), 'Lindau')
    await expect.poll(() => alertsToAydin(motorpool).length, { timeout: 10_000 }).toBe(2)
    await everythingSent(motorpool.database)
    const posts = slack.calls.filter(({ method }) => method === 'chat.postMessage').length
    await tryAgainNow(motorpool)
    await requestCar(motorpool.person('ben'), 'Melle')
    await motorpool.person('mara').waitForMessage(/Melle/)
    await everythingSent(motorpool.database)
    const later = slack.calls.filter(({ method }) => method === 'chat.postMessage').length
    expect(later - posts).toBe(2)
    expect(alertsToAydin(motorpool)).toHaveLength(2)
  })
})
