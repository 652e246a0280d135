import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buttonsOf, shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import {
  answerTo,
  decidingButtons,
  expectWarned,
  nowShown,
  requestInTeams,
  teamsCardAbout,
  textNow,
  waitUntilShown,
} from '../support/demo-in-teams.ts'
import { startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'
import { choicesIn, errorAt, pressedWith, valuesIn } from '../support/teams-form.ts'
import { statusOf } from '../support/what-stands.ts'

const clock = businessClock()
let company: TeamsCompany
let anna: TeamsPerson
let ben: TeamsPerson
let mara: TeamsPerson
let hanna: TeamsPerson
beforeAll(async () => {
  company = await startTeamsCompany(clock, ['anna', 'ben', 'mara', 'hanna'])
  ;({
    people: { anna, ben, mara, hanna },
  } = company)
})
afterAll(() => company.stop())
beforeEach(async () => {
  clock.nextWeek()
  await company.motorpool.database.sql`DELETE FROM absences`
})

async function idOf(firstName: string): Promise<string> {
  const where = { email: { startsWith: `${firstName}.` } }
  return (await company.motorpool.database.prisma.person.findFirstOrThrow({ where })).id
}

/** Says that somebody is away from now until next Monday, and who stands in for them; gives what then stands. */
async function goesAway(person: TeamsPerson, standIn: string) {
  const form = await answerTo(person, 'away')
  await person.presses(form, 'Save', { stand_in: await idOf(standIn) })
  return nowShown(person, form)
}

const absences = () => company.motorpool.database.sql`SELECT FROM absences`

describe('being away', () => {
  it('suggests from now until Monday morning, and nobody', async () => {
    const form = await answerTo(mara, 'away')
    expect(shownText(form)).toMatch(/^Away\nWhile you are away, requests that wait for your decision go to/)
    const { from_date: from, until_date: until, ...others } = valuesIn(form)
    expect(others).toEqual({ from_time: '08:00', until_time: '09:00', stand_in: '' })
    expect(Date.parse(until ?? '') - Date.parse(from ?? '')).toBe(7 * 24 * 3600 * 1000)
    expect(Object.keys(choicesIn(form, 'stand_in'))).toContain('Hanna Weber (People)')
    expect(Object.keys(choicesIn(form, 'stand_in'))).not.toContain('Mara Lindqvist (Sales)')
  })

  it('moves what waits to who stands in, at once, and brings it back', async () => {
    await requestInTeams(anna, 'Eberswalde')
    const asked = await teamsCardAbout(mara, 'Eberswalde')
    await company.everythingSent()
    const set = await goesAway(mara, 'ben')
    expect(shownText(set)).toMatch(/^Away\nYou are away until Mon \d+ \w+, 09:00\. Ben Koch stands in for you\.$/)
    expect(buttonsOf(set)).toEqual(['I am back', 'Change'])
    const passedOn = await teamsCardAbout(ben, 'Eberswalde', /You are asked for Mara Lindqvist, who is away/)
    await waitUntilShown(mara, asked, /Passed on to Ben Koch while you are away/)
    expect(decidingButtons(nowShown(mara, asked))).toEqual([])
    expect(shownText(await answerTo(mara, 'approvals'))).toMatch(
      /^Nothing waits for your decision\nYou are away until Mon \d+ \w+, 09:00\. Ben Koch stands in for you\./,
    )
    expect(shownText(await answerTo(ben, 'approvals'))).toMatch(
      /^1 request waits for your decision\nYou stand in for Mara Lindqvist until Mon \d+ \w+, 09:00\./,
    )
    await company.everythingSent()
    // From the screen as it was before.
    await expectWarned(mara, asked, () => mara.presses(asked, 'Approve'), /Ben Koch/)
    expect(textNow(mara, asked)).toContain('Eberswalde')

    await mara.presses(set, 'I am back')
    expect(textNow(mara, set)).toBe('Welcome back. What still waits for a decision of yours comes back to you.')
    await waitUntilShown(mara, asked, /Please answer by/)
    await company.everythingSent()
    await expectWarned(ben, passedOn, () => ben.presses(passedOn, 'Approve'), /Mara Lindqvist/)
    await mara.presses(nowShown(mara, asked), 'Approve')
    expect(await statusOf(company.motorpool.database, 'Eberswalde')).toBe('pending_hr')
    await mara.presses(set, 'I am back')
    expect(textNow(mara, set)).toBe('You were not away any more: nothing has changed.')
  })

  it('tells on whose behalf somebody decided', async () => {
    await goesAway(mara, 'ben')
    await requestInTeams(anna, 'Eisenach')
    await ben.presses(await teamsCardAbout(ben, 'Eisenach'), 'Approve')
    await teamsCardAbout(anna, 'Eisenach', /Approved by Ben Koch for Mara Lindqvist/)
  })

  it('is changed in place', async () => {
    const set = await goesAway(mara, 'ben')
    await mara.presses(set, 'Change')
    const form = nowShown(mara, set)
    expect(valuesIn(form)).toMatchObject({ until_time: '09:00', stand_in: await idOf('ben') })
    expect(buttonsOf(form)).toEqual(['Save', 'I am back'])
    await mara.presses(form, 'Save', { until_time: '12:00', stand_in: await idOf('hanna') })
    expect(textNow(mara, set)).toMatch(/until Mon \d+ \w+, 12:00\. Hanna Weber stands in for you\./)
    expect(await absences()).toHaveLength(1)
  })

  it('to come is called off by staying', async () => {
    const form = await answerTo(mara, 'away')
    const { until_date: monday = '' } = valuesIn(form)
    await mara.presses(form, 'Save', {
      from_date: monday,
      from_time: '12:00',
      until_date: monday,
      until_time: '18:00',
      stand_in: await idOf('ben'),
    })
    expect(textNow(mara, form)).toMatch(/You will be away from Mon .*12:00 until Mon .*18:00\. Ben Koch stands in/)
    await mara.presses(nowShown(mara, form), 'I am staying')
    expect(textNow(mara, form)).toBe('You are not going away. Requests keep coming to you.')
    expect(buttonsOf(await answerTo(mara, 'away'))).toEqual(['Save'])
  })

  it.each<[string, string, () => Promise<Record<string, unknown>>, RegExp]>([
    ['nobody to stand in', 'stand_in', async () => ({ stand_in: '' }), /Please choose who stands in for you/],
    ['themselves', 'stand_in', async () => ({ stand_in: await idOf('mara') }), /You cannot stand in for yourself/],
    ['somebody unknown', 'stand_in', async () => ({ stand_in: 'Kim Jong' }), /No colleague is called “Kim Jong”/],
    ['an id of nobody', 'stand_in', async () => ({ stand_in: crypto.randomUUID() }), /no longer in the directory/],
    ['two of them', 'stand_in', async () => ({ stand_in: 'Ben Koch, Hanna Weber' }), /Please name one colleague/],
    ['an end before the beginning', 'until_time', async () => ({ until_date: '2020-01-06' }), /after the beginning/],
    [
      'an end that is over',
      'until_time',
      async () => ({ from_date: '2020-01-06', until_date: '2020-01-07' }),
      /was over/,
    ],
    ['no end at all', 'until_time', async () => ({ until_time: '' }), /Please choose a day and a time/],
    ['no beginning', 'from_time', async () => ({ from_date: '' }), /Please choose a day and a time/],
    ['very long', 'until_time', async () => ({ until_date: '2045-01-02' }), /at most/],
  ])('refuses %s at its field, and keeps what was typed', async (_what, field, wrong, words) => {
    const form = await answerTo(mara, 'away')
    const data = { ...valuesIn(form), stand_in: await idOf('ben'), ...(await wrong()) }
    await pressedWith(company.connector, mara, form, 'away.save', data)
    const refused = nowShown(mara, form)
    expect(errorAt(refused, field)).toMatch(words)
    expect(valuesIn(refused).from_time).toBe('08:00')
    expect(await absences()).toHaveLength(0)
  })

  it('refuses a circle, naming whom it goes through', async () => {
    await goesAway(ben, 'mara')
    const form = await answerTo(mara, 'away')
    await mara.presses(form, 'Save', { stand_in: await idOf('ben') })
    expect(errorAt(nowShown(mara, form), 'stand_in')).toMatch(/Ben Koch is away then too, and you stand in for them/)
    expect(await absences()).toHaveLength(1)
  })

  it('saved twice at once is one absence', async () => {
    const form = await answerTo(hanna, 'away')
    const typed = { stand_in: await idOf('ben') }
    await Promise.all([hanna.presses(form, 'Save', typed), hanna.presses(form, 'Save', typed)])
    expect(textNow(hanna, form)).toMatch(/Ben Koch stands in for you/)
    expect(await absences()).toHaveLength(1)
  })
})
