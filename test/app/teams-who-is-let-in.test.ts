import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { activityFrom, messageFrom } from '../support/bot-connector/activities.ts'
import { type BotConnector, startBotConnector } from '../support/bot-connector/start-bot-connector.ts'
import { shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import { answerTo, DEMO_IN_TEAMS, requestInTeams, teamsCardAbout, teamsCardsAbout } from '../support/demo-in-teams.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { bookingsTo, whatStands } from '../support/what-stands.ts'

const OTHER_TENANT = '11111111-2222-4333-8444-555555555555'

const clock = businessClock()
let connector: BotConnector
let motorpool: TestMotorpool
let anna: TeamsPerson
let mara: TeamsPerson
beforeAll(async () => {
  const people = [
    ...DEMO_IN_TEAMS,
    { name: 'Gina Guest', email: 'duarte.reis@example.com', userRole: 'guest' as const },
    { name: 'Otto Other', email: 'duarte.reis@example.com', tenantId: OTHER_TENANT },
    { name: 'Nora Nomail', email: null },
    { name: 'Ute Brandt', email: null },
    { name: 'Duarte Reis', email: 'Duarte.Reis@Example.com' },
    { name: 'Catarina Duarte', email: 'catarina.duarte@example.com' },
  ]
  connector = await startBotConnector({ people })
  motorpool = await startMotorpool({ now: clock.now, teams: connector, withoutSlack: true })
  anna = connector.person('Anna')
  mara = connector.person('Mara')
})
afterAll(async () => {
  await motorpool.stop()
  await connector.close()
})
beforeEach(() => clock.nextWeek())

const accountsOf = ({ user }: TeamsPerson) =>
  motorpool.database.prisma.chatAccount.findMany({ where: { userId: user.aadObjectId } })

describe('somebody who is not let in', () => {
  it.each([
    ['a guest with the address of somebody in the directory', 'Gina', /full members of this organisation/],
    ['somebody whom the directory does not know', 'Sam', /nobody with your email address/],
    ['somebody without an address', 'Nora', /nobody with your email address/],
  ])('%s is told why, and finds no way past it', async (_who, name, words) => {
    const person = connector.person(name)
    const before = await whatStands(motorpool.database)
    await person.installs()
    expect(person.sees().map(shownText)).toEqual([expect.stringMatching(words)])
    expect(shownText(await answerTo(person, 'book'))).toMatch(words)
    const pressed = await connector.deliver(
      activityFrom(person.user, connector.serviceUrl, {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { verb: 'form.submit', data: { destination: 'Aachen' } } },
      }),
    )
    expect(JSON.stringify(pressed.body)).toMatch(words)
    expect(await accountsOf(person)).toEqual([])
    expect(await whatStands(motorpool.database)).toEqual(before)
  })

  it('somebody of another organisation gets 403 and no word; in a channel shared with them: who may use it', async () => {
    const otto = connector.person('Otto')
    expect(await otto.says('book')).toMatchObject({ status: 403 })
    expect(otto.sees()).toEqual([])
    otto.user.hasApp = true
    const message = messageFrom(otto.user, connector.serviceUrl, 'book')
    const here = { tenantId: connector.tenantId, id: otto.user.conversationId, conversationType: 'personal' }
    await connector.deliver({ ...message, conversation: here, channelData: { tenant: { id: connector.tenantId } } })
    expect(otto.sees().map(shownText)).toEqual([expect.stringMatching(/full members of this organisation/)])
    expect(await accountsOf(otto)).toEqual([])
  })

  it('somebody who is no longer active is told so, and let in again when they are', async () => {
    const catarina = connector.person('Catarina')
    const where = { email: 'catarina.duarte@example.com' }
    expect(shownText(await answerTo(catarina, 'help'))).toMatch(/^What you can type/)
    await motorpool.database.prisma.person.update({ where, data: { active: false } })
    expect(shownText(await answerTo(catarina, 'book'))).toMatch(/no longer active/)
    await motorpool.database.prisma.person.update({ where, data: { active: true } })
    expect(shownText(await answerTo(catarina, 'book'))).toMatch(/^Book a car/)
  })
})

describe('somebody of the directory', () => {
  it('is reached from the moment they add the app, before they write a word, with what waited', async () => {
    await requestInTeams(anna, 'Zeven')
    const { sql } = motorpool.database
    const why = () =>
      sql`SELECT last_error FROM cards c JOIN people p ON p.id = c.person_id WHERE p.name = 'Mara Lindqvist'`
    await expect.poll(async () => (await why())[0]?.last_error).toBe('has not added Motorpool in Teams yet')
    await mara.installs()
    expect(shownText(mara.sees()[0] ?? never())).toMatch(/^What you can type/)
    await teamsCardAbout(mara, 'Zeven')
    expect(mara.sees()).toHaveLength(2)
  })

  it('is known by their address in any case, and welcomed once', async () => {
    const duarte = connector.person('Duarte')
    await duarte.installs()
    await duarte.installs()
    expect(duarte.sees().map(shownText)).toEqual([expect.stringMatching(/^What you can type/)])
    await requestInTeams(duarte, 'Zittau')
    expect(await bookingsTo(motorpool.database, 'Zittau')).toHaveLength(1)
  })

  it('whose address has changed, a new person in the directory, goes on with the same account', async () => {
    const { prisma } = motorpool.database
    const ben = connector.person('Ben')
    await ben.installs()
    const {
      id: _id,
      createdAt: _createdAt,
      ...old
    } = await prisma.person.findUniqueOrThrow({
      where: { email: 'ben.koch@example.com' },
    })
    await prisma.person.update({ where: { email: old.email }, data: { active: false } })
    await prisma.person.create({ data: { ...old, name: 'Ben Meyer', email: 'ben.meyer@example.com' } })
    expect(shownText(await answerTo(ben, 'book'))).toMatch(/no longer active/)
    ben.user.email = 'ben.meyer@example.com'
    await requestInTeams(ben, 'Zwickau')
    expect(shownText(await teamsCardAbout(ben, 'Zwickau'))).toContain('Ben Meyer (driver)')
    expect(await accountsOf(ben)).toHaveLength(1)
  })
})

describe('an account that is known', () => {
  const letTimePass = ({ user }: TeamsPerson) =>
    motorpool.database.sql`UPDATE chat_accounts SET checked_at = NULL WHERE user_id = ${user.aadObjectId}`

  it('of a member turned guest is no way in once the roster was looked at, until they are a member again', async () => {
    const duarte = connector.person('Duarte')
    await duarte.installs()
    const form = await answerTo(duarte, 'book')
    duarte.user.userRole = 'guest'
    await letTimePass(duarte)
    const before = await whatStands(motorpool.database)
    const pressed = await duarte.presses(form, 'Request car', { destination: 'Zeitz' })
    expect(JSON.stringify(pressed)).toMatch(/full members of this organisation/)
    expect(shownText(await answerTo(duarte, 'book'))).toMatch(/full members of this organisation/)
    expect(await accountsOf(duarte)).toEqual([])
    expect(await whatStands(motorpool.database)).toEqual(before)
    duarte.user.userRole = 'user'
    expect(shownText(await answerTo(duarte, 'book'))).toMatch(/^Book a car/)
    expect(await accountsOf(duarte)).toHaveLength(1)
  })

  it('with another address that nobody in the directory has is no way in', async () => {
    const catarina = connector.person('Catarina')
    expect(shownText(await answerTo(catarina, 'help'))).toMatch(/^What you can type/)
    const { email } = catarina.user
    catarina.user.email = 'catarina@elsewhere.example'
    catarina.user.userPrincipalName = 'catarina@elsewhere.example'
    await letTimePass(catarina)
    expect(shownText(await answerTo(catarina, 'book'))).toMatch(/nobody with your email address/)
    expect(await accountsOf(catarina)).toEqual([])
    catarina.user.email = email
  })

  it('is good while Teams cannot be asked about it', async () => {
    const duarte = connector.person('Duarte')
    await letTimePass(duarte)
    connector.faults.add({ kind: 'server_error', match: { method: 'GetConversationMember' } })
    expect(shownText(await answerTo(duarte, 'book'))).toMatch(/^Book a car/)
    expect(await accountsOf(duarte)).toHaveLength(1)
  })
})

it('somebody without a mailbox is known by what they sign in with', async () => {
  const { prisma } = motorpool.database
  const { siteId } = await prisma.person.findUniqueOrThrow({ where: { email: 'ben.koch@example.com' } })
  await prisma.person.create({ data: { email: 'ute.brandt@example.com', name: 'Ute Brandt', siteId } })
  const ute = connector.person('Ute')
  await ute.installs()
  expect(shownText(await answerTo(ute, 'book'))).toMatch(/^Book a car/)
  expect(await accountsOf(ute)).toHaveLength(1)
})

describe('somebody who removed the app', () => {
  it('gets the mail, and the admins are told once; added again, what waited comes at once', async () => {
    const { sql } = motorpool.database
    const { mail } = motorpool.slack
    await mara.uninstalls()
    const error = 'the app is not installed for them in Teams (HTTP 403 BotNotInConversationRoster)'
    const alerts = () => mail.to('aydin.kaya@example.com').filter(({ text }) => text.includes(error))
    for (const place of ['Xanten', 'Xanten again']) {
      await requestInTeams(anna, place)
      await anna.presses(await teamsCardAbout(anna, place), 'Cancel booking')
    }
    const deliveries = () => sql<{ channel: string; status: string; error: string | null }[]>`
      SELECT d.channel, d.status::text, d.last_error AS error FROM deliveries d JOIN notifications n ON n.id = d.notification_id
      JOIN people p ON p.id = n.person_id WHERE p.name = 'Mara Lindqvist' AND n.kind = 'booking_cancelled'`
    const inTeams = async () => (await deliveries()).filter(({ channel }) => channel === 'teams')
    const each = (status: string, why: string | null) =>
      Array.from({ length: 2 }, () => ({ channel: 'teams', status, error: why }))
    await expect.poll(inTeams, { timeout: 5000 }).toEqual(each('pending', error))
    await expect.poll(() => alerts().length, { timeout: 5000 }).toBe(1)
    expect(alerts()[0]?.subject).toMatch(/Motorpool cannot reach Mara Lindqvist/)
    expect(mail.to('mara.lindqvist@example.com').filter(({ subject }) => /^Cancelled/.test(subject))).toHaveLength(2)

    // Nothing but these words waits for her.
    await mara.installs()
    await expect.poll(inTeams, { timeout: 5000 }).toEqual(each('sent', null))
    expect(mara.sees().filter((seen) => /cancelled request[\s\S]*Xanten/.test(shownText(seen)))).toHaveLength(2)
    expect(alerts()).toHaveLength(1)
    await mara.uninstalls()

    await requestInTeams(anna, 'Xanten at last')
    const behind = () => sql`SELECT 1 FROM cards c JOIN bookings b ON b.id = c.booking_id
      WHERE b.destination = 'Xanten at last' AND c.last_error = ${error}`
    await expect.poll(async () => (await behind()).length).toBe(1)
    await mara.installs()
    await mara.presses(await teamsCardAbout(mara, 'Xanten at last'), 'Approve')
    expect(teamsCardsAbout(mara, 'Xanten at last')).toHaveLength(1)
    expect((await bookingsTo(motorpool.database, 'Xanten at last'))[0]?.status).toBe('pending_hr')
    // She was reached in between, so that it happened again is news.
    expect(alerts()).toHaveLength(2)
  })
})

function never(): never {
  throw new Error('nothing came')
}
