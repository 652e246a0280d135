import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { readDatabaseSchema } from './read-database-schema.ts'
import { readPrismaSchema } from './read-prisma-schema.ts'

describe('the schema file and the migrated database', () => {
  let testDatabase: TestDatabase
  let sql: postgres.Sql
  beforeAll(async () => {
    testDatabase = await createTestDatabase()
    sql = postgres(testDatabase.url, { max: 1, onnotice: () => undefined })
  })
  afterAll(async () => {
    await sql.end()
    await testDatabase.drop()
  })

  it('say the same', async () => {
    const schema = await readPrismaSchema()
    expect(schema).toEqual(
      expect.arrayContaining([
        'people.email text not null',
        'enum step_kind: manager, hr',
        'sites.working_days smallint[]',
        'vehicles unique (license_plate)',
        'people (manager_id) references people (id) NoAction NoAction',
      ]),
    )
    expect(await readDatabaseSchema(sql)).toEqual(schema)
  })

  it.each([
    ['a column', 'ALTER TABLE bookings ADD COLUMN colour text'],
    ['a column that is gone', 'ALTER TABLE vehicles DROP COLUMN image_url'],
    ['a table', 'CREATE TABLE trailers (id uuid PRIMARY KEY)'],
    ['another type', 'ALTER TABLE bookings ALTER COLUMN passengers TYPE bigint'],
    ['another nullability', 'ALTER TABLE people ALTER COLUMN name DROP NOT NULL'],
    ['another default', "ALTER TABLE people ALTER COLUMN role SET DEFAULT 'admin'"],
    ['one more enum value', "ALTER TYPE step_kind ADD VALUE 'board'"],
    ['enum values in another order', "ALTER TYPE step_kind ADD VALUE 'board' BEFORE 'manager'"],
    ['a unique that is gone', 'ALTER TABLE vehicles DROP CONSTRAINT vehicles_license_plate_key'],
    ['one more unique', 'CREATE UNIQUE INDEX ON vehicles (name)'],
    ['a reference that is gone', 'ALTER TABLE bookings DROP CONSTRAINT bookings_vehicle_id_fkey'],
  ])('would not, with %s on one side only', async (_what, statement) => {
    const schema = await readPrismaSchema()
    const drifted = new Error('rolled back')
    await expect(
      sql.begin(async (tx) => {
        await tx.unsafe(statement)
        expect(await readDatabaseSchema(tx)).not.toEqual(schema)
        throw drifted
      }),
    ).rejects.toBe(drifted)
    expect(await readDatabaseSchema(sql)).toEqual(schema)
  })
})
