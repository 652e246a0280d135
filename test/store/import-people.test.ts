import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reaskStep } from '../../src/core/approval/reask-step.ts'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { PeopleTable } from '../../src/core/people/import-people.ts'
import { createDirectoryChanges } from '../../src/store/directory-changes.ts'
import { createImportConsequences } from '../../src/store/import-consequences.ts'
import { importPeople } from '../../src/store/import-people.ts'
import { type Company, NOW, openCompany, openStep, refusalOf, trip } from '../support/company.ts'

type Cells = PeopleTable['rows'][number]['cells']

let company: Company
beforeEach(async () => {
  company = await openCompany()
})
afterEach(() => company.close())

function run(...rows: Cells[]) {
  const table: PeopleTable = {
    rows: rows.map((cells, index) => ({ line: index + 2, cells: { site: 'Berlin', ...cells } })),
    problems: [],
  }
  return importPeople(company.database.prisma, table, 'Europe/Paris', NOW)
}

const counts = async (...rows: Cells[]) => {
  const decision = await run(...rows)
  if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.problems))
  const { added, changed, unchanged, notNamed } = decision.plan
  return [added.length, changed.length, unchanged, notNamed]
}

const everybody = () =>
  company.database.prisma.person.findMany({ include: { site: true, manager: true }, orderBy: { email: 'asc' } })

const HANNA: Cells = { email: 'hanna.weber@example.com', name: 'Hanna Weber', role: 'hr', department: 'People' }
const MARA: Cells = {
  email: 'mara.lindqvist@example.com',
  name: 'Mara Lindqvist',
  role: 'manager',
  department: 'Sales',
}
const ANNA: Cells = {
  email: 'anna.schmidt@example.com',
  name: 'Anna Schmidt',
  manager_email: 'mara.lindqvist@example.com',
  department: 'Sales',
}

describe('importPeople', () => {
  it('writes new and changed people and sites, and nothing the second time', async () => {
    const rows: Cells[] = [
      {
        email: 'new@example.com',
        name: 'Nora Néw',
        manager_email: 'boss@example.com',
        site: 'Lyon',
        time_zone: 'Asia/Tokyo',
      },
      { email: 'boss@example.com', name: 'Bo Boss', role: 'manager', manager_email: 'mara.lindqvist@example.com' },
      { ...ANNA, name: 'Anna Meier', active: 'no' },
      MARA,
    ]
    expect(await counts(...rows)).toEqual([2, 1, 1, 5])
    const found = new Map((await everybody()).map((person) => [person.email, person]))
    expect(found.get('new@example.com')).toMatchObject({
      name: 'Nora Néw',
      role: 'employee',
      department: '',
      timeZone: 'Asia/Tokyo',
      active: true,
      manager: { email: 'boss@example.com' },
      site: { name: 'Lyon', timeZone: 'Europe/Paris' },
    })
    expect(found.get('anna.schmidt@example.com')).toMatchObject({ name: 'Anna Meier', active: false })
    expect(found.get('mara.lindqvist@example.com')?.site).toMatchObject({ name: 'Berlin', timeZone: 'Europe/Berlin' })

    const before = await everybody()
    expect(await counts(...rows)).toEqual([0, 0, 4, 5])
    expect(await everybody()).toEqual(before)
    expect(await company.database.prisma.auditEntry.count()).toBe(3)
  })

  it('changes nothing when one row of many is wrong', async () => {
    const before = await everybody()
    const decision = await run({ email: 'new@example.com', name: 'New', site: 'Lyon' }, { ...ANNA, role: 'boss' })
    expect(decision).toMatchObject({ kind: 'refused', problems: [{ line: 3, field: 'role' }] })
    expect(await everybody()).toEqual(before)
    expect(await company.database.prisma.site.count()).toBe(2)
    expect(await company.database.prisma.auditEntry.count()).toBe(0)
  })

  it('leaves a trail without names and addresses', async () => {
    await counts({ ...ANNA, role: 'hr' })
    const trail = await company.database.prisma.auditEntry.findMany({ omit: { id: true } })
    const { siteId, managerId } = await company.database.prisma.person.findUniqueOrThrow({
      where: { id: company.personId('Anna') },
    })
    const facts = { siteId, managerId, active: true }
    expect(trail).toEqual([
      {
        at: NOW,
        actorId: null,
        action: 'person.changed',
        subject: 'person',
        subjectId: company.personId('Anna'),
        oldValues: { ...facts, role: 'employee' },
        newValues: { ...facts, role: 'hr' },
      },
    ])
  })

  it('several at once are one after another', async () => {
    for (let round = 0; round < 4; round += 1) {
      const row = (n: number): Cells => ({ email: `p${round}-${n}@example.com`, name: `P ${n}`, site: `Site ${round}` })
      const rows = Array.from({ length: 300 }, (_, n) => row(n))
      const all = await Promise.all([1, 2, 3].map(() => counts(...rows)))
      const others = 7 + round * 300
      const found = [0, 0, 300, others]
      expect(all.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual([found, found, [300, 0, 0, others]])
    }
  })

  it('takes the directory of a large company in one go', async () => {
    const rows = Array.from(
      { length: 5000 },
      (_, n): Cells => ({
        email: `p${n}@example.com`,
        name: `Person ${n}`,
        manager_email: n === 0 ? '' : `p${Math.floor((n - 1) / 8)}@example.com`,
      }),
    )
    expect(await counts(...rows.toReversed())).toEqual([5000, 0, 0, 7])
    expect(await counts(...rows)).toEqual([0, 0, 5000, 7])
  })
})

describe('after an import', () => {
  const reask = (booking: Booking) => reaskStep(company.deps, { bookingId: booking.id })
  const reload = async (booking: Booking) => {
    const found = await company.deps.store.findBooking(booking.id)
    if (!found) throw new Error('the booking is gone')
    return found
  }
  const deliveriesTo = async (name: string) => {
    const where = { notification: { personId: company.personId(name), kind: 'approval_needed' } }
    return (await company.database.prisma.delivery.findMany({ where })).map(({ channel, status }) => [channel, status])
  }

  it('a manager who left no longer decides, and the new one is told, has a card and may', async () => {
    const asked = await company.request()
    await company.hire('Nora Beck', { role: 'manager' })
    await counts({ ...MARA, active: 'no' }, { ...ANNA, manager_email: 'nora.beck@example.com' })
    expect(await reask(asked)).toEqual({ number: asked.number, outcome: 'reasked', newlyAsked: ['Nora Beck'] })

    const after = await reload(asked)
    expect(after).toMatchObject({ status: 'pending_manager', version: asked.version + 1 })
    expect(openStep(after)).toMatchObject({ id: openStep(asked).id, asks: [{ person: { name: 'Nora Beck' } }] })
    expect(after.events.at(-1)).toMatchObject({ type: 'step.reasked', actor: null })
    expect(await deliveriesTo('Mara')).toEqual([['email', 'superseded']])
    expect(await deliveriesTo('Nora')).toEqual([['email', 'pending']])
    const cards = await company.database.prisma.card.findMany({ where: { personId: company.personId('Nora') } })
    expect(cards).toMatchObject([{ kind: 'manager_approval', platform: 'slack' }])
    await expect(company.decide(after, 'Nora')).resolves.toMatchObject({ status: 'pending_hr' })
  })

  it('who is no longer the manager, but still there, was not asked any more', async () => {
    const asked = await company.request()
    await company.hire('Nora Beck')
    await counts({ ...ANNA, manager_email: 'nora.beck@example.com' })
    await reask(asked)
    expect(await refusalOf(company.decide(asked, 'Mara'))).toEqual({ code: 'passed_on', facts: { to: ['Nora Beck'] } })
  })

  it('without a manager HR decides, and the reason is kept', async () => {
    const asked = await company.request()
    await counts({ ...MARA, active: 'no' })
    expect(await reask(asked)).toMatchObject({ outcome: 'skipped', newlyAsked: ['Hanna Weber'] })
    const after = await reload(asked)
    expect(after.steps.map(({ kind, status, skipReason }) => [kind, status, skipReason])).toEqual([
      ['manager', 'skipped', 'manager_inactive'],
      ['hr', 'open', null],
    ])
    expect(await deliveriesTo('Mara')).toEqual([['email', 'superseded']])
    await expect(company.decide(after, 'Hanna')).resolves.toMatchObject({ status: 'approved' })
  })

  it('the admins are asked in place of HR that left, and nobody twice', async () => {
    const asked = await company.decide(await company.request(), 'Mara')
    await counts({ ...HANNA, active: 'no' })
    expect(await reask(asked)).toMatchObject({ outcome: 'reasked', newlyAsked: ['Aydin Kaya'] })
    const after = await reload(asked)
    expect(await reask(asked)).toMatchObject({ outcome: 'as_it_was', newlyAsked: [] })
    expect(await reload(asked)).toEqual(after)
    expect(await deliveriesTo('Aydin')).toEqual([['email', 'pending']])
    await expect(company.decide(after, 'Aydin')).resolves.toMatchObject({ status: 'approved' })
  })

  it('a booking that nobody could decide stays as it was, and is named', async () => {
    const asked = await company.decide(await company.request(), 'Mara')
    const aydin: Cells = { email: 'aydin.kaya@example.com', name: 'Aydin Kaya', role: 'admin', active: 'no' }
    await counts({ ...HANNA, active: 'no' }, aydin)
    expect(await reask(asked)).toEqual({ number: asked.number, outcome: 'nobody_left', newlyAsked: [] })
    expect(await reload(asked)).toMatchObject({ status: 'pending_hr', version: asked.version })
  })

  it('of a decision and a new asking at once, both end well', async () => {
    await company.hire('Nora Beck', { role: 'manager' })
    const bookings: Booking[] = []
    for (let hour = 24; hour < 34; hour += 1) bookings.push(await company.request({ window: trip(hour, hour + 1) }))
    await counts({ ...ANNA, manager_email: 'nora.beck@example.com' })
    for (const asked of bookings) {
      const [decided] = await Promise.allSettled([company.decide(asked, 'Mara'), reask(asked)])
      const after = await reload(asked)
      if (decided.status === 'fulfilled') expect(after.status).toBe('pending_hr')
      else expect(openStep(after).asks).toMatchObject([{ person: { name: 'Nora Beck' } }])
    }
  })

  it('what is looked at: undecided bookings to come, the channels in use, the trips of who left', async () => {
    const { channelsInUse, tripsOf } = createImportConsequences(company.database)
    const { concernedBookings } = createDirectoryChanges(company.database.sql)
    expect(await channelsInUse()).toEqual({ chat: [], email: false })
    const first = await company.request()
    const second = await company.request({ window: trip(30, 31) })
    await company.cancel(await company.request({ window: trip(40, 41) }), 'Anna')
    expect(await channelsInUse()).toEqual({ chat: ['slack'], email: true })
    expect(await concernedBookings(NOW)).toEqual([first.id, second.id])
    expect(await concernedBookings(first.window.startsAt)).toEqual([second.id])
    const anna = { name: 'Anna Schmidt', numbers: [first.number, second.number] }
    expect(await tripsOf([company.personId('Anna'), company.personId('Ben')], NOW)).toEqual([anna])
  })
})
