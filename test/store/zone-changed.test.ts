import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Directory } from '../../src/core/people/identify-person.ts'
import { createDirectory } from '../../src/store/directory.ts'
import { createHomes } from '../../src/store/homes.ts'
import { type Company, openCompany } from '../support/company.ts'

const ANNAS = { platform: 'slack', tenantId: 'T1', userId: 'U1' } as const
const BENS = { ...ANNAS, userId: 'U2' } as const

describe('a time zone that changed', () => {
  let company: Company
  let directory: Directory
  beforeAll(async () => {
    company = await openCompany()
    directory = createDirectory(company.database)
    await directory.linkAccount(company.personId('Anna'), ANNAS, 'Europe/Berlin')
    await directory.linkAccount(company.personId('Ben'), BENS, 'Europe/Berlin')
    await company.request()
    for (const name of ['Anna', 'Ben']) {
      await createHomes(company.database.sql, () => {}).wanted(company.personId(name))
    }
  })
  afterAll(() => company.close())
  beforeEach(async () => {
    await directory.zoneChanged(ANNAS, 'Europe/Berlin')
    await company.database.sql`
      UPDATE cards SET drawn_version = wanted_version, due_at = now() + interval '1 hour'`
  })

  const zone = async (identity: typeof ANNAS | typeof BENS) =>
    (await directory.findByAccount(identity))?.lastSeen?.timeZone
  const due = () =>
    company.database.sql<{ name: string; kind: string }[]>`
      SELECT split_part(p.name, ' ', 1) AS name, c.kind FROM cards c JOIN people p ON p.id = c.person_id
      WHERE c.drawn_version < c.wanted_version AND c.due_at <= now() ORDER BY c.kind`

  it('is that of the account from then on, and every card of a trip ahead is drawn anew', async () => {
    await directory.zoneChanged(ANNAS, 'Asia/Tokyo')
    expect(await zone(ANNAS)).toBe('Asia/Tokyo')
    expect(await zone(BENS)).toBe('Europe/Berlin')
    expect((await due()).map((card) => ({ ...card }))).toEqual([
      { name: 'Anna', kind: 'request' },
      { name: 'Anna', kind: 'home' },
    ])
  })

  it('leaves the cards of another platform alone', async () => {
    const { sql } = company.database
    await sql`UPDATE cards SET platform = 'teams' WHERE kind = 'request'`
    await directory.zoneChanged(ANNAS, 'Asia/Tokyo')
    expect((await due()).map(({ kind }) => kind)).toEqual(['home'])
    await sql`UPDATE cards SET platform = 'slack' WHERE kind = 'request'`
  })

  it('leaves the cards of bookings that came to nothing as they were', async () => {
    const { sql } = company.database
    const [booking] = await sql<{ status: string }[]>`SELECT status FROM bookings`
    await sql`UPDATE bookings SET status = 'cancelled'`
    await directory.zoneChanged(ANNAS, 'Asia/Tokyo')
    expect((await due()).map(({ kind }) => kind)).toEqual(['home'])
    await sql`UPDATE bookings SET status = ${booking?.status ?? ''}`
  })

  it('leaves the cards of trips that are over as they were', async () => {
    const { sql } = company.database
    await sql`UPDATE bookings SET starts_at = starts_at - interval '20 years', ends_at = ends_at - interval '20 years'`
    await directory.zoneChanged(ANNAS, 'Asia/Tokyo')
    expect((await due()).map(({ kind }) => kind)).toEqual(['home'])
    await sql`UPDATE bookings SET starts_at = starts_at + interval '20 years', ends_at = ends_at + interval '20 years'`
  })

  it('linking an account draws at once what could not be drawn of what is live, and touches nothing else', async () => {
    const { sql } = company.database
    const waiting = () => sql`SELECT kind FROM cards WHERE person_id = ${company.personId('Anna')} AND due_at <= now()`
    await directory.linkAccount(company.personId('Anna'), ANNAS, 'Europe/Berlin')
    expect(await waiting()).toHaveLength(0)
    await sql`UPDATE cards SET wanted_version = wanted_version + 1`
    await directory.linkAccount(company.personId('Anna'), ANNAS, 'Europe/Berlin')
    expect(await waiting()).toHaveLength(2)
    expect(await due()).toHaveLength(2)
  })

  it.each([
    ['the same zone', ANNAS, 'Europe/Berlin'],
    ['an account that nobody knows', { ...ANNAS, userId: 'U9' }, 'Asia/Tokyo'],
    ['the same user id in another team', { ...ANNAS, tenantId: 'T2' }, 'Asia/Tokyo'],
    ['the same ids on another platform', { ...ANNAS, platform: 'teams' as const }, 'Asia/Tokyo'],
  ])('%s changes nothing', async (_what, identity, timeZone) => {
    await directory.zoneChanged(identity, timeZone)
    expect(await zone(ANNAS)).toBe('Europe/Berlin')
    expect(await due()).toEqual([])
    expect(await company.database.prisma.chatAccount.count()).toBe(2)
  })
})
