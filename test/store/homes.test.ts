import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDirectory } from '../../src/store/directory.ts'
import { createHomes } from '../../src/store/homes.ts'
import { type Company, openCompany } from '../support/company.ts'
import { linkSlack } from '../support/link-slack.ts'

let company: Company
beforeAll(async () => {
  company = await openCompany()
  await linkSlack(company, 'Anna')
})
afterAll(() => company.close())

it('the rows of a Home are kept beside what was chosen, until it is opened again', async () => {
  const homes = createHomes(company.database.sql, () => undefined)
  const anna = company.personId('Anna')
  const state = async () => {
    const home = await company.database.prisma.card.findFirst({ where: { personId: anna, kind: 'home' } })
    return home?.viewState ?? null
  }
  await homes.wanted(anna, { rows: null })
  await homes.keepRows(anna, { since: 1, waiting: ['one'] }, await state())
  await homes.wanted(anna, { filter: 'approved', page: 2 })
  const kept = { filter: 'approved', page: 2, rows: { since: 1, waiting: ['one'] } }
  expect(await state()).toEqual(kept)
  await homes.wanted(anna)
  expect(await state()).toEqual(kept)

  // Opened again while a picture from before is still being drawn.
  await homes.wanted(anna, { rows: null })
  await homes.keepRows(anna, { since: 1, waiting: ['one', 'two'] }, kept)
  expect(await state()).toEqual({ filter: 'approved', page: 2, rows: null })
})

it('somebody who is let in no more has no Home, in whatever order it is opened and lost', async () => {
  const { sql, prisma } = company.database
  const homes = createHomes(sql, () => undefined)
  const directory = createDirectory(company.database)
  const ben = company.personId('Ben')
  const identity = { platform: 'slack', tenantId: 'T1', userId: 'U-Ben' } as const
  for (let round = 0; round < 20; round += 1) {
    await linkSlack(company, 'Ben')
    await Promise.all([homes.wanted(ben), directory.revokeAccount(identity), homes.wanted(ben)])
    expect(await prisma.card.count({ where: { personId: ben, kind: 'home' } })).toBe(0)
  }
  await homes.wanted(ben)
  expect(await prisma.card.count({ where: { personId: ben, kind: 'home' } })).toBe(0)
})
