import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { plateKey } from '../../src/core/text/look-alike-key.ts'
import { type Company, openCompany } from '../support/company.ts'

const MIGRATION = new URL('../../prisma/migrations/20261127130000_plate_key/migration.sql', import.meta.url)

let company: Company
beforeAll(async () => {
  company = await openCompany()
})
afterAll(() => company.close())

const keyed = async (plates: string[]) => {
  const { sql } = company.database
  const rows = await sql<{ key: string }[]>`
    SELECT plate_key(plate) AS key FROM unnest(${plates}::text[]) WITH ORDINALITY AS p(plate, place) ORDER BY place`
  return rows.map(({ key }) => key)
}

it('the database and core make the same key of a plate', async () => {
  const part = fc.constantFrom(
    ...[
      'B',
      'mp',
      '9',
      '0',
      'Ö',
      'ß',
      'Ｂ',
      '①',
      'e\u0301',
      'Я',
      '品',
      ' ',
      '-',
      '.',
      '·',
      '_',
      '\t',
      '\u00A0',
      '\u2011',
    ],
    ...['\u2013', '\u2212', '\u200B', '\uFEFF', '\u202E', '\u00AD', '\u3000', '\u2800', '\uFF0D', '\u3164', '\u0007'],
  )
  const plates = fc.sample(
    fc.array(part, { maxLength: 9 }).map((parts) => parts.join('')),
    500,
  )
  expect(await keyed(plates)).toEqual(plates.map(plateKey))
})

it.each(['B MP 909', 'b-mp 909', 'B\u2011MP 909', 'B-MP\u200B 909'])(
  'no second car has the plate %j',
  async (plate) => {
    const { prisma } = company.database
    const { siteId } = await prisma.vehicle.findUniqueOrThrow({ where: { licensePlate: 'B-MP 909' } })
    const twin = { name: 'Twin', seats: 2, licensePlate: plate, siteId }
    await expect(prisma.vehicle.create({ data: twin })).rejects.toMatchObject({ code: 'P2002' })
  },
)

it('a database in which one car was entered twice is migrated, and keeps both', async () => {
  const { prisma, sql } = company.database
  await sql`ALTER TABLE vehicles DROP COLUMN plate_key`
  await sql`DROP TRIGGER vehicles_plate_key ON vehicles`
  await sql`DROP FUNCTION keep_plate_key(), plate_key(text)`
  const [{ siteId = '' } = {}] = await sql<{ siteId: string }[]>`SELECT site_id AS "siteId" FROM vehicles LIMIT 1`
  for (const plate of ['B MP 909', 'B\u2011MP 909', 'X 1']) {
    await sql`INSERT INTO vehicles (name, seats, license_plate, site_id) VALUES ('Twin', 9, ${plate}, ${siteId}::uuid)`
  }
  await sql.unsafe(await readFile(MIGRATION, 'utf8'))
  const rows = await prisma.vehicle.findMany({ orderBy: [{ createdAt: 'asc' }, { licensePlate: 'asc' }] })
  const keys = new Map(rows.map(({ licensePlate, plateKey: key }) => [licensePlate, key]))
  expect(keys.get('B-MP 909')).toBe('b-mp-909')
  expect(keys.get('X 1')).toBe('x-1')
  for (const twin of ['B MP 909', 'B\u2011MP 909']) expect(keys.get(twin)).toMatch(/^b-mp-909 [\da-f-]{36}$/)
})
