import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Company, openCompany, trip } from '../support/company.ts'

describe('the audit trail', () => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany()
    await company.request()
  })
  afterAll(() => company.close())

  const entries = () => company.database.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } })

  it.each([
    ['UPDATE', `UPDATE audit_entries SET action = 'nothing happened'`],
    ['UPDATE', `UPDATE audit_entries SET actor_id = NULL WHERE id = (SELECT min(id) FROM audit_entries)`],
    ['DELETE', `DELETE FROM audit_entries`],
    ['TRUNCATE', `TRUNCATE audit_entries`],
    ['TRUNCATE', `TRUNCATE people CASCADE`],
  ])('refuses %s: %s', async (operation, statement) => {
    const before = await entries()
    expect(before).not.toHaveLength(0)
    await expect(company.database.sql.unsafe(statement)).rejects.toMatchObject({
      code: '23001',
      message: `audit_entries is append-only: ${operation} is refused`,
    })
    expect(await entries()).toEqual(before)
  })

  it('says who did what to which record, in ids and codes alone', async () => {
    await company.database.prisma.person.update({
      where: { id: company.personId('Ben') },
      data: { managerId: company.personId('Mara') },
    })
    const seen = await entries()
    const typed = {
      destination: 'Timbuktu-typed',
      details: 'details-typed',
      otherCompanions: ['Companion-typed'],
      passengers: 3,
    }
    const first = await company.request({ ...typed, window: trip(30, 31), companionIds: [company.personId('Ben')] })
    const asked = await company.decide(first, 'Mara', { kind: 'approve', comment: 'comment-typed' })
    const approved = await company.decide(asked, 'Hanna', { kind: 'approve', comment: 'comment-typed' })
    await company.cancel(approved, 'Aydin')
    const second = await company.request({ ...typed, window: trip(30, 31), by: 'Ben' })
    await company.decide(second, 'Mara', { kind: 'reject', reason: 'reason-typed' })

    const written = (await entries()).slice(seen.length)
    const vehicleId = company.vehicleId('Škoda Octavia')
    const entry = (
      who: string,
      action: string,
      booking: { id: string },
      oldValues: object | null,
      newValues: object,
    ) => ({
      actorId: company.personId(who),
      action,
      subject: 'booking',
      subjectId: booking.id,
      oldValues,
      newValues,
    })
    expect(written.map(({ id: _id, at: _at, ...said }) => said)).toEqual([
      entry('Anna', 'booking.requested', first, null, { status: 'pending_manager', version: 1, vehicleId }),
      entry(
        'Mara',
        'step.approved',
        first,
        { status: 'pending_manager', version: 1 },
        { status: 'pending_hr', version: 2 },
      ),
      entry(
        'Hanna',
        'booking.approved',
        first,
        { status: 'pending_hr', version: 2 },
        { status: 'approved', version: 3 },
      ),
      entry(
        'Aydin',
        'booking.cancelled',
        first,
        { status: 'approved', version: 3 },
        { status: 'cancelled', version: 4 },
      ),
      entry('Ben', 'booking.requested', second, null, { status: 'pending_manager', version: 1, vehicleId }),
      entry(
        'Mara',
        'booking.rejected',
        second,
        { status: 'pending_manager', version: 1 },
        { status: 'rejected', version: 2 },
      ),
    ])

    const [dump] = await company.database.sql<{ text: string }[]>`
      SELECT string_agg(a::text, ' ') AS text FROM audit_entries a`
    const people = await company.database.prisma.person.findMany()
    const words = ['typed', '@', 'Hamburg', ...people.flatMap(({ name, email }) => [email, ...name.split(' ')])]
    expect(words.filter((word) => dump?.text.toLowerCase().includes(word.toLowerCase()))).toEqual([])
  })
})
