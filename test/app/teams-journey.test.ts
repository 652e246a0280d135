import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BotConnector, startBotConnector } from '../support/bot-connector/start-bot-connector.ts'
import { buttonsOf, shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { DEMO_IN_TEAMS } from '../support/demo-in-teams.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { choicesIn } from '../support/teams-form.ts'
import { bookingsTo, everythingSent } from '../support/what-stands.ts'

let connector: BotConnector
let motorpool: TestMotorpool
let anna: TeamsPerson
let mara: TeamsPerson
let hanna: TeamsPerson

beforeAll(async () => {
  connector = await startBotConnector({ people: DEMO_IN_TEAMS })
  motorpool = await startMotorpool({ teams: connector, withoutSlack: true })
  ;[anna, mara, hanna] = ['Anna', 'Mara', 'Hanna'].map((name) => connector.person(name)) as [
    TeamsPerson,
    TeamsPerson,
    TeamsPerson,
  ]
  for (const person of [anna, mara, hanna]) await person.installs()
})
afterAll(async () => {
  await motorpool.stop()
  await connector.close()
})

/** Fills in the form, for a driver of that name, and sends it; returns what stands in its place. */
async function request(destination: string, driver = 'Anna Schmidt'): Promise<string> {
  await anna.says('book')
  const form = await anna.waitFor(/Book a car/)
  const choices = Object.entries(choicesIn(form, 'drivers'))
  const [, drivers = ''] = choices.find(([title]) => title.startsWith(driver)) ?? []
  await anna.presses(form, 'Request car', { destination, drivers })
  return shownText(anna.sees().find(({ id }) => id === form.id) ?? form)
}

const statusOf = async (destination: string) => (await bookingsTo(motorpool.database, destination))[0]?.status

describe('a company in Teams', () => {
  it('books, approves twice over, and everybody sees it', async () => {
    expect(await request('Hamburg')).toMatch(/Request #\d+ is sent/)
    expect(await statusOf('Hamburg')).toBe('pending_manager')
    const own = await anna.waitFor(/Your booking #\d+/)
    expect(buttonsOf(own)).toContain('Cancel')

    const asked = await mara.waitFor(/Anna Schmidt.* asks for a car/)
    expect(buttonsOf(asked)).toEqual(expect.arrayContaining(['Approve', 'Reject']))
    await mara.presses(asked, 'Approve')
    await hanna.waitFor(/Approved by Mara Lindqvist as manager/)
    await hanna.presses(await hanna.waitFor(/Anna Schmidt.* asks for a car/), 'Approve')
    await anna.waitFor(/Your booking #\d+ is approved/)
    await everythingSent(motorpool.database)
    expect(await statusOf('Hamburg')).toBe('approved')
    for (const person of [anna, mara, hanna]) {
      const card = person.sees().find((seen) => /Approved by Hanna Weber for HR/.test(shownText(seen)))
      expect(card && buttonsOf(card)).not.toContain('Approve')
    }
  })

  it('rejects with a reason, and not without', async () => {
    await request('Leipzig', 'Ben Koch')
    const asked = await mara.waitFor(/Leipzig/)
    expect(await mara.presses(asked, 'Reject request')).toMatchObject({ errors: [expect.stringMatching(/reason/i)] })
    await mara.presses(asked, 'Reject request', { reason: 'Please take the *train*.' })
    expect(await statusOf('Leipzig')).toBe('rejected')
    await anna.waitFor(/rejected your request[\s\S]*“Please take the \*train\*\.”/)
  })

  it('cancels, and tells whoever was asked', async () => {
    await request('Bremen', 'Ben Koch')
    const asked = await mara.waitFor(/Bremen/)
    await anna.presses(await anna.waitFor(/Your booking[\s\S]*Bremen/), 'Cancel booking')
    expect(await statusOf('Bremen')).toBe('cancelled')
    await everythingSent(motorpool.database)
    await mara.waitFor(/Anna Schmidt cancelled request/)
    await mara.presses(asked, 'Approve')
    await mara.waitFor(/Changed since you looked: Anna Schmidt cancelled it/)
  })

  it('says what is wrong at its field, and keeps what was typed', async () => {
    await anna.says('book')
    const form = await anna.waitFor(/Book a car/)
    await anna.presses(form, 'Request car', { destination: '', details: 'Two boxes', return_date: '2020-01-01' })
    const refused = shownText(anna.sees().find(({ id }) => id === form.id) ?? form)
    expect(refused).toContain('The return has to be after the departure.')
  })
})
