import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cancelBooking } from '../../src/core/booking/cancel-booking.ts'
import type { PeopleTable } from '../../src/core/people/import-people.ts'
import type { Store } from '../../src/core/ports.ts'
import { importPeople } from '../../src/store/import-people.ts'
import { APPROVE, type Company, NOW, openCompany, openStep, REJECT, refusalOf } from '../support/company.ts'

type Cells = PeopleTable['rows'][number]['cells']

const ANNA: Cells = { email: 'anna.schmidt@example.com', name: 'Anna Schmidt' }
const HANNA: Cells = { email: 'hanna.weber@example.com', name: 'Hanna Weber' }
const AYDIN: Cells = { email: 'aydin.kaya@example.com', name: 'Aydin Kaya' }

let company: Company
beforeEach(async () => {
  company = await openCompany()
  await company.hire('Nora Beck', { role: 'manager' })
  await company.hire('Hugo Brandt', { role: 'hr' })
})
afterEach(() => company.close())

/** Writes the people, as an import does that is killed before it looks at what is still to be decided. */
async function killedImport(...rows: Cells[]): Promise<void> {
  const table = {
    rows: rows.map((cells, index) => ({ line: index + 2, cells: { site: 'Berlin', ...cells } })),
    problems: [],
  }
  const { kind } = await importPeople(company.database.prisma, table, 'Europe/Berlin', NOW)
  if (kind === 'refused') throw new Error('the import was refused')
}

const annasManagerIsNora = () => killedImport({ ...ANNA, manager_email: 'nora.beck@example.com' })
const hannaLeavesHr = () => killedImport({ ...HANNA, role: 'employee' })
const aydinIsNoAdmin = () => killedImport({ ...AYDIN, role: 'employee' })

/** The company in which something happens once, right after `read` has answered. */
function afterReading(read: 'decisionSituation' | 'findPerson', happens: () => Promise<void>): Company {
  const { store } = company.deps
  let once: Promise<void> | undefined
  const then = async <T>(answer: Promise<T>): Promise<T> => {
    const read = await answer
    once ??= happens()
    await once
    return read
  }
  const reads: Pick<Store, 'decisionSituation' | 'findPerson'> = {
    decisionSituation: (query) =>
      read === 'decisionSituation' ? then(store.decisionSituation(query)) : store.decisionSituation(query),
    findPerson: (id) => (read === 'findPerson' ? then(store.findPerson(id)) : store.findPerson(id)),
  }
  return company.under({ store: { ...store, ...reads } })
}

const load = async (id: string) => {
  const booking = await company.deps.store.findBooking(id)
  if (!booking) throw new Error('the booking is gone')
  return booking
}
const askedNow = async (id: string) => openStep(await load(id)).asks.map(({ person }) => person.name)

describe('after an import that was killed before it asked others', () => {
  it.each([APPROVE, REJECT])(
    'the former manager decides nothing, and the present one is asked: %o',
    async (decision) => {
      const asked = await company.request()
      await annasManagerIsNora()
      const refusal = { code: 'passed_on', facts: { to: ['Nora Beck'] } }
      expect(await refusalOf(company.decide(asked, 'Mara', decision))).toEqual(refusal)
      expect(await load(asked.id)).toMatchObject({ status: 'pending_manager' })
      expect(await askedNow(asked.id)).toEqual(['Nora Beck'])
      await expect(company.decide(await load(asked.id), 'Nora')).resolves.toMatchObject({ status: 'pending_hr' })
    },
  )

  it('somebody who is no longer in HR decides nothing, and the others still do', async () => {
    const asked = await company.decide(await company.request(), 'Mara')
    await hannaLeavesHr()
    const refusal = { code: 'passed_on', facts: { to: ['Hugo Brandt'] } }
    expect(await refusalOf(company.decide(asked, 'Hanna'))).toEqual(refusal)
    expect(await askedNow(asked.id)).toEqual(['Hugo Brandt'])
    await expect(company.decide(await load(asked.id), 'Hugo')).resolves.toMatchObject({ status: 'approved' })
  })

  it('somebody who may still decide does so at once, though others would be asked as well', async () => {
    const asked = await company.decide(await company.request(), 'Mara')
    await hannaLeavesHr()
    await expect(company.decide(asked, 'Hugo')).resolves.toMatchObject({ status: 'approved' })
  })
})

describe('an import at the very moment of a press', () => {
  it('makes the former manager’s approval stale, not counted', async () => {
    const asked = await company.request()
    const during = afterReading('decisionSituation', annasManagerIsNora)
    expect(await refusalOf(during.decide(asked, 'Mara'))).toMatchObject({ code: 'passed_on' })
    expect(await askedNow(asked.id)).toEqual(['Nora Beck'])
  })

  it.each([APPROVE, REJECT])('makes that of somebody who was in HR stale: %o', async (decision) => {
    const asked = await company.decide(await company.request(), 'Mara')
    const during = afterReading('decisionSituation', hannaLeavesHr)
    expect(await refusalOf(during.decide(asked, 'Hanna', decision))).toMatchObject({ code: 'passed_on' })
    expect(await load(asked.id)).toMatchObject({ status: 'pending_hr' })
  })

  it('makes the cancelling of somebody who was an admin stale', async () => {
    const asked = await company.request()
    const { deps } = afterReading('findPerson', aydinIsNoAdmin)
    const cancelling = cancelBooking(deps, { bookingId: asked.id, actorId: company.personId('Aydin'), why: '' })
    expect(await refusalOf(cancelling)).toEqual({ code: 'not_your_booking', facts: {} })
    expect(await load(asked.id)).toMatchObject({ status: 'pending_manager', version: 1 })
  })

  it('lets no change through of somebody who has left', async () => {
    const asked = await company.request()
    const during = afterReading('findPerson', () => killedImport({ ...ANNA, active: 'no' }))
    expect(await refusalOf(during.change(asked, { details: 'Bring the keys' }))).toMatchObject({
      code: 'person_inactive',
    })
    expect((await load(asked.id)).details).toBe('')
  })
})
