import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cardAbout, openForm, requestCar, toldAlone, waitUntilTold } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { STRANGER, startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { postSigned } from '../support/signed-request.ts'
import { slackPerson } from '../support/slack-person.ts'
import { statusOf, undelivered, whatStands } from '../support/what-stands.ts'

const clock = businessClock()

/** In the directory all of them are Anna's like; what differs is who Slack says they are. */
const PEOPLE = [
  { name: 'Gina Guest', email: 'gina.guest@example.com', timeZone: 'Europe/Berlin', guest: true },
  { name: 'Otto Other', email: 'otto.other@example.com', timeZone: 'Europe/Berlin', teamId: 'TOTHER' },
  { name: 'Robo Bot', email: 'robo.bot@example.com', timeZone: 'Europe/Berlin', bot: true },
  { name: 'Fina Full', email: 'fina.full@example.com', timeZone: 'Europe/Berlin' },
]

let motorpool: TestMotorpool
beforeAll(async () => {
  motorpool = await startMotorpool({
    now: clock.now,
    people: PEOPLE,
    prepare: async ({ prisma }) => {
      const { siteId, managerId } = await prisma.person.findUniqueOrThrow({
        where: { email: 'anna.schmidt@example.com' },
      })
      await prisma.person.createMany({
        data: PEOPLE.map(({ name, email }) => ({ name, email, department: 'Sales', siteId, managerId })),
      })
    },
  })
})
afterAll(() => motorpool.stop())

describe('/book-car', () => {
  it('tells somebody whom the directory does not know', async () => {
    const sam = slackPerson(motorpool.slack, STRANGER)
    expect(await sam.types('/book-car')).toEqual({ ok: true })
    await waitUntilTold(sam, /not in the company directory/)
    expect(sam.hasModal()).toBe(false)
  })

  it('opens the form for a full member with the same address', async () => {
    const fina = slackPerson(motorpool.slack, 'fina.full@example.com')
    await openForm(fina)
    expect(toldAlone(fina)).toEqual([])
  })

  it.each([
    ['a guest', 'gina.guest@example.com'],
    ['somebody of another organisation', 'otto.other@example.com'],
  ])('refuses %s, though their address is in the directory', async (_who, email) => {
    const person = slackPerson(motorpool.slack, email)
    await person.types('/book-car')
    await waitUntilTold(person, /for full members of this organisation/)
    expect(person.hasModal()).toBe(false)
    const accounts = await motorpool.database.sql`SELECT 1 FROM chat_accounts WHERE user_id = ${person.userId}`
    expect(accounts).toHaveLength(0)
  })

  it('refuses a bot, though its address is in the directory', async () => {
    const robo = motorpool.slack.people.find(({ bot }) => bot)
    const calls = motorpool.slack.calls.length
    const response = await postSigned(motorpool, {
      command: '/book-car',
      text: '',
      team_id: 'TTEST',
      user_id: robo?.userId ?? '',
      channel_id: robo?.channel ?? '',
      trigger_id: '1.2.3',
      response_url: `${motorpool.slack.baseUrl}/slack/response/none`,
    })
    expect(response.status).toBe(200)
    const since = () => motorpool.slack.calls.slice(calls)
    await expect.poll(() => since().some(({ method }) => method === 'response_url')).toBe(true)
    expect(since().find(({ method }) => method === 'response_url')?.args.text).toMatch(/for full members/)
    expect(since().map(({ method }) => method)).not.toContain('views.open')
  })

  it('refuses somebody whose entry is no longer active', async () => {
    const ben = motorpool.person('ben')
    const { prisma } = motorpool.database
    await prisma.person.update({ where: { email: ben.email }, data: { active: false } })
    await ben.types('/book-car')
    await waitUntilTold(ben, /no longer active/)
    expect(ben.hasModal()).toBe(false)
    await prisma.person.update({ where: { email: ben.email }, data: { active: true } })
  })

  it('lets nobody send a form who was deactivated while filling it in', async () => {
    clock.nextWeek()
    const ben = motorpool.person('ben')
    const { prisma } = motorpool.database
    const form = await openForm(ben)
    await form.fill('Destination', 'Nowhere')
    const before = await whatStands(motorpool.database)
    await prisma.person.update({ where: { email: ben.email }, data: { active: false } })
    expect(await form.submit()).toEqual({ ok: true })
    await form.waitFor(/no longer active/)
    expect(await whatStands(motorpool.database)).toEqual(before)
    await prisma.person.update({ where: { email: ben.email }, data: { active: true } })
  })
})

describe('a card for an approver', () => {
  it('is not sent to a guest or to another organisation, though their address is the manager’s', async () => {
    const { prisma, sql } = motorpool.database
    for (const email of ['gina.guest@example.com', 'otto.other@example.com']) {
      clock.nextWeek()
      const manager = await prisma.person.findUniqueOrThrow({ where: { email } })
      await prisma.person.update({ where: { email: 'anna.schmidt@example.com' }, data: { managerId: manager.id } })
      await requestCar(motorpool.person('anna'), `Trip for ${email}`)
      await cardAbout(motorpool.person('anna'), `Trip for ${email}`)
      const errors = () => sql`SELECT last_error FROM cards WHERE person_id = ${manager.id} AND last_error IS NOT NULL`
      await expect.poll(async () => (await errors()).length).toBe(1)
      const told = slackPerson(motorpool.slack, email).messages()
      expect(told.filter((message) => !message.ephemeral)).toEqual([])
      // The mail reaches them all the same: it decides nothing.
      await slackPerson(motorpool.slack, email).waitForMail(/Anna Schmidt asks for a car/)
      expect(await statusOf(motorpool.database, `Trip for ${email}`)).toBe('pending_manager')
    }
    expect(await undelivered(motorpool.database)).toBeGreaterThan(0)
  })
})
