import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { MemberChanges } from '../../src/workspace/protocol/acts.ts'
import { openForm, waitUntilTold } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import type { SlackPerson } from '../support/slack-person.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let ben: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now })
  ben = motorpool.person('ben')
})
afterAll(() => motorpool.stop())

const PATIENTLY = { timeout: 8000 }
const MEMBER: Required<MemberChanges> = {
  email: 'ben.koch@example.com',
  guest: false,
  bot: false,
  deleted: false,
  stranger: false,
}

/** Ben is a member and known by his account. */
beforeEach(async () => {
  motorpool.slack.faults.clear()
  await motorpool.slack.changeMember(ben.userId, MEMBER)
  await ben.opensHome()
  await expect.poll(async () => (await accounts()).length, PATIENTLY).toBe(1)
})

const accounts = () => motorpool.database.prisma.chatAccount.findMany({ where: { userId: ben.userId } })
/** What Slack says of Ben was looked at for the last time long ago. */
const letTimePass = () =>
  motorpool.database
    .sql`UPDATE chat_accounts SET checked_at = now() - interval '13 hours' WHERE user_id = ${ben.userId}`
const asked = () => motorpool.slack.calls.filter(({ method }) => method === 'users.info').length

it.each<[string, MemberChanges]>([
  ['becomes a guest', { guest: true }],
  ['is of another organisation', { stranger: true }],
  ['is a bot', { bot: true }],
  ['has their account closed', { deleted: true }],
  ['gets an address that the directory does not know', { email: 'ben@elsewhere.example' }],
])('somebody who %s is out as soon as Slack says so, and in again when they are back', async (_what, changes) => {
  expect(await motorpool.slack.changeMember(ben.userId, changes)).toEqual({ ok: true })
  await expect.poll(accounts, PATIENTLY).toEqual([])
  await expect.poll(() => motorpool.database.prisma.card.count({ where: { kind: 'home' } }), PATIENTLY).toBe(0)
  if (changes.guest) {
    await ben.waitForHome(/for full members of this organisation/)
    await ben.types('/book-car')
    await waitUntilTold(ben, /for full members of this organisation/)
    expect(ben.hasModal()).toBe(false)
  }
  await motorpool.slack.changeMember(ben.userId, MEMBER)
  await (await openForm(ben)).close()
  await expect.poll(async () => (await accounts()).length, PATIENTLY).toBe(1)
})

it('a Home that is being drawn meanwhile does not stay', async () => {
  const published = () => motorpool.slack.calls.filter(({ method }) => method === 'views.publish').length
  const before = published()
  motorpool.slack.faults.add({ kind: 'slow', ms: 300, match: { method: 'views.publish' } })
  await ben.opensHome()
  await expect.poll(published, PATIENTLY).toBe(before + 1)
  expect(await motorpool.slack.changeMember(ben.userId, { guest: true })).toEqual({ ok: true })
  await expect.poll(published, PATIENTLY).toBe(before + 3)
  await ben.waitForHome(/for full members of this organisation/)
})

it('a change that Slack did not tell is found when the account is next used after a while', async () => {
  const user = motorpool.slack.people.find(({ userId }) => userId === ben.userId)
  if (!user) throw new Error('Ben is gone')
  user.guest = true
  await (await openForm(ben)).close()
  await letTimePass()
  await ben.types('/book-car')
  await waitUntilTold(ben, /for full members of this organisation/)
  await expect.poll(accounts, PATIENTLY).toEqual([])
  await ben.waitForHome(/for full members of this organisation/)
})

it('Slack is asked once in a while, and keeps nobody out by being down', async () => {
  await letTimePass()
  const before = asked()
  await (await openForm(ben)).close()
  await (await openForm(ben)).close()
  expect(asked()).toBe(before + 1)
  await letTimePass()
  motorpool.slack.faults.add({ kind: 'server_error', match: { method: 'users.info' }, times: 5 })
  await (await openForm(ben)).close()
  await (await openForm(ben)).close()
  expect(asked()).toBe(before + 2)
  const [account] = await accounts()
  const hours = (Date.now() - Number(account?.checkedAt)) / 3600_000
  expect(hours).toBeGreaterThan(10)
  expect(hours).toBeLessThan(12)
})
