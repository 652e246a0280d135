import { addDays } from 'date-fns'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { PastMessages } from '../../src/core/notification/past-messages.ts'
import { reportUndelivered } from '../../src/core/notification/report-undelivered.ts'
import type { Database } from '../../src/store/database.ts'
import { createPastMessages } from '../../src/store/past-messages.ts'
import { APPROVE, type Company, NOW, openCompany } from '../support/company.ts'

describe('what was told about a booking that is over', () => {
  let company: Company
  let sql: Database['sql']
  let messages: PastMessages
  beforeAll(async () => {
    company = await openCompany()
    sql = company.database.sql
    messages = createPastMessages(sql)
  })
  afterAll(() => company.close())
  beforeEach(async () => {
    await sql`WITH d AS (DELETE FROM driver_holds) DELETE FROM vehicle_holds`
    await sql`UPDATE bookings SET messages_pruned_at = now()`
  })

  /** A booking that both approved, everything told and drawn, over for so many days. */
  async function over(days: number, status = 'completed'): Promise<Booking> {
    let booking = await company.request()
    for (const by of ['Mara', 'Hanna']) booking = await company.decide(booking, by, APPROVE)
    await sql`
      UPDATE deliveries SET status = 'sent', settled_at = ${addDays(NOW, -200)} WHERE status = 'pending'`
    await sql`UPDATE cards SET drawn_version = wanted_version WHERE booking_id = ${booking.id}`
    await sql`WITH d AS (DELETE FROM driver_holds) DELETE FROM vehicle_holds`
    await sql`
      UPDATE bookings SET status = ${status}, ends_at = ${addDays(NOW, -days)}, starts_at = ${addDays(NOW, -days - 1)}
      WHERE id = ${booking.id}`
    return booking
  }

  const prune = async (batch = 100) => {
    let last = await messages.prune(addDays(NOW, -90), null, batch)
    while (last) last = await messages.prune(addDays(NOW, -90), last, batch)
  }
  const left = async ({ id }: Booking) => {
    const [rows] = await sql<Record<'cards' | 'notifications' | 'deliveries', number>[]>`
      SELECT (SELECT count(*)::int FROM cards WHERE booking_id = ${id}) AS cards,
        (SELECT count(*)::int FROM notifications n JOIN events e ON e.id = n.event_id WHERE e.booking_id = ${id}) AS notifications,
        (SELECT count(*)::int FROM deliveries d JOIN notifications n ON n.id = d.notification_id
          JOIN events e ON e.id = n.event_id WHERE e.booking_id = ${id}) AS deliveries`
    return rows
  }
  const kept = async ({ id }: Booking) =>
    (
      await sql`
        SELECT (SELECT count(*)::int FROM steps WHERE booking_id = ${id}) AS steps,
          (SELECT count(*)::int FROM asks a JOIN steps s ON s.id = a.step_id WHERE s.booking_id = ${id}) AS asks,
          (SELECT count(*)::int FROM events WHERE booking_id = ${id}) AS events,
          (SELECT count(*)::int FROM travellers WHERE booking_id = ${id}) AS travellers,
          (SELECT count(*)::int FROM audit_entries WHERE subject_id = ${id}) AS audit`
    )[0]
  const NOTHING = { cards: 0, notifications: 0, deliveries: 0 }
  /** One delivery of a booking's. */
  const oneDelivery = ({
    id,
  }: Booking) => sql`(SELECT d.id FROM deliveries d JOIN notifications n ON n.id = d.notification_id
    JOIN events e ON e.id = n.event_id WHERE e.booking_id = ${id} ORDER BY d.id LIMIT 1)`

  it('goes away 90 days after its end, and what happened stays', async () => {
    const booking = await over(91)
    const before = await kept(booking)
    expect(Object.values((await left(booking)) ?? {}).filter((count) => count > 0)).toHaveLength(3)
    await prune()
    expect(await left(booking)).toEqual(NOTHING)
    expect(await kept(booking)).toEqual(before)
    expect(await company.deps.store.findBooking(booking.id)).toMatchObject({
      number: booking.number,
      status: 'completed',
    })
  })

  it.each([
    ['one that ended 89 days ago', 89, 'completed'],
    ['one that is live, however late', 400, 'approved'],
  ])('stays about %s', async (_what, days, status) => {
    const booking = await over(days, status)
    const before = await left(booking)
    await prune()
    expect(await left(booking)).toEqual(before)
  })

  it.each([
    [
      'still to be sent',
      (booking: Booking) =>
        sql`UPDATE deliveries SET status = 'pending', settled_at = NULL WHERE id = ${oneDelivery(booking)}`,
      { ...NOTHING, notifications: 1, deliveries: 1 },
    ],
    [
      'given up a week ago',
      (booking: Booking) =>
        sql`UPDATE deliveries SET status = 'dead', settled_at = ${addDays(NOW, -7)} WHERE id = ${oneDelivery(booking)}`,
      { ...NOTHING, notifications: 1, deliveries: 1 },
    ],
    [
      'still to be drawn',
      (booking: Booking) =>
        sql`UPDATE cards SET wanted_version = wanted_version + 1 WHERE kind = 'request' AND booking_id = ${booking.id}`,
      { ...NOTHING, cards: 1 },
    ],
  ])('stays where it is %s, and goes once that is done', async (_what, leave, expected) => {
    const booking = await over(91)
    await leave(booking)
    await prune()
    expect(await left(booking)).toEqual(expected)
    await sql`UPDATE deliveries SET status = 'sent', settled_at = ${addDays(NOW, -100)} WHERE status IN ('pending', 'dead')`
    await sql`UPDATE cards SET drawn_version = wanted_version`
    await prune()
    expect(await left(booking)).toEqual(NOTHING)
  })

  it('goes away in batches, with several who prune at once, and what stays holds up none of the others', async () => {
    const bookings = []
    for (const days of [94, 93, 92, 91]) bookings.push(await over(days))
    await sql`UPDATE cards SET wanted_version = wanted_version + 1 WHERE booking_id = ${bookings[0]?.id ?? null}`
    await Promise.all([prune(1), prune(1), prune(1)])
    await prune(1)
    expect(await Promise.all(bookings.map(left))).toEqual([{ ...NOTHING, cards: 3 }, NOTHING, NOTHING, NOTHING])
  })

  it('goes away as well where it is told later', async () => {
    const booking = await over(91)
    await prune()
    const late = { kind: 'setup', bookingId: booking.id, channel: 'email', person: null, error: 'no key' } as const
    await reportUndelivered(company.deps, late)
    expect(await left(booking)).toEqual({ cards: 0, notifications: 1, deliveries: 1 })
    await sql`UPDATE deliveries SET status = 'sent', settled_at = ${NOW} WHERE status = 'pending'`
    await prune()
    expect(await left(booking)).toEqual(NOTHING)
  })

  it('says of bookings that are done that nothing is left to look for', async () => {
    await over(91)
    expect(await messages.prune(addDays(NOW, -90), null, 10)).not.toBeNull()
    expect(await messages.prune(addDays(NOW, -90), null, 10)).toBeNull()
  })
})
