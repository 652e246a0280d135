import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import { reportUndelivered } from '../../src/core/notification/report-undelivered.ts'
import { createOutbox } from '../../src/store/outbox.ts'
import { type Company, openCompany, REJECT } from '../support/company.ts'

let company: Company
beforeAll(async () => {
  company = await openCompany()
})
afterAll(() => company.close())
beforeEach(async () => {
  await company.database
    .sql`WITH d AS (DELETE FROM deliveries), a AS (DELETE FROM admin_alerts), h AS (DELETE FROM driver_holds) DELETE FROM vehicle_holds`
})

/** What somebody is told of a booking, by whether it still goes out: "booking_approved email pending". */
async function toldTo(name: string, booking: Booking): Promise<string[]> {
  const found = await company.database.prisma.delivery.findMany({
    where: { notification: { personId: company.personId(name), event: { bookingId: booking.id } } },
    select: { channel: true, status: true, notification: { select: { kind: true } } },
  })
  return found.map(({ channel, status, notification }) => `${notification.kind} ${channel} ${status}`).toSorted()
}

async function withBen(): Promise<Booking> {
  return company.request({ companionIds: [company.personId('Ben')], passengers: 2 })
}

async function approved(): Promise<Booking> {
  return company.decide(await company.decide(await withBen(), 'Mara'), 'Hanna')
}

describe('what waits to be delivered when a booking comes to nothing', () => {
  it('after the approval gives way to the cancellation, for everybody who goes along', async () => {
    const booking = await approved()
    await company.cancel(booking, 'Anna')
    expect(await toldTo('Anna', booking)).toEqual([
      'booking_approved email superseded',
      'booking_approved slack superseded',
      'booking_cancelled email pending',
      'booking_requested email superseded',
      'manager_approved email superseded',
      'manager_approved slack superseded',
    ])
    expect(await toldTo('Ben', booking)).toEqual([
      'booking_approved email superseded',
      'booking_approved slack superseded',
      'booking_cancelled email pending',
      'booking_cancelled slack pending',
    ])
  })

  it('gives way to the rejection, and whoever was only asked has nothing left to answer', async () => {
    const booking = await company.decide(await withBen(), 'Mara')
    await company.decide(booking, 'Hanna', REJECT)
    expect(await toldTo('Anna', booking)).toEqual([
      'booking_rejected email pending',
      'booking_rejected slack pending',
      'booking_requested email superseded',
      'manager_approved email superseded',
      'manager_approved slack superseded',
    ])
    expect(await toldTo('Hanna', booking)).toEqual(['approval_needed email superseded'])
    expect(await toldTo('Ben', booking)).toEqual([])
  })

  it('is not taken back where it was delivered, nor told anew by an attempt that comes back', async () => {
    const booking = await approved()
    const outbox = createOutbox(company.database.sql)
    const due = (await outbox.claimDeliveries('email', 50)).filter(({ kind }) => kind === 'booking_approved')
    const [bens, annas] = ['Ben Koch', 'Anna Schmidt'].map((name) => due.find((one) => one.recipient.name === name))
    if (!bens || !annas) throw new Error('they were not told')
    await outbox.settleDelivery(bens, { kind: 'sent', externalId: null })
    await company.cancel(booking, 'Anna')
    await outbox.settleDelivery(annas, { kind: 'retry', afterSeconds: 0, counts: true, error: '503' })
    expect(await toldTo('Ben', booking)).toContain('booking_approved email sent')
    expect(await toldTo('Anna', booking)).toContain('booking_approved email superseded')
    const kinds = (await outbox.claimDeliveries('email', 50)).map(({ kind }) => kind)
    expect(new Set(kinds)).toEqual(new Set(['booking_cancelled']))
  })

  it('of a report that somebody cannot be reached still goes to the admins', async () => {
    const booking = await approved()
    const person = { id: company.personId('Anna'), name: 'Anna Schmidt' }
    await reportUndelivered(company.deps, {
      kind: 'unreachable',
      bookingId: booking.id,
      channel: 'slack',
      person,
      error: 'no account',
    })
    await company.cancel(booking, 'Anna')
    expect(await toldTo('Aydin', booking)).toEqual(['delivery_failed email pending', 'delivery_failed slack pending'])
  })

  it('of another booking is left alone, and so is everything while this one goes on', async () => {
    const other = await approved()
    await company.database.sql`WITH d AS (DELETE FROM driver_holds) DELETE FROM vehicle_holds`
    await company.cancel(await company.request(), 'Anna')
    expect(await toldTo('Anna', other)).toEqual([
      'booking_approved email pending',
      'booking_approved slack pending',
      'booking_requested email pending',
      'manager_approved email pending',
      'manager_approved slack pending',
    ])
  })
})
