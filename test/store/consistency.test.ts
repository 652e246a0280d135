import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { MisfitKind } from '../../src/core/booking/misfit.ts'
import { reportMisfits } from '../../src/core/notification/report-misfits.ts'
import { bookingsDue } from '../../src/jobs/bookings-due.ts'
import { findMisfits } from '../../src/store/check-consistency.ts'
import { createDueBookings } from '../../src/store/due-bookings.ts'
import { createMisfits } from '../../src/store/misfits.ts'
import { minutesAfter } from '../support/builders.ts'
import { type Company, NOW, openCompany, REJECT, trip } from '../support/company.ts'

const DAY = 24 * 60
/** Three in the morning in Berlin, in the night after {@link NOW}; and a minute after it. */
const FIRST_NIGHT = new Date('2030-03-05T02:00:00Z')
const ZONE = 'Europe/Berlin'

let company: Company
let sql: Company['database']['sql']
beforeAll(async () => {
  company = await openCompany()
  sql = company.database.sql
})
afterAll(() => company.close())
beforeEach(async () => {
  await sql`TRUNCATE bookings, schedule, admin_alerts CASCADE`
})

const look = (now = NOW) => findMisfits(sql, now, true)
const found = async (now = NOW) => (await look(now)).map(({ finding }) => finding)
let hours = 30
const request = (about: Parameters<Company['request']>[0] = {}) => {
  hours += 3
  return company.request({ window: trip(hours, hours + 1), ...about })
}
const approved = async () => company.decide(await company.decide(await request(), 'Mara'), 'Hanna')

/** Anna wants another day; Mara is asked. */
async function changing(): Promise<Booking> {
  return (await company.change(await approved(), { window: trip(500, 501) })).booking
}

describe('what fits together', () => {
  it('is every booking that was made, decided, changed or ended as it should be', async () => {
    await request()
    await company.decide(await request(), 'Mara')
    await approved()
    await changing()
    await company.change(await approved(), { car: 'Ford Transit' })
    // It touches the old trip: one hold over both.
    const touching = await approved()
    await company.change(touching, { window: { ...touching.window, endsAt: minutesAfter(touching.window.endsAt, 90) } })
    const noted = await company.decide(await request(), 'Mara', { kind: 'ask_for_change', note: 'Take the small one' })
    await company.change(await company.decide(await request(), 'Mara', { kind: 'ask_for_change', note: 'Why?' }), {
      destination: 'Kiel',
    })
    await request({ by: 'Mara' })
    await company.cancel(await request(), 'Anna')
    await company.decide(await request(), 'Mara', REJECT)
    expect(noted.status).toBe('changes_requested')
    expect(await look()).toEqual([])
  })

  it('is what was held before a car was given more time for its turnaround', async () => {
    await request()
    await sql`UPDATE vehicles SET turnaround_minutes = turnaround_minutes + 45`
    expect(await look()).toEqual([])
    await sql`UPDATE vehicles SET turnaround_minutes = turnaround_minutes - 45`
  })

  it('is what somebody is seeing to at this moment', async () => {
    await request()
    expect(await found(minutesAfter(NOW, DAY))).toEqual(['long_overdue'])
    await sql`UPDATE bookings SET due_claimed_until = now() + interval '1 minute'`
    expect(await found(minutesAfter(NOW, DAY))).toEqual([])
  })

  it('is what time brings about, until the end', async () => {
    await request()
    await changing()
    for (const hour of [12, 24, 30, 40, 48, 60, 500, 600, 800]) {
      const now = minutesAfter(NOW, hour * 60)
      const core = { ...company.deps, now: () => now }
      const log = { error: () => {} }
      const job = bookingsDue(core, createDueBookings(sql), { isAnswering: () => false, log })
      await job.run(now, new AbortController().signal)
      expect(await look(now)).toEqual([])
    }
    expect(await company.database.prisma.booking.groupBy({ by: ['status'], orderBy: { status: 'asc' } })).toEqual([
      { status: 'completed' },
      { status: 'expired' },
    ])
  })
})

describe('what does not', () => {
  it.each<[MisfitKind, () => Promise<Booking>, (booking: Booking) => Promise<unknown>]>([
    ['car_not_held', request, ({ id }) => sql`DELETE FROM vehicle_holds WHERE booking_id = ${id}`],
    [
      'car_not_held',
      request,
      ({ id }) => sql`UPDATE vehicle_holds SET ends_at = ends_at - interval '1 minute' WHERE booking_id = ${id}`,
    ],
    [
      'car_not_held',
      changing,
      ({ id }) => sql`DELETE FROM vehicle_holds WHERE booking_id = ${id} AND starts_at = ${trip(500, 501).startsAt}`,
    ],
    [
      'other_car_held',
      request,
      ({ id, window }) => sql`INSERT INTO vehicle_holds (booking_id, vehicle_id, starts_at, ends_at)
        VALUES (${id}, ${company.vehicleId('Ford Transit')}, ${window.startsAt}, ${window.endsAt})`,
    ],
    [
      'other_car_held',
      request,
      ({ id }) => sql`UPDATE vehicle_holds SET starts_at = starts_at - interval '1 minute' WHERE booking_id = ${id}`,
    ],
    [
      'other_car_held',
      request,
      ({ id }) => sql`UPDATE vehicle_holds SET ends_at = ends_at + interval '1 minute' WHERE booking_id = ${id}`,
    ],
    [
      'other_car_held',
      changing,
      ({ id }) => sql`UPDATE bookings SET
      change = jsonb_set(change, '{status}', '"rejected"') WHERE id = ${id}`,
    ],
    [
      'car_held_in_vain',
      async () => company.cancel(await request(), 'Anna'),
      ({ id, vehicle, window }) => sql`INSERT INTO vehicle_holds (booking_id, vehicle_id, starts_at, ends_at)
        VALUES (${id}, ${vehicle.id}, ${window.startsAt}, ${window.endsAt})`,
    ],
    ['driver_not_held', request, ({ id }) => sql`DELETE FROM driver_holds WHERE booking_id = ${id}`],
    [
      'driver_not_held',
      changing,
      ({ id }) => sql`DELETE FROM driver_holds WHERE booking_id = ${id} AND starts_at = ${trip(500, 501).startsAt}`,
    ],
    [
      'driver_held_in_vain',
      async () => company.cancel(await request(), 'Anna'),
      ({ id, window }) => sql`INSERT INTO driver_holds (booking_id, person_id, starts_at, ends_at)
        VALUES (${id}, ${company.personId('Anna')}, ${window.startsAt}, ${window.endsAt})`,
    ],
    [
      'driver_held_in_vain',
      request,
      ({ id }) => sql`UPDATE driver_holds SET person_id = ${company.personId('Ben')} WHERE booking_id = ${id}`,
    ],
    [
      'nothing_open',
      request,
      ({ id }) => sql`UPDATE steps SET status = 'superseded', closed_at = now() WHERE booking_id = ${id}`,
    ],
    ['nothing_open', request, ({ id }) => sql`UPDATE bookings SET status = 'pending_hr' WHERE id = ${id}`],
    [
      'nothing_open',
      request,
      ({ id }) => sql`
      WITH s AS (UPDATE steps SET status = 'superseded', closed_at = now() WHERE booking_id = ${id})
      UPDATE bookings SET status = 'changes_requested' WHERE id = ${id}`,
    ],
    ['step_left_open', request, ({ id }) => sql`UPDATE bookings SET status = 'approved' WHERE id = ${id}`],
    [
      'step_left_open',
      request,
      ({ id }) => sql`
      WITH h AS (DELETE FROM vehicle_holds), d AS (DELETE FROM driver_holds) UPDATE bookings SET status = 'expired' WHERE id = ${id}`,
    ],
    ['nobody_asked', request, () => sql`DELETE FROM asks`],
    ['nobody_asked', request, () => sql`UPDATE asks SET ended_at = now()`],
    ['never_due', request, ({ id }) => sql`UPDATE bookings SET next_due_at = NULL WHERE id = ${id}`],
    ['never_due', approved, ({ id }) => sql`UPDATE bookings SET next_due_at = NULL WHERE id = ${id}`],
    [
      'long_overdue',
      request,
      ({ id }) => sql`UPDATE bookings SET next_due_at = ${minutesAfter(NOW, -61)} WHERE id = ${id}`,
    ],
    ['not_told', request, () => sql`UPDATE notifications SET step_id = NULL`],
    ['no_card', request, () => sql`DELETE FROM cards WHERE kind = 'manager_approval'`],
    ['not_sent', request, () => sql`UPDATE deliveries SET due_at = now() - interval '25 hours'`],
  ])('is found: %s', async (finding, make, spoil) => {
    await request()
    const booking = await make()
    expect(await look()).toEqual([])
    await spoil(booking)
    expect((await look()).filter((misfit) => misfit.bookingId === booking.id)).toContainEqual({
      bookingId: booking.id,
      number: booking.number,
      finding,
      isNew: true,
    })
  })

  it('is a step of somebody who left, with nobody beside them', async () => {
    await company.hire('Lea Brandt', { manager: 'Mara' })
    const leaving = await company.hire('Otto Kern')
    await sql`UPDATE people SET manager_id = ${leaving} WHERE name = 'Lea Brandt'`
    await request({ by: 'Lea' })
    await sql`UPDATE people SET active = false WHERE id = ${leaving}`
    expect(await found()).toEqual(['nobody_asked'])
    await sql`UPDATE people SET active = true WHERE id = ${leaving}`
    expect(await found()).toEqual([])
  })

  it('is no missing card where there is no chat', async () => {
    await request()
    await sql`DELETE FROM cards`
    expect(await found()).toEqual(['no_card'])
    expect(await findMisfits(sql, NOW, false)).toEqual([])
  })
})

describe('every night', () => {
  const check = (now: Date) =>
    reportMisfits({ ...company.deps, now: () => now, misfits: createMisfits(sql, true) }, ZONE)
  const night = (days: number) => minutesAfter(FIRST_NIGHT, days * DAY)
  const told = () =>
    sql<{ name: string; facts: { findings: object[]; moreFindings?: number } }[]>`
      SELECT p.name, n.facts FROM notifications n JOIN people p ON p.id = n.person_id
      WHERE n.kind = 'check_found' ORDER BY n.created_at`
  const keepDue = () => sql`UPDATE bookings SET next_due_at = '2031-01-01' WHERE next_due_at IS NOT NULL`

  it('the admins are told once of what does not fit, and again when it went away and came back', async () => {
    await check(NOW)
    const booking = await request()
    await keepDue()
    await sql`UPDATE bookings SET next_due_at = NULL`
    expect(await check(minutesAfter(FIRST_NIGHT, -1))).toEqual([])
    expect(await check(FIRST_NIGHT)).toMatchObject([{ number: booking.number, finding: 'never_due' }])
    expect(await check(minutesAfter(FIRST_NIGHT, 1))).toEqual([])
    expect(await check(night(1))).toEqual([])
    const findings = [{ number: booking.number, finding: 'never_due' }]
    expect(await told()).toEqual([{ name: 'Aydin Kaya', facts: expect.objectContaining({ findings }) }])

    await sql`UPDATE bookings SET next_due_at = '2031-01-01'`
    expect(await check(night(2))).toEqual([])
    await sql`UPDATE bookings SET next_due_at = NULL`
    expect(await check(night(3))).toHaveLength(1)
    expect(await told()).toHaveLength(2)
  })

  it('a look that fails is due again at once, and tells what it finds then', async () => {
    await check(NOW)
    const booking = await request()
    await sql`UPDATE bookings SET next_due_at = NULL`
    const misfits = { ...createMisfits(sql, true), find: async () => Promise.reject(new Error('no database')) }
    const failing = reportMisfits({ ...company.deps, now: () => FIRST_NIGHT, misfits }, ZONE)
    await expect(failing).rejects.toThrow('no database')
    expect(await check(minutesAfter(FIRST_NIGHT, 1))).toMatchObject([{ number: booking.number }])
    expect(await told()).toHaveLength(1)
  })

  it('a look that nobody finishes is made by others once its claim is over, and no longer by the first', async () => {
    await check(NOW)
    await request()
    await sql`UPDATE bookings SET next_due_at = NULL`
    const misfits = createMisfits(sql, true)
    const claim = await misfits.claim(FIRST_NIGHT, night(1))
    expect(await check(minutesAfter(FIRST_NIGHT, 1))).toEqual([])
    await sql`UPDATE schedule SET claimed_until = now() - interval '1 second'`
    expect(await check(minutesAfter(FIRST_NIGHT, 2))).toHaveLength(1)
    const late = { claim: claim ?? '', at: FIRST_NIGHT, next: night(1) }
    expect(await misfits.keep(late, [], null)).toBe(false)
    expect(await told()).toHaveLength(1)
  })

  it('a booking that cannot be read does not keep the others from being told', async () => {
    await check(NOW)
    const unreadable = await request()
    const booking = await request()
    await sql`UPDATE bookings SET next_due_at = NULL`
    const findBooking = async (id: string) => {
      if (id === unreadable.id) throw new Error('its car is gone')
      return company.deps.store.findBooking(id)
    }
    const deps = { ...company.deps, store: { ...company.deps.store, findBooking }, now: () => FIRST_NIGHT }
    expect(await reportMisfits({ ...deps, misfits: createMisfits(sql, true) }, ZONE)).toHaveLength(2)
    const [notice] = await told()
    expect(notice?.facts.findings).toMatchObject([{ number: unreadable.number }, { number: booking.number }])
  })

  it('what is new is told, and not what was told before', async () => {
    await check(NOW)
    await request()
    const second = await request()
    await keepDue()
    await sql`UPDATE bookings SET next_due_at = NULL WHERE id <> ${second.id}`
    await check(FIRST_NIGHT)
    await sql`UPDATE bookings SET next_due_at = NULL`
    await check(night(1))
    expect((await told()).map(({ facts }) => facts.findings)).toEqual([
      [expect.objectContaining({ number: second.number - 1 })],
      [expect.objectContaining({ number: second.number })],
    ])
  })

  it('one notice names twenty, and says how many more there are', async () => {
    await check(NOW)
    for (let count = 0; count < 22; count += 1) await request()
    await sql`UPDATE bookings SET next_due_at = NULL`
    await check(FIRST_NIGHT)
    const [notice, ...more] = await told()
    expect([notice?.facts.findings.length, notice?.facts.moreFindings, more.length]).toEqual([20, 2, 0])
    const [waiting] = await sql`SELECT count(*)::int AS count FROM deliveries d JOIN notifications n
      ON n.id = d.notification_id WHERE n.kind = 'check_found'`
    expect(waiting?.count).toBe(2)
  })

  it('it is done once by ten who come at the same moment, and nothing of it stands with the booking', async () => {
    await check(NOW)
    const booking = await request()
    await sql`UPDATE bookings SET next_due_at = NULL`
    const looks = await Promise.all(Array.from({ length: 10 }, () => check(FIRST_NIGHT)))
    expect(looks.filter((fresh) => fresh.length > 0)).toHaveLength(1)
    expect(await told()).toHaveLength(1)
    const stored = await company.deps.store.findBooking(booking.id)
    expect(stored?.events.map(({ type }) => type)).toEqual(['booking.requested'])
  })
})
