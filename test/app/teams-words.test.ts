import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fields } from '../../src/workspace/protocol/json.ts'
import { activityFrom, BOT_ID } from '../support/bot-connector/activities.ts'
import type { BotConnector } from '../support/bot-connector/start-bot-connector.ts'
import { buttonsOf, shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import {
  answerTo,
  nowShown,
  requestInTeams,
  teamsCardAbout,
  textNow,
  waitUntilShown,
} from '../support/demo-in-teams.ts'
import type { TestMotorpool } from '../support/motorpool.ts'
import { startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'
import { statusOf } from '../support/what-stands.ts'

const clock = businessClock()
let company: TeamsCompany
let connector: BotConnector
let motorpool: TestMotorpool
let anna: TeamsPerson
let mara: TeamsPerson
let hanna: TeamsPerson
beforeAll(async () => {
  company = await startTeamsCompany(clock, ['anna', 'mara', 'hanna'])
  ;({
    connector,
    motorpool,
    people: { anna, mara, hanna },
  } = company)
})
afterAll(() => company.stop())

const everythingSent = () => company.everythingSent()
const said = async (person: TeamsPerson, words: string) => shownText(await answerTo(person, words))

/** The message itself is changed, not only what one client shows: it is still so when the chat is opened again. */
const changedInPlace = (id: string) => () =>
  connector.calls.filter(({ name, path }) => name === 'UpdateActivity' && path.endsWith(`/${id}`)).length

describe('a word', () => {
  it.each([
    ['book', /^Book a car/],
    ['  BOOK  ', /^Book a car/],
    ['My  Bookings', /^You have no trips ahead/],
    ['mine', /^You have no trips ahead/],
    ['my trips', /^You have no trips ahead/],
    ['book a car', /^Book a car/],
    ['Drafts', /^You have no drafts/],
    ['my&nbsp;bookings', /^You have no trips ahead/],
    ['cars&nbsp;tomorrow 9&#45;12', /^\d of 6 cars are free/],
    ['mine please', /^Hi! Here is what I can do:\nbook: /],
    ['R&amp;D &lt;b&gt; &amp;amp; &#x26;&unknown;', /^Hi! Here is what I can do:/],
    ['AWAY', /^Away\nWhile you are away/],
    ['Approvals', /^Nothing waits for your decision/],
    ['HELP', /^What you can type/],
    ['Cars', /^\d of 6 cars are free now/],
    ['cars Tomorrow', /^6 of 6 cars are free all day, Tue \d+ Nov/],
    ['cars whenever', /^⚠️ I did not understand that time/],
    ['carsten', /^Hi! Here is what I can do:/],
    ['give me <b>a car</b> *now*', /^Hi! Here is what I can do:/],
  ])('is understood in any case: %j', async (words, answer) => {
    expect(await said(anna, words)).toMatch(answer)
  })

  it('is understood behind a mention of the bot, wherever it stands', async () => {
    const mention = { type: 'mention', text: '<at>Motorpool</at>', mentioned: { id: BOT_ID, name: 'Motorpool' } }
    for (const text of ['<at>Motorpool</at> Help', '<at>Motorpool</at>\u00a0help\n', 'help <at>Motorpool</at>']) {
      const before = anna.sees().length
      await connector.deliver(message({ text, entities: [mention] }))
      expect(anna.sees().slice(before).map(shownText)).toEqual([expect.stringMatching(/^What you can type/)])
    }
  })

  it.each([
    ['<at>Motorpool</at> help', { name: 'Motorpool' }],
    ['help <at>Motor pool bot</at>', {}],
    ['help', { name: 'Motorpool' }],
  ])('is understood behind a mention that does not say its text: %s', async (text, named) => {
    const before = anna.sees().length
    const mention = { type: 'mention', mentioned: { id: BOT_ID, ...named } }
    await connector.deliver(message({ text, entities: [mention, { ...mention, text: '' }] }))
    expect(anna.sees().slice(before).map(shownText)).toEqual([expect.stringMatching(/^What you can type/)])
  })

  it('is missing where only a picture came: the help', async () => {
    const before = anna.sees().length
    await connector.deliver(message({}))
    expect(anna.sees().slice(before).map(shownText)).toEqual([expect.stringMatching(/^What you can type/)])
  })
})

function message(changes: Fields): Fields {
  return activityFrom(anna.user, connector.serviceUrl, { type: 'message', ...changes })
}

describe('in a channel', () => {
  const inChannels = () => connector.chats.seenIn('19:team@thread.tacv2')

  it('is answered in the 1:1 chat', async () => {
    const before = anna.sees().length
    await anna.inChannel('My Bookings')
    expect(anna.sees().slice(before).map(shownText)).toEqual([expect.stringMatching(/^You have no trips ahead/)])
    expect(inChannels()).toEqual([])
  })

  it('also where no 1:1 chat is known yet, and from then on they are reached there', async () => {
    const ben = connector.person('Ben')
    await ben.inChannel('help')
    expect(ben.sees().map(shownText)).toEqual([expect.stringMatching(/^What you can type/)])
    const { prisma } = motorpool.database
    const { id: managerId } = await prisma.person.findUniqueOrThrow({ where: { email: ben.user.email ?? '' } })
    await prisma.person.update({ where: { email: 'anna.schmidt@example.com' }, data: { managerId } })
    await requestInTeams(anna, 'Aalen')
    await teamsCardAbout(ben, 'Aalen')
    const mara = await prisma.person.findUniqueOrThrow({ where: { email: 'mara.lindqvist@example.com' } })
    await prisma.person.update({ where: { email: 'anna.schmidt@example.com' }, data: { managerId: mara.id } })
  })

  it('is told how to be reached where the app is not theirs', async () => {
    const aydin = connector.person('Aydin')
    connector.faults.add({
      match: { method: 'CreateConversation' },
      kind: 'error',
      error: 'BotNotInConversationRoster',
    })
    const { status } = await aydin.inChannel('approvals')
    expect(status).toBe(200)
    const inThread = ({ name, path }: { name: string; path: string }) =>
      name === 'SendToConversation' && path.includes('19:team@thread.tacv2;messageid=')
    const thread = connector.calls.find(inThread)
    expect(JSON.stringify(thread?.body)).toContain('Please add the app for yourself')
    expect(aydin.sees()).toEqual([])
  })
})

describe('my bookings', () => {
  beforeEach(() => clock.nextWeek())

  it('cancels from the list, which then shows what is left, for good', async () => {
    await requestInTeams(anna, 'Bad Ems')
    const list = await answerTo(anna, 'my bookings')
    expect(shownText(list)).toMatch(/^Your next trip\n#\d+: .*Bad Ems/)
    await anna.presses(list, 'Cancel booking')
    expect(await statusOf(motorpool.database, 'Bad Ems')).toBe('cancelled')
    expect(textNow(anna, list)).toMatch(/^You have no trips ahead/)
    expect(textNow(anna, list)).toMatch(/Your bookings[\s\S]*Bad Ems\. Cancelled/)
    await expect.poll(changedInPlace(list.id)).toBe(1)
    await mara.waitFor(/Anna Schmidt cancelled request[\s\S]*Bad Ems/)
    await anna.presses(list, 'Cancel booking')
    expect(textNow(anna, list)).toMatch(/^You have no trips ahead/)
  })

  it('says why in the list where it is too late', async () => {
    await requestInTeams(anna, 'Bad Orb')
    await mara.presses(await teamsCardAbout(mara, 'Bad Orb'), 'Approve')
    await hanna.presses(await teamsCardAbout(hanna, 'Bad Orb'), 'Approve')
    const list = await answerTo(anna, 'my bookings')
    const before = clock.now()
    clock.set(new Date(+before + 3 * 3600 * 1000))
    try {
      await anna.presses(list, 'Cancel booking')
      expect(textNow(anna, list)).toMatch(/^⚠️ Too late: the departure was at 09:00\.\nYour next trip/)
      expect(await statusOf(motorpool.database, 'Bad Orb')).toBe('approved')
    } finally {
      clock.set(before)
    }
  })

  it('shows the history a page at a time, filtered by status', async () => {
    const places = ['Aurich', 'Leer', 'Emden', 'Norden', 'Varel', 'Wittmund', 'Esens', 'Dornum', 'Hage']
    for (const place of places) {
      clock.nextWeek()
      await requestInTeams(anna, place)
    }
    const list = await answerTo(anna, 'my bookings')
    const history = () => textNow(anna, list).split('Your bookings').at(-1) ?? ''
    expect(history()).toMatch(/Hage[\s\S]*Page 1 of 2/)
    expect(buttonsOf(list)).not.toContain('Newer')
    await anna.presses(list, 'Older')
    expect(history()).toMatch(/Bad Ems\. Cancelled[\s\S]*Page 2 of 2/)
    expect(history()).not.toContain('Hage')
    await anna.presses(nowShown(anna, list), 'Newer')
    expect(history()).toMatch(/Hage[\s\S]*Page 1 of 2/)
    await anna.presses(nowShown(anna, list), 'Show', { filter: 'cancelled' })
    expect(history()).toMatch(/Bad Ems\. Cancelled/)
    expect(history()).not.toMatch(/Hage|Page/)
    await anna.presses(nowShown(anna, list), 'Show', { filter: 'rejected' })
    expect(history()).toMatch(/None\./)
  })
})

describe('approvals', () => {
  beforeEach(() => clock.nextWeek())

  it('decides in the list, which then shows what is left, for good', async () => {
    await requestInTeams(anna, 'Cham')
    await requestInTeams(anna, 'Calw', { departure_time: '18:00', return_time: '19:00' })
    const list = await answerTo(mara, 'approvals')
    expect(shownText(list)).toMatch(/^2 requests wait for your decision/)
    const [first, second] = ['Cham', 'Calw'].map((place) => stepOf(list, place))
    await mara.presses(
      list,
      (action) => action.verb === 'booking.approve' && action.title === 'Approve' && isAbout(action, first),
    )
    expect(await statusOf(motorpool.database, 'Cham')).toBe('pending_hr')
    // It keeps its place: a second press there meets nobody else's request.
    expect(textNow(mara, list)).toMatch(/^1 request waits for your decision[\s\S]*Cham\. You approved it/)
    const order = (text: string) => [...text.matchAll(/Cham|Calw/g)].map(([place]) => place)[0]
    expect(order(textNow(mara, list))).toBe(order(shownText(list)))
    await expect.poll(changedInPlace(list.id)).toBe(1)

    // From the old screen: once more, and a rejection without and with a reason.
    await mara.presses(list, (action) => action.title === 'Approve' && isAbout(action, first))
    expect(textNow(mara, list)).toMatch(/^1 request waits/)
    expect(await statusOf(motorpool.database, 'Calw')).toBe('pending_manager')
    const reject = (typed: Record<string, string>) =>
      mara.presses(
        nowShown(mara, list),
        (action) => action.title === 'Reject request' && isAbout(action, second),
        typed,
      )
    expect(await reject({})).toMatchObject({ errors: ['Please give a reason.'] })
    await reject({ [`reason-${second}`]: 'The fair was called off' })
    expect(await statusOf(motorpool.database, 'Calw')).toBe('rejected')
    expect(textNow(mara, list)).toMatch(/^Nothing waits for your decision[\s\S]*You rejected it/)
    await anna.waitFor(/rejected your request[\s\S]*“The fair was called off”/)
    await everythingSent()
  })

  it('says why in the list where somebody was first', async () => {
    await requestInTeams(anna, 'Celle')
    const list = await answerTo(mara, 'approvals')
    await anna.presses(await teamsCardAbout(anna, 'Celle'), 'Cancel booking')
    await waitUntilShown(mara, await teamsCardAbout(mara, 'Celle'), /Cancelled by Anna/)
    await mara.presses(list, 'Approve')
    expect(textNow(mara, list)).toMatch(
      /^⚠️ Changed since you looked: Anna Schmidt cancelled it, today 08:00\.\nNothing waits/,
    )
  })
})

function isAbout(action: Record<string, unknown>, stepId: string | undefined): boolean {
  return (action.data as { stepId?: string } | undefined)?.stepId === stepId
}

/** The step that the buttons below this place are about. */
function stepOf(list: { activity: unknown }, place: string): string {
  const text = JSON.stringify(list.activity)
  return /"stepId":"([^"]+)"/.exec(text.slice(text.indexOf(place)))?.[1] ?? ''
}
