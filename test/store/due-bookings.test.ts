import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { passTime } from '../../src/core/approval/pass-time.ts'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { Deps } from '../../src/core/ports.ts'
import { bookingsDue } from '../../src/jobs/bookings-due.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createDueBookings } from '../../src/store/due-bookings.ts'
import { createStore } from '../../src/store/store.ts'
import { minutesAfter } from '../support/builders.ts'
import { type Company, NOW, openCompany, trip } from '../support/company.ts'

const DAY = 24 * 60
const LATER = minutesAfter(NOW, DAY)
const log = { error: () => {} }
const never = new AbortController().signal

describe('what is due', () => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany()
  })
  afterAll(() => company.close())
  afterEach(async () => {
    const { sql } = company.database
    await sql`WITH d AS (DELETE FROM driver_holds) DELETE FROM vehicle_holds`
    await sql`UPDATE bookings SET next_due_at = NULL`
  })

  /** So many requests that wait for Mara; none of the trips begins within a week. */
  async function requests(count: number): Promise<Booking[]> {
    return Promise.all(
      Array.from({ length: count }, (_, hour) => company.request({ window: trip(200 + hour, 201 + hour) })),
    )
  }

  /** The tick of a process of its own, with its connections, at this time. */
  function tick(database: Database, now: Date, changes: Partial<Deps> = {}) {
    const core = { ...company.deps, store: createStore(database), now: () => now, ...changes }
    const job = bookingsDue(core, createDueBookings(database.sql), { isAnswering: () => false, log })
    return job.run(now, never)
  }

  async function happened(type: string): Promise<number> {
    return company.database.prisma.event.count({ where: { type } })
  }

  const due = () => createDueBookings(company.database.sql)
  const stands = (booking: Booking) => company.database.prisma.booking.findUniqueOrThrow({ where: { id: booking.id } })

  it('is what stands in the row, longest due first, and nothing that is claimed', async () => {
    const [early, late, other] = await requests(3)
    const { sql } = company.database
    await sql`UPDATE bookings SET next_due_at = ${minutesAfter(NOW, -5)} WHERE id = ${early?.id ?? ''}`
    await sql`UPDATE bookings SET next_due_at = ${NOW} WHERE id = ${late?.id ?? ''}`
    expect(await due().claim(minutesAfter(NOW, -6), 10)).toEqual([])
    expect(await due().claim(NOW, 1)).toEqual([early?.id])
    expect(await due().claim(NOW, 10)).toEqual([late?.id])
    expect(await due().claim(NOW, 10)).toEqual([])
    await due().release([late?.id ?? ''])
    expect(await due().claim(NOW, 10)).toEqual([late?.id])
    expect((await stands(other as Booking)).dueClaimedUntil).toBeNull()
  })

  it.each([
    ['step.reminded', minutesAfter(NOW, DAY / 2), 1],
    ['step.unanswered', LATER, 2],
  ])('is done once by ten processes that tick at the same moment: %s', async (type, now, toldOfEach) => {
    const asked = await requests(40)
    const before = await happened(type)
    const processes = Array.from({ length: 10 }, () => openDatabase(company.databaseUrl, 4))
    try {
      await Promise.all(processes.map((database) => tick(database, now)))
      await Promise.all(processes.map((database) => tick(database, now)))
    } finally {
      await Promise.all(processes.map((database) => database.close()))
    }
    expect(await happened(type)).toBe(before + asked.length)
    const told = await company.database.sql<{ told: string }[]>`
      SELECT concat_ws(' ', n.person_id, n.kind, e.booking_id) AS told
      FROM notifications n JOIN events e ON e.id = n.event_id
      WHERE e.type = ${type} AND e.booking_id = ANY (${asked.map(({ id }) => id)}::uuid[])`
    expect(new Set(told.map((one) => one.told)).size).toBe(asked.length * toldOfEach)
    expect(told).toHaveLength(asked.length * toldOfEach)
  })

  it('is asked again once each working day, whoever ticks, when nobody else can be asked', async () => {
    const [asked] = await requests(1)
    const processes = Array.from({ length: 3 }, () => openDatabase(company.databaseUrl, 4))
    try {
      for (let passed = 0; passed < 12; passed += 1) {
        const { nextDueAt } = await stands(asked as Booking)
        await Promise.all(processes.map((database) => tick(database, nextDueAt as Date)))
      }
    } finally {
      await Promise.all(processes.map((database) => database.close()))
    }
    const events = await company.database.prisma.event.findMany({
      where: { bookingId: asked?.id ?? '' },
      orderBy: { sequence: 'asc' },
    })
    // Monday's request has passed from the manager to HR and to the admins by Thursday; the trip is eight days ahead.
    const since = events.findIndex(({ type }) => type === 'step.overdue')
    expect(events.slice(since).map(({ type, at }) => `${type} ${at.toISOString()}`)).toEqual([
      'step.overdue 2030-03-07T08:00:00.000Z',
      'step.reminded 2030-03-08T07:00:00.000Z',
      'step.reminded 2030-03-11T07:00:00.000Z',
      'step.reminded 2030-03-12T07:00:00.000Z',
    ])
    const step = await company.database.prisma.step.findFirstOrThrow({
      where: { bookingId: asked?.id ?? '', status: 'open' },
    })
    expect(step).toMatchObject({ overdueAt: new Date('2030-03-07T08:00:00Z'), dueAt: new Date('2030-03-07T08:00:00Z') })
    expect(await stands(asked as Booking)).toMatchObject({ nextDueAt: asked?.window.startsAt, dueClaimedUntil: null })
  })

  it('is done once even by those who see to it at the same moment without a claim', async () => {
    const before = await happened('step.unanswered')
    const [asked] = await requests(1)
    const deps = { ...company.deps, now: () => LATER }
    const looks = Array.from({ length: 10 }, () => passTime(deps, { bookingId: asked?.id ?? '', read: asked ?? null }))
    const outcomes = (await Promise.all(looks)).map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'changed')).toHaveLength(1)
    expect(await happened('step.unanswered')).toBe(before + 1)
  })

  it('is seen to by somebody else when who claimed it has died', async () => {
    const [asked] = await requests(1)
    const claimed = await due().claim(LATER, 10)
    expect(claimed).toEqual([asked?.id])
    await tick(company.database, LATER)
    expect((await stands(asked as Booking)).status).toBe('pending_manager')
    // Two minutes later by the database's clock; the business's may stand still.
    await company.database.sql`UPDATE bookings SET due_claimed_until = due_claimed_until - interval '2 minutes'`
    await tick(company.database, LATER)
    expect(await stands(asked as Booking)).toMatchObject({ status: 'pending_hr', dueClaimedUntil: null })
  })

  it('does not wait for one that cannot be read, which is left alone for an hour', async () => {
    const asked = await requests(30)
    const [poison] = asked
    const { sql } = company.database
    // What no booking can be read from.
    await sql`UPDATE bookings SET change = '{"status": "approved", "trip": {"vehicleId": "none"}}',
      next_due_at = ${NOW} WHERE id = ${poison?.id ?? ''}`
    await tick(company.database, LATER)
    const statuses = await company.database.prisma.booking.groupBy({
      by: ['status'],
      where: { id: { in: asked.map(({ id }) => id) } },
      _count: true,
      orderBy: { status: 'asc' },
    })
    expect(statuses.map(({ status, _count }) => [status, _count])).toEqual([
      ['pending_manager', 1],
      ['pending_hr', 29],
    ])
    const { nextDueAt, dueClaimedUntil } = await stands(poison as Booking)
    expect(nextDueAt).toEqual(NOW)
    expect(+(dueClaimedUntil ?? 0) - Date.now()).toBeGreaterThan(59 * 60_000)
    await sql`UPDATE bookings SET change = NULL, due_claimed_until = NULL WHERE id = ${poison?.id ?? ''}`
    await tick(company.database, LATER)
    expect((await stands(poison as Booking)).status).toBe('pending_hr')
  })

  it('spoils nothing that is read after it where it cannot be read', async () => {
    const asked = await requests(20)
    const ids = asked.map(({ id }) => id)
    const one = postgres(company.databaseUrl, { max: 1, onnotice: () => {} })
    try {
      await one`UPDATE bookings SET change = '{"status": "approved", "trip": {"vehicleId": "none"}}'
        WHERE id = ${ids.at(-1) ?? ''}`
      const read = await createDueBookings(one).read(ids)
      expect(read.map(({ id }) => id).toSorted()).toEqual(ids.slice(0, -1).toSorted())
      expect((await createDueBookings(one).read(ids.slice(0, 1)))[0]?.id).toBe(ids[0])
      await one`UPDATE bookings SET change = NULL`
    } finally {
      await one.end()
    }
  })

  it('is due again when time brings about the next thing, where nothing was to do', async () => {
    const [asked] = await requests(1)
    const { sql } = company.database
    await sql`UPDATE bookings SET next_due_at = ${NOW} WHERE id = ${asked?.id ?? ''}`
    await tick(company.database, NOW)
    const { remindAt } = await company.database.prisma.step.findFirstOrThrow({ where: { bookingId: asked?.id ?? '' } })
    expect(await stands(asked as Booking)).toMatchObject({ nextDueAt: remindAt, version: 1, dueClaimedUntil: null })
  })

  it('is not put off by who looked at an older version', async () => {
    const [asked] = await requests(1)
    await due().settle(asked?.id ?? '', 7, null)
    expect((await stands(asked as Booking)).nextDueAt).not.toBeNull()
  })

  it('happens in its order after a time in which nobody looked: the change first, then the end of the trip', async () => {
    const asked = await company.request({ window: trip(24, 25) })
    const approved = await company.decide(await company.decide(asked, 'Mara'), 'Hanna')
    await company.change(approved, { window: trip(24, 27) })
    await tick(company.database, minutesAfter(NOW, 4 * DAY))
    const events = await company.database.prisma.event.findMany({
      where: { bookingId: approved.id },
      orderBy: { sequence: 'asc' },
    })
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['change.expired', 'booking.completed'])
    expect(await company.database.prisma.vehicleHold.count({ where: { bookingId: approved.id } })).toBe(0)
  })

  it('is left to others once the process is told to stop', async () => {
    const asked = await requests(60)
    const stopping = new AbortController()
    let changed = 0
    const store = createStore(company.database)
    const core: Deps = {
      ...company.deps,
      now: () => LATER,
      store: {
        ...store,
        commit: async (change) => {
          changed += 1
          stopping.abort()
          return store.commit(change)
        },
      },
    }
    const job = bookingsDue(core, due(), { isAnswering: () => false, log })
    await job.run(LATER, stopping.signal)
    expect(changed).toBeLessThanOrEqual(10)
    const left = await company.database.prisma.booking.findMany({
      where: { id: { in: asked.map(({ id }) => id) }, status: 'pending_manager' },
    })
    expect(left).toHaveLength(asked.length - changed)
    expect(left.every(({ dueClaimedUntil }) => dueClaimedUntil === null)).toBe(true)
  })
})
