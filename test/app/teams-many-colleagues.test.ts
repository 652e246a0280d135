import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import { answerTo, formBelow, nowShown, teamsCardAbout, textNow } from '../support/demo-in-teams.ts'
import { startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'
import { errorAt, valuesIn } from '../support/teams-form.ts'

const clock = businessClock()
let company: TeamsCompany
let anna: TeamsPerson
beforeAll(async () => {
  company = await startTeamsCompany(clock, ['anna'], { prepare: hireMany })
  anna = company.people.anna
})
afterAll(() => company.stop())

/** More than fit into a list. */
async function hireMany({ prisma }: Database): Promise<void> {
  const { siteId } = await prisma.person.findFirstOrThrow()
  const people = Array.from({ length: 70 }, (_, index) => ({
    name: `Colleague No${index}`,
    email: `colleague${index}@example.com`,
    siteId,
  }))
  await prisma.person.createMany({ data: people })
}

it('a draft keeps names as they were typed, and a change names the same people', async () => {
  const form = await answerTo(anna, 'book')
  const typed = { passengers: '3', drivers: 'Ben Koch', companions: 'Colleague No7, colleague9@', destination: 'Emden' }
  await anna.presses(form, 'Save as draft', typed)
  const again = await formBelow(anna, await answerTo(anna, 'drafts'), 'Continue')
  expect(valuesIn(again)).toMatchObject(typed)
  await anna.presses(again, 'Request car')

  const own = await teamsCardAbout(anna, 'Emden')
  const change = await formBelow(anna, own, 'Change')
  expect(valuesIn(change)).toMatchObject({
    drivers: 'ben.koch@example.com',
    companions: 'colleague7@example.com; colleague9@example.com',
  })
  await anna.presses(change, 'Send change', { details: 'The same people' })
  expect(textNow(anna, change)).toMatch(/^#\d+ is changed/)
})

it('who stands in is typed by name', async () => {
  const form = await answerTo(anna, 'away')
  await anna.presses(form, 'Save', { stand_in: 'Colleague' })
  expect(errorAt(nowShown(anna, form), 'stand_in')).toMatch(/More than one colleague is called “Colleague”/)
  await anna.presses(nowShown(anna, form), 'Save', { stand_in: 'Colleague No12' })
  expect(textNow(anna, form)).toMatch(/Colleague No12 stands in for you\./)
  await anna.presses(nowShown(anna, form), 'Change')
  expect(valuesIn(nowShown(anna, form)).stand_in).toBe('colleague12@example.com')
})
