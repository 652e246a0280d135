import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cardsAbout, fillForm } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { readMessage, readNotification } from '../support/read-mrkdwn.ts'
import type { SeenMessage, SlackPerson } from '../support/slack-person.ts'
import { waitUntil } from '../support/wait-until.ts'
import { everythingSent } from '../support/what-stands.ts'

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

const TYPED: [string, string][] = [
  ['something that pings', '<!channel> <!here> <@U0123> <!subteam^S1>'],
  ['an ampersand, and what looks escaped', 'Hotel & Co &amp; &lt;b&gt;'],
  ['something like HTML', '<b>bold</b><script>alert(1)</script>'],
  ['one star, one tilde, one underscore', '5 * 3 ~ 15 _'],
  ['a link in disguise', '<https://evil.example|our intranet>'],
  ['emoji', '🚗💨 👩‍👩‍👧‍👦 🇩🇪'],
  ['another direction', 'שלום עולם مرحبا'],
  ['accents and quotes', '“Škoda” – Łódź, d’Aÿ "x" \'y\''],
]

/** Whitespace aside: a mail and a message break their lines where they like. */
const squeezed = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

function newestCard(person: SlackPerson): SeenMessage {
  const card = cardsAbout(person, '').at(-1)
  if (!card) throw new Error(`${person.email} has no card`)
  return card
}

/** What was typed is read as typed, in the message and in its notification, and pings nobody. */
function expectAsTyped(message: SeenMessage, typed: string): void {
  const { text, pings } = readMessage(message)
  expect(squeezed(text)).toContain(squeezed(typed))
  expect(pings).toEqual([])
  expect(readNotification(message).pings).toEqual([])
}

describe('what somebody typed is shown as typed', () => {
  it.each(TYPED)('in a request, on cards and in mails: %s', async (_what, typed) => {
    const destination = `To ${typed}`.slice(0, 150)
    const form = await fillForm(anna, destination, {
      Passengers: 2,
      Details: `Details ${typed}`,
      'Other companions': `Jo ${typed.replaceAll(/[,;]/g, '')}`,
    })
    expect(await form.submit()).toEqual({ ok: true })
    await everythingSent(motorpool.database)
    for (const person of [anna, mara]) {
      const card = newestCard(person)
      expectAsTyped(card, destination)
      expectAsTyped(card, `Details ${typed}`)
      expectAsTyped(card, `Jo ${typed.replaceAll(/[,;]/g, '')}`)
    }
    const mail = await mara.waitForMail(/asks for a car/)
    expect(squeezed(mail.text)).toContain(squeezed(destination))
    expect(squeezed(mail.text)).toContain(squeezed(`Details ${typed}`))
    expect(mail.html).not.toMatch(/<script>|<b>bold|href="https:\/\/evil/)
  })

  it.each(TYPED)('in the reason for a rejection, on cards, in messages and in mails: %s', async (_what, typed) => {
    const form = await fillForm(anna, 'Anywhere')
    await form.submit()
    await everythingSent(motorpool.database)
    await mara.press(newestCard(mara), 'Reject')
    const modal = await mara.openModal()
    await modal.fill('Reason', `No: ${typed}`)
    expect(await modal.submit()).toEqual({ ok: true })
    await everythingSent(motorpool.database)
    for (const person of [anna, mara]) expectAsTyped(newestCard(person), `No: ${typed}`)
    const told = await waitUntil(
      () => anna.messages().findLast((message) => /rejected your request/.test(readMessage(message).text)),
      'Anna to be told',
    )
    expectAsTyped(told, `No: ${typed}`)
    const mail = await anna.waitForMail(/^Rejected/)
    expect(squeezed(mail.text)).toContain(squeezed(`No: ${typed}`))
    expect(mail.html).not.toMatch(/<script>|<b>bold|href="https:\/\/evil/)
  })

  it('also where Slack would make a quote of it', async () => {
    const form = await fillForm(anna, '> not quoted', { Details: 'Line one\n> not quoted' })
    expect(await form.submit()).toEqual({ ok: true })
    await everythingSent(motorpool.database)
    expectAsTyped(newestCard(mara), '> not quoted')
    expectAsTyped(newestCard(mara), 'Line one > not quoted')
  })

  it.each([
    ['3,000 letters', 'Ein langer Satz über die Fahrt. '.repeat(93).trim().padEnd(3000, '.')],
    ['3,000 ampersands', '&'.repeat(3000)],
    ['1,500 emoji', '🚗'.repeat(1500)],
    ['1,000 lines', Array.from({ length: 1000 }, (_, line) => line % 10).join('\n')],
  ])('however long it is: %s', async (_what, typed) => {
    const form = await fillForm(anna, 'x'.repeat(150), { Details: typed })
    expect(await form.submit()).toEqual({ ok: true })
    await everythingSent(motorpool.database)
    const bare = (text: string) => text.replaceAll(/\s+/g, '')
    for (const person of [anna, mara]) expect(bare(readMessage(newestCard(person)).text)).toContain(bare(typed))
    const mail = await mara.waitForMail(/asks for a car/)
    expect(bare(mail.text)).toContain(bare(typed))
    await mara.press(newestCard(mara), 'Reject')
    const modal = await mara.openModal()
    const reason = typed.slice(0, 1000)
    await modal.fill('Reason', reason)
    expect(await modal.submit()).toEqual({ ok: true })
    await everythingSent(motorpool.database)
    for (const person of [anna, mara]) expect(bare(readMessage(newestCard(person)).text)).toContain(bare(reason))
    const told = anna.messages().findLast((message) => /rejected your request/.test(readMessage(message).text))
    expect(bare(readMessage(told ?? newestCard(mara)).text)).toContain(bare(reason))
  })
})
