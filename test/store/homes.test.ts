import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHomes } from '../../src/store/homes.ts'
import { type Company, openCompany } from '../support/company.ts'

let company: Company
beforeAll(async () => {
  company = await openCompany()
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
