import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reaskStep } from '../../src/core/approval/reask-step.ts'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { PeopleTable } from '../../src/core/people/import-people.ts'
import { createDirectoryChanges } from '../../src/store/directory-changes.ts'
import { createHomes } from '../../src/store/homes.ts'
import { importPeople } from '../../src/store/import-people.ts'
import { type Company, NOW, openCompany, openStep, trip } from '../support/company.ts'
import { linkSlack } from '../support/link-slack.ts'

type Cells = PeopleTable['rows'][number]['cells']

const MARA: Cells = { email: 'mara.lindqvist@example.com', name: 'Mara Lindqvist', role: 'manager' }
const ANNA: Cells = { email: 'anna.schmidt@example.com', name: 'Anna Schmidt' }
const HANNA: Cells = { email: 'hanna.weber@example.com', name: 'Hanna Weber', role: 'hr' }

let company: Company
beforeEach(async () => {
  company = await openCompany()
  await company.hire('Nora Beck', { role: 'manager' })
})
afterEach(() => company.close())

/** An import, and its look at what is still to be decided. */
async function runImport(...rows: Cells[]): Promise<void> {
  const table = {
    rows: rows.map((cells, index) => ({ line: index + 2, cells: { site: 'Berlin', ...cells } })),
    problems: [],
  }
  const { kind } = await importPeople(company.database.prisma, table, 'Europe/Berlin', NOW)
  if (kind === 'refused') throw new Error('the import was refused')
  for (const bookingId of await createDirectoryChanges(company.database.sql).concernedBookings(NOW)) {
    await reaskStep(company.deps, { bookingId })
  }
}

const maraLeaves = () => runImport({ ...MARA, active: 'no' }, { ...ANNA, manager_email: 'nora.beck@example.com' })
const hannaLeaves = () => runImport({ ...HANNA, active: 'no' })
const annasManagerIs = (address: string) => runImport({ ...ANNA, manager_email: address })

/** The company in which something happens each time right after `read` has answered. */
function afterReading(read: 'requestSituation' | 'decisionSituation', happens: () => Promise<void>): Company {
  const { store } = company.deps
  let once: Promise<void> | undefined
  const then = async <T>(answer: T): Promise<T> => {
    once ??= happens()
    await once
    return answer
  }
  return company.under({
    store: {
      ...store,
      ...(read === 'decisionSituation'
        ? { decisionSituation: async (query) => then(await store.decisionSituation(query)) }
        : { requestSituation: async (query) => then(await store.requestSituation(query)) }),
    },
  })
}

/** Whom an undecided booking asks now. */
async function asked({ id }: Booking): Promise<string[]> {
  const booking = await company.deps.store.findBooking(id)
  if (!booking) throw new Error('the booking is gone')
  return openStep(booking).asks.map(({ person }) => person.name)
}

describe('an import at the same moment', () => {
  it('as a request that was read before and is written after it: the leaver is not asked', async () => {
    const during = afterReading('requestSituation', maraLeaves)
    const booking = await during.request()
    expect(await asked(booking)).toEqual(['Nora Beck'])
  })

  it('as a decision that opens the next step: the leaver is not asked', async () => {
    const during = afterReading('decisionSituation', hannaLeaves)
    const booking = await during.decide(await company.request(), 'Mara')
    expect(await asked(booking)).toEqual(['Aydin Kaya'])
  })

  it('as a request that is being written: it waits for it, and asks anew', async () => {
    const { sql } = company.database
    const other = await sql.reserve()
    const { startsAt, endsAt } = trip(24, 25)
    await other`BEGIN`
    await other`INSERT INTO maintenance_windows (id, vehicle_id, starts_at, ends_at)
      VALUES (${company.vehicleId('Smart EQ fortwo')}, ${company.vehicleId('Škoda Octavia')}, ${startsAt}, ${endsAt})`
    await other`INSERT INTO vehicle_holds (vehicle_id, starts_at, ends_at, maintenance_window_id)
      SELECT vehicle_id, starts_at, ends_at, id FROM maintenance_windows`
    const requested = company.request()
    const waiting = async () => {
      const [row] = await sql<{ count: number }[]>`SELECT count(*)::int FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%vehicle_holds%'`
      return row?.count === 1
    }
    await expect.poll(waiting, { interval: 10 }).toBe(true)
    const imported = maraLeaves()
    await pause(300)
    await other`ROLLBACK`
    other.release()
    await imported
    expect(await asked(await requested)).toEqual(['Nora Beck'])
  })

  it('as requests and decisions, many times: whoever is asked is the one to ask', async () => {
    for (let round = 0; round < 36; round += 1) {
      const [now, before] = round % 2 === 0 ? ['nora.beck', 'Mara'] : ['mara.lindqvist', 'Nora']
      const window = trip(24 + round, 25 + round)
      const earlier = await company.request({
        window,
        car: 'Smart EQ fortwo',
        driverIds: [company.personId('Ben')],
      })
      const request = () => company.request({ window })
      const [booking] = await Promise.all([
        pause(round % 12).then(request),
        annasManagerIs(`${now}@example.com`),
        company.decide(earlier, before).catch(() => null),
      ])
      expect((await asked(booking)).map((name) => name.toLowerCase().split(' ')[0])).toEqual([now.split('.')[0]])
      await company.cancel(booking, 'Anna')
      await company.cancel(earlier, 'Anna')
    }
  })
})

it('whoever is asked no more sees it on their Home', async () => {
  await linkSlack(company, 'Mara')
  await createHomes(company.database.sql, () => {}).wanted(company.personId('Mara'))
  const home = () => company.database.prisma.card.findFirstOrThrow({ where: { kind: 'home' } })
  await company.request()
  const { wantedVersion } = await home()
  await annasManagerIs('nora.beck@example.com')
  expect((await home()).wantedVersion).toBe(wantedVersion + 1)
})
