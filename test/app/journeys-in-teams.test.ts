import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buttonsOf, shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import {
  answerTo,
  formBelow,
  nowShown,
  requestInTeams,
  teamsCardAbout,
  teamsCardsAbout,
} from '../support/demo-in-teams.ts'
import { addSecondHr } from '../support/second-hr.ts'
import { OCTAVIA, startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'
import { choicesIn } from '../support/teams-form.ts'
import { heldFor, statusOf } from '../support/what-stands.ts'

const clock = businessClock('2027-04-05T06:00:00Z')
let company: TeamsCompany
let anna: TeamsPerson
let ben: TeamsPerson
let mara: TeamsPerson
let hanna: TeamsPerson
let helen: TeamsPerson
let aydin: TeamsPerson
beforeAll(async () => {
  company = await startTeamsCompany(clock, ['anna', 'ben', 'mara', 'hanna', 'helen', 'aydin'], {
    prepare: async (database) => {
      await addSecondHr(database)
      await database.sql`
        UPDATE people SET manager_id = (SELECT id FROM people WHERE name = 'Aydin Kaya') WHERE name = 'Mara Lindqvist'`
    },
  })
  ;({
    people: { anna, ben, mara, hanna, helen, aydin },
  } = company)
})
afterAll(() => company.stop())

/** Each on a Monday at 08:00 of its own. */
let monday = clock.now()
beforeEach(() => {
  monday = new Date(+monday + 14 * 24 * 3600_000)
  clock.set(monday)
})

/** So many hours after that Monday, 08:00. */
async function until(hours: number) {
  clock.set(new Date(+monday + hours * 3600_000))
  await company.motorpool.app.tick()
  await company.everythingSent()
}

async function requested(destination: string, daysAhead: number, typed: Record<string, string> = {}) {
  const date = new Date(+monday + daysAhead * 24 * 3600_000).toISOString().slice(0, 10)
  await requestInTeams(anna, destination, {
    car: choicesIn(await answerTo(anna, 'book'), 'car')[OCTAVIA] ?? '',
    departure_date: date,
    return_date: date,
    ...typed,
  })
  await company.everythingSent()
}

/** What somebody's one card about a trip says became of it, a line each, without when it was decided. */
async function outcomesFor(person: TeamsPerson, destination: string): Promise<string[]> {
  await company.everythingSent()
  const [card, another] = teamsCardsAbout(person, destination)
  if (!card || another) throw new Error(`not one card about ${destination} for ${person.user.name}`)
  const lines = shownText(card).split('\n')
  const outcomes = lines.filter((line) => /^\p{Extended_Pictographic}/u.test(line))
  return outcomes.map((line) => line.replace(/^\S+ /, '').replace(/, \w{3} \d+ \w{3}, \d\d:\d\d/, ''))
}

function buttonsFor(person: TeamsPerson, destination: string): string[] {
  return teamsCardsAbout(person, destination).flatMap(buttonsOf)
}

/** The first lines of what somebody was told about a booking beside their card, oldest first. */
function toldTo(person: TeamsPerson, destination: string): string[] {
  const cards = teamsCardsAbout(person, destination).map(({ id }) => id)
  const messages = person
    .sees()
    .filter(({ id }) => !cards.includes(id))
    .map(shownText)
  return messages
    .filter((text) => new RegExp(`^[^\\n]*#\\d+[^\\n]*\\n[^\\n]*, ${destination}(\\n|$)`).test(text))
    .map((text) => text.split('\n')[0]?.replace(/#\d+/, '#n') ?? '')
}

async function goesAway(person: TeamsPerson, standIn: string) {
  const form = await answerTo(person, 'away')
  await person.presses(form, 'Save', { stand_in: choicesIn(form, 'stand_in')[standIn] ?? '' })
  return form
}

async function press(person: TeamsPerson, destination: string, button: string, typed: Record<string, string> = {}) {
  await person.presses(await teamsCardAbout(person, destination, /Please answer by/), button, typed)
  await company.everythingSent()
}

async function changes(destination: string, typed: Record<string, string>) {
  const [card] = teamsCardsAbout(anna, destination)
  if (!card) throw new Error(`Anna has no card about ${destination}`)
  await anna.presses(await formBelow(anna, card, 'Change'), 'Send change', typed)
  await company.everythingSent()
}

describe('a manager who is away, and whose stand-in does not answer', () => {
  it('is passed over to the next manager’s stand-in, and finds what waits when back', async () => {
    const awayForm = await goesAway(mara, 'Ben Koch (Sales)')
    await goesAway(aydin, 'Helen Roth (People)')
    await requested('Arnsberg', 8)
    expect(await outcomesFor(anna, 'Arnsberg')).toEqual([
      expect.stringMatching(/^Waiting for Ben Koch \(for Mara Lindqvist\), by Tue .* 08:00$/),
    ])
    await until(12)
    expect(toldTo(ben, 'Arnsberg')).toEqual([])
    expect(buttonsFor(ben, 'Arnsberg')).toContain('Approve')
    await until(24)
    expect(toldTo(anna, 'Arnsberg')).toEqual(['Your request #n went on to Helen Roth'])
    const missed = expect.stringMatching(/^Passed on, since Ben Koch did not answer by Tue .* 08:00$/)
    expect(await outcomesFor(ben, 'Arnsberg')).toEqual([
      missed,
      expect.stringMatching(/^Waiting for Helen Roth \(for Aydin Kaya\), by Wed .* 08:00$/),
    ])
    expect(buttonsFor(ben, 'Arnsberg')).toEqual([])
    await press(helen, 'Arnsberg', 'Approve')
    await press(hanna, 'Arnsberg', 'Approve')
    for (const person of [anna, ben, helen, hanna]) {
      expect(await outcomesFor(person, 'Arnsberg')).toEqual([
        missed,
        'Approved by Helen Roth for Aydin Kaya',
        'Approved by Hanna Weber for HR',
      ])
      expect(buttonsFor(person, 'Arnsberg')).toEqual(person === anna ? ['Change', 'Cancel', 'Cancel booking'] : [])
    }
    expect(shownText(await answerTo(helen, 'approvals'))).toMatch(/Arnsberg\. You approved/)

    await requested('Ahlen', 9)
    await mara.presses(nowShown(mara, awayForm), 'I am back')
    await teamsCardAbout(ben, 'Ahlen', /Now with Mara Lindqvist/)
    expect(buttonsFor(ben, 'Ahlen')).toEqual([])
    expect(shownText(await answerTo(mara, 'approvals'))).toMatch(/^1 request waits for your decision[\s\S]*Ahlen/)
    await press(mara, 'Ahlen', 'Approve')
    expect((await outcomesFor(ben, 'Ahlen'))[0]).toBe('Approved by Mara Lindqvist as manager')
  })
})

describe('a change of what is approved', () => {
  it('is sent back by HR, sent again, and refused: the booking stands as it was', async () => {
    await requested('Brilon', 3)
    await press(mara, 'Brilon', 'Approve')
    await press(hanna, 'Brilon', 'Approve')
    await until(1)
    await changes('Brilon', { return_time: '20:00' })
    await press(mara, 'Brilon', 'Approve')
    await until(2)
    await press(helen, 'Brilon', 'Ask for a change', { note: 'Back by 19:00, please' })
    const sentBack = [
      'Approved by Mara Lindqvist as manager',
      'Approved by Hanna Weber for HR',
      'Change approved by Mara Lindqvist as manager',
      'Helen Roth for HR asked for a change: “Back by 19:00, please”',
    ]
    expect(await outcomesFor(anna, 'Brilon')).toEqual([
      ...sentBack,
      expect.stringMatching(/^Please change or withdraw your change by Tue .* your booking stands as it is\.$/),
    ])
    expect(await heldFor(company.motorpool.database, 'Brilon')).toEqual(['09:00 – 20:00'])
    await until(3)
    await changes('Brilon', { return_time: '19:00' })
    for (const person of [hanna, helen]) {
      const [again, waiting] = (await outcomesFor(person, 'Brilon')).slice(4)
      expect([again, waiting]).toEqual(['Sent again by Anna Schmidt', expect.stringMatching(/^Please answer by Tue/)])
    }
    expect(buttonsFor(mara, 'Brilon')).toEqual([])
    await until(4)
    await press(hanna, 'Brilon', 'Reject request', { reason: 'Too long' })
    for (const person of [anna, mara, hanna, helen]) {
      expect(await outcomesFor(person, 'Brilon')).toEqual([
        ...sentBack,
        'Sent again by Anna Schmidt',
        'Change rejected by Hanna Weber for HR: “Too long”. The booking stands as it was.',
      ])
    }
    expect(await heldFor(company.motorpool.database, 'Brilon')).toEqual(['09:00 – 17:00'])
    expect(shownText(await answerTo(anna, 'my bookings'))).toMatch(/09:00 – 17:00, .*Brilon\. Approved\n/)
    expect(toldTo(anna, 'Brilon').slice(2)).toEqual([
      'Mara Lindqvist approved your change of #n',
      'Hanna Weber rejected your change of #n',
    ])
    for (const person of [mara, hanna, helen]) expect(toldTo(person, 'Brilon')).toEqual([])
  })
})

describe('a note that is not answered', () => {
  it('is reminded of, and the request expires; its car is free again', async () => {
    await requested('Coburg', 3)
    await press(mara, 'Coburg', 'Ask for a change', { note: 'Which day exactly?' })
    await until(12)
    expect(toldTo(anna, 'Coburg')).toEqual([])
    expect(buttonsFor(anna, 'Coburg')).toContain('Change')
    await until(24.1)
    expect(await statusOf(company.motorpool.database, 'Coburg')).toBe('expired')
    for (const person of [anna, mara]) {
      expect(await outcomesFor(person, 'Coburg')).toEqual([
        'Mara Lindqvist as manager asked for a change: “Which day exactly?”',
        'Expired: Anna Schmidt did not answer in time',
      ])
      expect(buttonsFor(person, 'Coburg')).toEqual([])
    }
    expect(toldTo(anna, 'Coburg')).toEqual(['Your request #n expired'])
    expect(toldTo(mara, 'Coburg')).toEqual(['The request #n of Anna Schmidt expired'])
    expect(shownText(await answerTo(anna, 'my bookings'))).toMatch(/Coburg\. Expired/)
    expect(await heldFor(company.motorpool.database, 'Coburg')).toEqual([])
  })
})
