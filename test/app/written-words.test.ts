import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cancelBooking, cardAbout, cardsAbout, requestCar } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { STRANGER, startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { postSignedEvent } from '../support/signed-request.ts'
import { type SeenMessage, type SlackPerson, slackPerson, textOf } from '../support/slack-person.ts'
import { waitUntil } from '../support/wait-until.ts'
import { everythingSent, statusOf } from '../support/what-stands.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let anna: SlackPerson
let mara: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now })
  anna = motorpool.person('anna')
  mara = motorpool.person('mara')
})
afterAll(() => motorpool.stop())
beforeEach(() => clock.nextWeek())

const GREETING = /^Hi! Here is what I can do:\n`book`: opens the form[\s\S]*`mine`: [\s\S]*`approvals`: [\s\S]*`help`: /

const fromBot = (person: SlackPerson) => person.messages().filter(({ from }) => from === 'bot')

/** Returns the answer to what somebody writes, a message that stays. */
async function answered(person: SlackPerson, words: string): Promise<SeenMessage> {
  const before = fromBot(person).length
  expect(await person.types(words)).toEqual({ ok: true })
  const answer = await waitUntil(() => fromBot(person)[before], `an answer to ${words}`)
  expect(answer.ephemeral).toBe(false)
  return answer
}

describe('what somebody writes to Motorpool', () => {
  it.each([
    ['hello', GREETING],
    ['help', GREETING],
    ['mine please', GREETING],
    ['carsten', GREETING],
    ['  My   Bookings ', /^You have no trips ahead/],
    ['mine', /^You have no trips ahead/],
    ['Drafts', /^You have no drafts/],
    ['approvals', /Nothing waits for your decision/],
    ['cars tomorrow', /6 of 6 cars are free all day/],
    ['cars <b> & co', /^I did not understand that time/],
  ])('is read as the words after the command are: %s', async (words, wanted) => {
    expect(textOf(await answered(anna, words))).toMatch(wanted)
    expect(anna.messages().some(({ from }) => from === 'person')).toBe(true)
  })

  it.each([
    ['book a car', 'Where to?'],
    ['away', 'Who stands in for you'],
  ])('opens a form on a press: %s', async (words, field) => {
    const answer = await answered(anna, words)
    expect(answer.buttons()).toEqual(['Open the form'])
    await anna.press(answer, 'Open the form')
    const form = await anna.openModal()
    expect(form.text()).toContain(field)
    await form.close()
  })

  it('is not answered to somebody who is not let in', async () => {
    const answer = await answered(slackPerson(motorpool.slack, STRANGER), 'hello')
    expect(textOf(answer)).not.toMatch(GREETING)
  })
})

describe('a list in the conversation', () => {
  it('is decided and cancelled from, in its place, and becomes no card', async () => {
    await requestCar(anna, 'Gera')
    await cardAbout(mara, 'Gera')
    const list = await answered(mara, 'approvals')
    expect(await mara.press(list, 'Approve')).toEqual({ ok: true })
    const now = () => mara.messages().find(({ ts }) => ts === list.ts)
    await expect.poll(() => textOf(now() ?? list), { timeout: 8000 }).toMatch(/Gera\. You approved it/)
    expect(await statusOf(motorpool.database, 'Gera')).toBe('pending_hr')

    const own = await answered(anna, 'mine')
    await cancelBooking(anna, own)
    await everythingSent(motorpool.database)
    await expect
      .poll(() => textOf(anna.messages().find(({ ts }) => ts === own.ts) ?? own), { timeout: 8000 })
      .toMatch(/You have no trips ahead[\s\S]*Gera\. Cancelled/)
    expect(textOf(now() ?? list)).toMatch(/Gera\. You approved it/)
    for (const person of [anna, mara]) expect(cardsAbout(person, 'Gera')).toHaveLength(1)
  })
})

describe('a message event', () => {
  const event = (fields: object) => ({
    type: 'event_callback',
    team_id: motorpool.slack.people[0]?.teamId,
    api_app_id: 'A1',
    event_id: `Ev${randomUUID()}`,
    event: {
      type: 'message',
      channel: anna.channel,
      channel_type: 'im',
      user: anna.userId,
      text: 'hello',
      ts: `${Date.now() / 1000}`,
      ...fields,
    },
  })

  it('that Slack sends again is answered once', async () => {
    const before = fromBot(anna).length
    const body = event({ ts: '1700000001.000100' })
    const sent = [null, 1, null, 2].map((attempt) => postSignedEvent(motorpool, body, attempt))
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect((await postSignedEvent(motorpool, { ...body, event_id: 'EvAnother' }, 3)).status).toBe(200)
    await expect.poll(() => fromBot(anna).length, { timeout: 8000 }).toBe(before + 1)
    await answered(anna, 'help')
    expect(fromBot(anna)).toHaveLength(before + 2)
  })

  it.each<[string, object]>([
    ['of a bot', { bot_id: 'B1' }],
    ['of a bot of the old kind', { subtype: 'bot_message', bot_id: 'B1', user: undefined }],
    ['of nobody', { user: undefined }],
    ['about an edit', { subtype: 'message_changed', user: undefined, message: { text: 'hello' } }],
    ['about a deletion', { subtype: 'message_deleted', user: undefined, deleted_ts: '1.2' }],
    ['in a channel', { channel_type: 'channel' }],
    ['of many people', { channel_type: 'mpim' }],
  ])('%s is not answered', async (_what, fields) => {
    const before = motorpool.slack.calls.filter(({ method }) => method === 'chat.postMessage').length
    expect((await postSignedEvent(motorpool, event(fields))).status).toBe(200)
    await answered(anna, 'help')
    expect(motorpool.slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(before + 1)
  })
})
