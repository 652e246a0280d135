import { addMinutes } from 'date-fns'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { PeopleTable } from '../../src/core/people/import-people.ts'
import { directoryDue } from '../../src/jobs/directory-due.ts'
import { createDirectoryChanges } from '../../src/store/directory-changes.ts'
import { createHomes } from '../../src/store/homes.ts'
import { importPeople } from '../../src/store/import-people.ts'
import { type Company, NOW, openCompany, openStep, refusalOf, trip } from '../support/company.ts'
import { linkSlack } from '../support/link-slack.ts'

type Cells = PeopleTable['rows'][number]['cells']

const CATARINA: Cells = {
  email: 'catarina.duarte@example.com',
  name: 'Catarina Duarte',
  site: 'Lisbon',
  manager_email: '',
  active: 'no',
}

let company: Company
beforeEach(async () => {
  company = await openCompany()
})
afterEach(() => company.close())

/** Writes the people, as an import does that is killed before it looks at what follows. */
async function killedImport(...rows: Cells[]): Promise<void> {
  const table = {
    rows: rows.map((cells, index) => ({ line: index + 2, cells: { site: 'Berlin', ...cells } })),
    problems: [],
  }
  const { kind } = await importPeople(company.database.prisma, table, 'Europe/Berlin', NOW)
  if (kind === 'refused') throw new Error('the import was refused')
}

/** Anna leaves, but for what follows. */
const annaLeaves = () =>
  killedImport({
    email: 'anna.schmidt@example.com',
    name: 'Anna Schmidt',
    manager_email: 'mara.lindqvist@example.com',
    active: 'no',
  })

/** A tick of the schedule so many minutes after the import. */
async function tick(minutes: number): Promise<string[]> {
  const errors: string[] = []
  const how = { isAnswering: () => false, log: { error: (_: object, message: string) => void errors.push(message) } }
  const at = addMinutes(NOW, minutes)
  const { deps } = company.under({ now: () => at })
  await directoryDue(deps, createDirectoryChanges(company.database.sql), how).run(at, new AbortController().signal)
  return errors
}

const approvedTrip = async (fromHour: number, toHour: number): Promise<Booking> => {
  const about = { companionIds: [company.personId('Ben')], passengers: 2, window: trip(fromHour, toHour) }
  return company.decide(await company.decide(await company.request(about), 'Mara'), 'Hanna')
}

const load = async ({ id }: Booking) => {
  const booking = await company.deps.store.findBooking(id)
  if (!booking) throw new Error('the booking is gone')
  return booking
}
const heldBy = async ({ id }: Booking) => {
  const [row] = await company.database.sql<{ cars: number; drivers: number }[]>`
    SELECT (SELECT count(*)::int FROM vehicle_holds WHERE booking_id = ${id}) AS cars,
      (SELECT count(*)::int FROM driver_holds WHERE booking_id = ${id}) AS drivers`
  return row
}
const NOBODY = { cars: 0, drivers: 0 }
const toldOf = async ({ id }: Booking) => {
  const notices = await company.database.prisma.notification.findMany({
    where: { event: { bookingId: id, type: 'booking.cancelled' } },
    include: { person: true, deliveries: true },
    orderBy: { person: { name: 'asc' } },
  })
  return notices.map(({ person, kind, deliveries }) => `${person.name}: ${kind}, ${deliveries.length}`)
}

it('somebody who has left is shown no Home any more', async () => {
  await linkSlack(company, 'Anna')
  await createHomes(company.database.sql, () => {}).wanted(company.personId('Anna'))
  await annaLeaves()
  expect(await company.database.prisma.card.count({ where: { kind: 'home' } })).toBe(0)
})

describe('once somebody has left and the import was killed', () => {
  it('the schedule cancels what they asked for, frees the car and tells those concerned; what is under way goes on', async () => {
    const asked = await company.request({ car: 'Ford Transit', window: trip(30, 31) })
    const ahead = await approvedTrip(24, 25)
    const underWay = await approvedTrip(0.01, 3)
    await annaLeaves()

    await tick(1)
    expect(await load(asked)).toMatchObject({ status: 'pending_manager' })
    expect(await tick(2)).toEqual([])
    for (const booking of [asked, ahead]) {
      const after = await load(booking)
      expect(after).toMatchObject({ status: 'cancelled', version: booking.version + 1 })
      expect(after.events.at(-1)).toMatchObject({ type: 'booking.cancelled', actor: null })
      expect(after.steps.filter(({ status }) => status === 'open')).toEqual([])
      expect(await heldBy(booking)).toEqual(NOBODY)
    }
    expect(await toldOf(asked)).toEqual(['Mara Lindqvist: booking_cancelled, 2'])
    expect(await toldOf(ahead)).toEqual(
      ['Ben Koch', 'Hanna Weber', 'Mara Lindqvist'].map((name) => `${name}: booking_cancelled, 2`),
    )
    expect(await load(underWay)).toMatchObject({ status: 'approved' })
    expect(await heldBy(underWay)).toEqual({ cars: 1, drivers: 1 })

    expect(await company.database.prisma.schedule.count({ where: { job: 'directory' } })).toBe(0)
    const trail = await company.database.prisma.auditEntry.findFirstOrThrow({
      where: { subjectId: ahead.id },
      orderBy: { id: 'desc' },
    })
    expect(trail).toMatchObject({ actorId: null, action: 'booking.cancelled' })
  })

  it('the admins hear of it, where they have no manager', async () => {
    const booking = await company.decide(await company.request({ by: 'Catarina', car: 'Peugeot 5008' }), 'Mara')
    await killedImport(CATARINA)
    await tick(2)
    expect(await toldOf(booking)).toEqual(
      ['Aydin Kaya', 'Hanna Weber', 'Mara Lindqvist'].map((name) => `${name}: booking_cancelled, 2`),
    )
  })

  it('nobody decides their request any more, and the press that tried cancels it', async () => {
    const asked = await company.request()
    await annaLeaves()
    const facts = { name: 'Anna Schmidt' }
    expect(await refusalOf(company.decide(asked, 'Mara'))).toEqual({ code: 'requester_left', facts })
    expect(await load(asked)).toMatchObject({ status: 'cancelled' })
    expect(await heldBy(asked)).toEqual(NOBODY)
  })

  it('the schedule asks the present manager as well', async () => {
    await company.hire('Nora Beck', { role: 'manager' })
    const asked = await company.request()
    await killedImport({
      email: 'anna.schmidt@example.com',
      name: 'Anna Schmidt',
      manager_email: 'nora.beck@example.com',
    })
    await tick(2)
    expect(openStep(await load(asked)).asks.map(({ person }) => person.name)).toEqual(['Nora Beck'])
  })
})
