import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fillForm } from '../support/asking.ts'
import { shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import { answerTo, nowShown, requestInTeams, teamsCardAbout } from '../support/demo-in-teams.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import type { SlackPerson } from '../support/slack-person.ts'
import { startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'
import { errorAt } from '../support/teams-form.ts'
import { textOf } from '../support/visible-text.ts'
import { waitUntil } from '../support/wait-until.ts'
import { bookingsTo, statusOf } from '../support/what-stands.ts'

const UNSTORABLE = 'Port\u0000 of \uD83D\u0007Ham\u200Bburg'
const SEEN = 'Port of \uFFFDHamburg'
const UNSEEN: [string, string][] = [
  ['zero-width characters', '\u200B\u200D\uFEFF'],
  ['a right-to-left override', '\u202E'],
  ['a thousand combining marks', '\u0301'.repeat(140)],
]
const clock = businessClock()
beforeEach(() => clock.nextWeek())

describe('in Slack, what was typed', () => {
  let motorpool: TestMotorpool
  let anna: SlackPerson
  let mara: SlackPerson
  beforeAll(async () => {
    motorpool = await startMotorpool({ now: clock.now })
    anna = motorpool.person('anna')
    mara = motorpool.person('mara')
  })
  afterAll(() => motorpool.stop())

  it('is made storable, in the form and in a draft of it, and in a reason', async () => {
    const form = await fillForm(anna, UNSTORABLE, {
      Details: `one\u0000\r\n${UNSTORABLE}`,
      'Other companions': '\uDE97Jo',
      Passengers: 2,
    })
    await form.press('Save as draft')
    await waitUntil(
      () => form.text().includes('Saved'),
      () => `the draft to be saved in: ${form.text()}`,
    )
    expect(await form.submit()).toEqual({ ok: true })
    expect(await bookingsTo(motorpool.database, SEEN)).toHaveLength(1)
    const card = await waitUntil(() => mara.messages().find((message) => textOf(message).includes(SEEN)), 'a card')
    await mara.press(card, 'Reject')
    const modal = await mara.openModal()
    await modal.fill('Reason', `No\u0000\uD83D`)
    expect(await modal.submit()).toEqual({ ok: true })
    expect(await statusOf(motorpool.database, SEEN)).toBe('rejected')
  })

  it.each(UNSEEN)('and shows nothing is missing: %s', async (_what, typed) => {
    const form = await fillForm(anna, typed)
    expect(JSON.stringify(await form.submit())).toContain('Please fill this in.')
  })

  it('is understood as a word', async () => {
    await anna.types('/book-car \u200Bhelp\u0000')
    const help = await waitUntil(() => anna.messages().findLast(({ ephemeral }) => ephemeral), 'help')
    expect(textOf(help)).not.toContain('understand')
  })
})

describe('in Teams, what was typed', () => {
  let company: TeamsCompany
  let anna: TeamsPerson
  let mara: TeamsPerson
  beforeAll(async () => {
    company = await startTeamsCompany(clock, ['anna', 'mara'])
    ;({ anna, mara } = company.people)
  })
  afterAll(() => company.stop())

  it('is made storable, in the form and in a draft of it, and in a reason', async () => {
    const { database } = company.motorpool
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Save as draft', { destination: UNSTORABLE, details: '\uD83D\u0000' })
    expect(shownText(nowShown(anna, form))).toContain('Saved')
    await requestInTeams(anna, UNSTORABLE, { details: `one\u0000\n${UNSTORABLE}` })
    expect(await bookingsTo(database, SEEN)).toHaveLength(1)
    await mara.presses(await teamsCardAbout(mara, SEEN), 'Reject request', { reason: 'No\u0000\uD83D' })
    expect(await statusOf(database, SEEN)).toBe('rejected')
  })

  it.each(UNSEEN)('and shows nothing is missing: %s', async (_what, typed) => {
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Request car', { destination: typed })
    expect(errorAt(nowShown(anna, form), 'destination')).toBe('Please fill this in.')
  })

  it('is understood as a word', async () => {
    expect(shownText(await answerTo(anna, '\u200Bhelp\u0000'))).toMatch(/^What you can type/)
  })
})
