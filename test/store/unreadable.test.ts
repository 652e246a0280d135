import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import { UnreadableBooking } from '../../src/core/booking/unreadable-booking.ts'
import type { DueBookingCard, DueHome } from '../../src/core/notification/delivery.ts'
import { reportMisfits } from '../../src/core/notification/report-misfits.ts'
import { bookingsDue } from '../../src/jobs/bookings-due.ts'
import { createRelay } from '../../src/jobs/relay.ts'
import { findMisfits } from '../../src/store/check-consistency.ts'
import { createDueBookings } from '../../src/store/due-bookings.ts'
import { bookingsById } from '../../src/store/find-bookings.ts'
import { createMisfits } from '../../src/store/misfits.ts'
import { createOutbox } from '../../src/store/outbox.ts'
import { createOverview } from '../../src/store/overview.ts'
import { reportOnce } from '../../src/store/report-once.ts'
import { minutesAfter } from '../support/builders.ts'
import { type Company, NOW, openCompany, trip } from '../support/company.ts'

const GONE = '5e4e2c8e-5a0c-4d4e-8f1f-3a9f5a6f0b01'
const WINDOW = { startsAt: '2030-03-05T08:00:00Z', endsAt: '2030-03-05T09:00:00Z' }

let company: Company
let sql: Company['database']['sql']
/** Three bookings that wait for Mara; the second cannot be read. */
let bookings: Booking[]
beforeAll(async () => {
  company = await openCompany()
  sql = company.database.sql
}, 60_000)
afterAll(() => company.close())
beforeEach(async () => {
  await sql`TRUNCATE bookings, schedule, admin_alerts CASCADE`
  const made = []
  for (const hour of [30, 40, 50]) made.push(await company.request({ window: trip(hour, hour + 1) }))
  bookings = made
})

const broken = () => bookings[1] as Booking
const others = () => [bookings[0]?.number, bookings[2]?.number]
const spoil = async (change: object) =>
  sql`UPDATE bookings SET change = ${sql.json(change as never)} WHERE id = ${broken().id}`
const proposalOf = (vehicleId: string, window: object = WINDOW) => ({
  status: 'pending_manager',
  trip: { vehicleId, window, travellers: [], passengers: 1 },
})

describe('a booking that cannot be read', () => {
  it.each<[string, () => object]>([
    ['the car of its proposal is no id', () => proposalOf('none')],
    ['its proposal has no times', () => proposalOf(company.vehicleId('VW ID.4'), {})],
    ['its times are none', () => proposalOf(company.vehicleId('VW ID.4'), { startsAt: 'soon', endsAt: 'later' })],
    ['its proposal is no trip', () => ({ status: 'pending_manager' })],
  ])('takes no other from any list, and is named to the admins: %s', async (_why, change) => {
    await createMisfits(sql, true).claim(NOW, NOW)
    await spoil(change())
    const logged: object[] = []
    const overview = createOverview(company.database, reportOnce({ error: (about) => logged.push(about) }))
    const [anna, mara] = [company.personId('Anna'), company.personId('Mara')]
    for (const { bookings: shown } of [
      await overview.nextTrips(anna, NOW, 10),
      await overview.waitingFor(mara, NOW, 10),
      await overview.history(anna, 'all', 0, 10),
    ]) {
      expect(shown.map(({ number }) => number).toSorted()).toEqual(others())
    }
    expect(logged).toEqual([expect.objectContaining({ booking: broken().id })])
    await expect(company.deps.store.findBooking(broken().id)).rejects.toThrow(UnreadableBooking)
    await expect(company.deps.store.findBookingByRequestKey(broken().requestKey)).rejects.toThrow(UnreadableBooking)

    const unreadable = { bookingId: broken().id, number: broken().number, finding: 'unreadable', isNew: true }
    expect(await findMisfits(sql, NOW, true)).toEqual([unreadable])
    // All three are overdue by then, and of the broken one nothing else is said.
    const late = await findMisfits(sql, minutesAfter(NOW, 10 * 24 * 60), true)
    expect(late.filter(({ finding }) => finding === 'long_overdue').map(({ number }) => number)).toEqual(others())
    expect(late.filter(({ bookingId }) => bookingId === broken().id)).toEqual([unreadable])
    const night = minutesAfter(NOW, 1)
    const core = { ...company.deps, now: () => night, misfits: createMisfits(sql, true) }
    expect(await reportMisfits(core, 'Europe/Berlin')).toEqual([unreadable])
    const [told] = await sql<{ facts: { findings: object[] } }[]>`
      SELECT facts FROM notifications WHERE kind = 'check_found'`
    expect(told?.facts.findings).toEqual([{ number: broken().number, finding: 'unreadable' }])
  })

  it('is left alone for an hour by what time brings about, and is logged once meanwhile', async () => {
    await spoil(proposalOf('none'))
    const later = minutesAfter(NOW, 24 * 60)
    const logged: unknown[] = []
    const log = { error: (_about: object, words: string) => void logged.push(words) }
    const core = { ...company.deps, now: () => later }
    const job = bookingsDue(core, createDueBookings(sql), { isAnswering: () => false, log })
    for (let tick = 0; tick < 3; tick += 1) await job.run(later, new AbortController().signal)
    expect(logged).toEqual(['A booking that is due cannot be read'])
    const rows = await sql`SELECT number FROM bookings WHERE status = 'pending_hr' ORDER BY number`
    expect(rows.map(({ number }) => number)).toEqual(others())
  })

  it('has its cards tried more and more seldom, and the others drawn', async () => {
    await spoil(proposalOf('none'))
    await sql`INSERT INTO chat_accounts (person_id, platform, tenant_id, user_id)
      SELECT id, 'slack', 'T1', 'U' || row_number() OVER () FROM people`
    const drawn: string[] = []
    const draw = async (card: DueBookingCard | DueHome) => {
      drawn.push(card.id)
      return { kind: 'sent', externalId: card.id } as const
    }
    const relay = createRelay({
      outbox: createOutbox(sql),
      findBookings: (ids) => bookingsById(sql, ids),
      reportUndelivered: async () => {},
      senders: [],
      drawers: [{ platform: 'slack', draw, drawHome: draw }],
      log: { warn: () => {}, error: () => {} },
      isAnswering: () => false,
      now: () => new Date(),
    })
    const attempts = async () => {
      const cards = await sql<{ failures: number; booking: string; behind: boolean }[]>`
        SELECT failures, booking_id AS booking, drawn_version < wanted_version AS behind FROM cards
        WHERE booking_id IS NOT NULL`
      return cards.map(({ booking, ...card }) => ({ ...card, isBroken: booking === broken().id }))
    }
    relay.start()
    try {
      const areTried = (cards: Awaited<ReturnType<typeof attempts>>) =>
        cards.every(({ isBroken, failures, behind }) => (isBroken ? failures >= 2 : !behind))
      await expect.poll(async () => areTried(await attempts()), { timeout: 20_000 }).toBe(true)
    } finally {
      await relay.stop()
    }
    const paused = await sql`SELECT FROM cards WHERE booking_id = ${broken().id} AND due_at > now()`
    expect(paused.length).toBeGreaterThan(0)
    expect(drawn.length).toBeGreaterThan(0)
  }, 30_000)

  it('does not come about by a car that is deleted', async () => {
    const [booking] = bookings
    if (!booking) throw new Error('there is none')
    const approved = await company.decide(await company.decide(booking, 'Mara'), 'Hanna')
    await company.change(approved, { car: 'Ford Transit' })
    await sql`DELETE FROM vehicle_holds WHERE vehicle_id = ${company.vehicleId('Ford Transit')}`
    await expect(sql`DELETE FROM vehicles WHERE name = 'Ford Transit'`).rejects.toMatchObject({ code: '23503' })
    await expect(spoil(proposalOf(GONE))).rejects.toMatchObject({ code: '23503' })
  })
})
