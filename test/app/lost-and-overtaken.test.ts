import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cancelBooking, cardAbout, cardsAbout, openForm, requestCar } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { addSecondHr } from '../support/second-hr.ts'
import { type SlackPerson, textOf } from '../support/slack-person.ts'
import { everythingSent, statusOf } from '../support/what-stands.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let anna: SlackPerson
let mara: SlackPerson
let hanna: SlackPerson
let helen: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now, prepare: addSecondHr })
  anna = motorpool.person('anna')
  mara = motorpool.person('mara')
  hanna = motorpool.person('hanna')
  helen = motorpool.person('helen')
})
afterAll(() => motorpool.stop())
beforeEach(() => clock.nextWeek())
afterEach(async () => {
  motorpool.slack.faults.clear()
  motorpool.slack.mail.faults.clear()
  await everythingSent(motorpool.database)
})

const everybody = () => [anna, mara, hanna, helen]
const callsOf = (method: string) => motorpool.slack.calls.filter((call) => call.method === method)

/** One card each, all of them saying this, and no button on any but the requester's own. */
async function expectPicture(destination: string, people: SlackPerson[], outcome: RegExp): Promise<void> {
  await everythingSent(motorpool.database)
  for (const person of people) {
    const cards = cardsAbout(person, destination)
    expect(cards).toHaveLength(1)
    expect(cards.map(textOf)).toEqual([expect.stringMatching(outcome)])
    expect(cards[0]?.buttons().filter((label) => !['Change', 'Cancel'].includes(label))).toEqual([])
  }
}

describe('a decision that overtakes a card', () => {
  it('that is still being posted for the first time', async () => {
    // Helen has never used Motorpool and is looked up by her address first: her card alone is late.
    await openForm(hanna)
    motorpool.slack.faults.add({ kind: 'slow', ms: 700, match: { method: 'users.lookupByEmail', nth: 2 } })
    await requestCar(anna, 'Aalen')
    await mara.press(await cardAbout(mara, 'Aalen'), 'Approve')
    const asked = await cardAbout(hanna, 'Aalen')
    expect(cardsAbout(helen, 'Aalen')).toEqual([])
    await hanna.press(asked, 'Approve')
    expect(await statusOf(motorpool.database, 'Aalen')).toBe('approved')
    expect(cardsAbout(helen, 'Aalen')).toEqual([])
    await expectPicture('Aalen', everybody(), /Approved by Hanna Weber for HR/)
  })

  it('that is being redrawn: two decisions in a row while Slack is slow', async () => {
    await requestCar(anna, 'Bamberg')
    const asked = await cardAbout(mara, 'Bamberg')
    const own = await cardAbout(anna, 'Bamberg')
    await everythingSent(motorpool.database)
    motorpool.slack.faults.add({ kind: 'slow', ms: 500, match: { method: /^chat\./ }, times: 6 })
    await mara.press(asked, 'Approve')
    await cancelBooking(anna, own)
    await expectPicture('Bamberg', everybody(), /Cancelled by Anna Schmidt/)
    expect(cardsAbout(anna, 'Bamberg')[0]?.buttons()).toEqual([])
  })

  it('that could not be sent: two decisions in a row while Slack is down', async () => {
    await requestCar(anna, 'Celle')
    const asked = await cardAbout(mara, 'Celle')
    const own = await cardAbout(anna, 'Celle')
    await everythingSent(motorpool.database)
    await anna.press(own, 'Cancel')
    const modal = await anna.openModal()
    motorpool.slack.faults.down(true)
    await mara.press(asked, 'Approve')
    expect(await modal.submit()).toEqual({ ok: true })
    expect(await statusOf(motorpool.database, 'Celle')).toBe('cancelled')
    motorpool.slack.faults.down(false)
    await expectPicture('Celle', everybody(), /Cancelled by Anna Schmidt/)
    expect(cardsAbout(anna, 'Celle')[0]?.buttons()).toEqual([])
  })
})

describe('a post whose answer was lost', () => {
  it('is found again: there is one message only, and its buttons work', async () => {
    motorpool.slack.faults.add({ kind: 'drop_after_acting', match: { method: 'chat.postMessage' }, times: 2 })
    await requestCar(anna, 'Dessau')
    await everythingSent(motorpool.database)
    expect(
      callsOf('chat.postMessage')
        .slice(-2)
        .map(({ outcome }) => outcome),
    ).toEqual(['drop_after_acting', 'drop_after_acting'])
    for (const person of [anna, mara]) expect(cardsAbout(person, 'Dessau')).toHaveLength(1)
    motorpool.slack.faults.add({ kind: 'drop_after_acting', match: { method: 'chat.postMessage' }, times: 3 })
    await mara.press(await cardAbout(mara, 'Dessau'), 'Approve')
    await everythingSent(motorpool.database)
    for (const person of everybody()) expect(cardsAbout(person, 'Dessau')).toHaveLength(1)
    const told = anna.messages().filter((message) => /approved your request[\s\S]*Dessau/.test(textOf(message)))
    expect(told).toHaveLength(1)
  })

  it('and that was pressed before it was found, is redrawn and stays the only one', async () => {
    motorpool.slack.faults.add({ kind: 'drop_after_acting', match: { method: 'chat.postMessage' }, times: 2 })
    await requestCar(anna, 'Eutin')
    const asked = await cardAbout(mara, 'Eutin')
    await mara.press(asked, 'Approve')
    await everythingSent(motorpool.database)
    expect(cardsAbout(mara, 'Eutin').map((card) => card.buttons())).toEqual([[]])
    expect(await statusOf(motorpool.database, 'Eutin')).toBe('pending_hr')
  })

  it('and that is there twice all the same: the stray one is adopted when it is pressed', async () => {
    await requestCar(anna, 'Flensburg')
    const asked = await cardAbout(mara, 'Flensburg')
    await everythingSent(motorpool.database)
    // What a lost answer leaves where the first message could not be found again: nobody knows of this one.
    await motorpool.database.sql`UPDATE cards SET external_id = NULL, drawn_version = 0, attempt = 0
      WHERE external_id = ${`${asked.channel}:${asked.ts}`}`
    await expect.poll(() => cardsAbout(mara, 'Flensburg').length, { timeout: 3000 }).toBe(2)
    await everythingSent(motorpool.database)
    const [stray, known] = cardsAbout(mara, 'Flensburg')
    if (!stray || !known) throw new Error('there are not two cards')
    expect(stray.ts).toBe(asked.ts)
    await mara.press(known, 'Approve')
    await everythingSent(motorpool.database)
    await mara.press(stray, 'Approve')
    await everythingSent(motorpool.database)
    expect(cardsAbout(mara, 'Flensburg').map((card) => card.buttons())).toEqual([[], []])
    expect(cardsAbout(mara, 'Flensburg').map(textOf)).toEqual([
      expect.stringMatching(/Approved by Mara Lindqvist/),
      expect.stringMatching(/Approved by Mara Lindqvist/),
    ])
    // From now on it follows like any other.
    await hanna.press(await cardAbout(hanna, 'Flensburg'), 'Approve')
    await everythingSent(motorpool.database)
    expect(cardsAbout(mara, 'Flensburg').map(textOf)).toEqual([
      expect.stringMatching(/Approved by Hanna Weber/),
      expect.stringMatching(/Approved by Hanna Weber/),
    ])
  })
})
