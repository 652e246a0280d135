import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TripWindow } from '../../src/core/booking/trip-window.ts'
import { createChoices } from '../../src/store/choices.ts'
import { type Company, openCompany, refusalOf, trip } from '../support/company.ts'

const IN_BERLIN = ['Smart EQ fortwo', 'Škoda Octavia', 'VW ID.4', 'Ford Transit']

describe('any suitable car', () => {
  let company: Company
  let days = 0
  beforeAll(async () => {
    company = await openCompany()
  }, 60_000)
  afterAll(() => company.close())

  /** Each test has weeks of its own. */
  const nextWeeks = () => {
    days += 21
  }
  const at = (from: number, to: number): TripWindow => trip(24 * days + from, 24 * days + to)
  /** The workshop has these cars then. */
  async function takeAway(cars: string[], window: TripWindow): Promise<void> {
    for (const car of cars) await company.maintain(car, window)
  }

  it('is one of the own site, however many others are free', async () => {
    nextWeeks()
    await takeAway(['Smart EQ fortwo', 'Škoda Octavia', 'VW ID.4'], at(8, 12))
    expect(await company.request({ car: null, window: at(9, 11) })).toMatchObject({ vehicle: { name: 'Ford Transit' } })
    expect(await company.request({ by: 'Duarte', car: null, window: at(9, 11) })).toMatchObject({
      vehicle: { site: { name: 'Lisbon' } },
    })
  })

  it('is none where the own site has none free: the next time there is named, and what is free elsewhere', async () => {
    nextWeeks()
    await takeAway(['Smart EQ fortwo', 'Škoda Octavia', 'Ford Transit'], at(0, 48))
    await takeAway(['VW ID.4'], at(8, 12))
    // Too short a gap: two hours, and one for the turnaround.
    await takeAway(['VW ID.4'], at(14.5, 16))
    expect(await refusalOf(company.request({ car: null, window: at(9, 11), passengers: 3 }))).toEqual({
      code: 'no_vehicle_free',
      facts: {
        passengers: 3,
        siteName: 'Berlin',
        siteZone: 'Europe/Berlin',
        siteSeats: 9,
        next: at(16, 18),
        elsewhere: [
          { vehicleName: 'Renault Zoe', siteName: 'Lisbon' },
          { vehicleName: 'Peugeot 5008', siteName: 'Lisbon' },
        ],
      },
    })
    expect(await company.request({ car: 'Renault Zoe', window: at(9, 11) })).toMatchObject({
      vehicle: { name: 'Renault Zoe' },
    })
  })

  it('has no next time within two weeks where there is none, or where no car of the site is big enough', async () => {
    nextWeeks()
    await takeAway(IN_BERLIN, at(0, 24 * 15))
    const refused = (passengers: number) => refusalOf(company.request({ car: null, window: at(9, 11), passengers }))
    expect(await refused(1)).toMatchObject({ facts: { next: null, siteSeats: 9 } })
    expect(await refused(20)).toMatchObject({ facts: { next: null, siteSeats: 9, elsewhere: [] } })
  })

  it('is none for people whose site has no car at all', async () => {
    nextWeeks()
    const { prisma } = company.database
    const site = await prisma.site.create({ data: { name: 'Porto', timeZone: 'Europe/Lisbon' } })
    const porto = await company.hire('Pia Costa', { manager: 'Mara' })
    await prisma.person.update({ where: { id: porto }, data: { siteId: site.id } })
    const refusal = await refusalOf(company.request({ by: 'Pia', car: null, window: at(9, 11), passengers: 6 }))
    expect(refusal).toMatchObject({
      code: 'no_vehicle_free',
      facts: {
        siteName: 'Porto',
        siteSeats: 0,
        next: null,
        elsewhere: [{ vehicleName: 'Peugeot 5008' }, { vehicleName: 'Ford Transit' }],
      },
    })
  })

  it('stays at the own site when a booking is changed, and its own car is the first choice', async () => {
    nextWeeks()
    const booked = await company.request({ car: null, window: at(9, 11) })
    await takeAway(IN_BERLIN, at(12, 24))
    expect(await refusalOf(company.change(booked, { car: null, window: at(12, 14) }))).toMatchObject({
      code: 'no_vehicle_free',
      facts: { next: at(24, 26), elsewhere: [{ siteName: 'Lisbon' }, { siteName: 'Lisbon' }] },
    })
    const { booking } = await company.change(booked, { car: null, window: at(9, 12) })
    expect(booking.vehicle.id).toBe(booked.vehicle.id)
  })

  it('of a booking that is changed has what the booking holds itself', async () => {
    nextWeeks()
    const booked = await company.request({ car: 'Ford Transit', window: at(9, 11), passengers: 9 })
    const site = booked.requester.site.id
    const outlook = createChoices(company.database).siteOutlook
    const query = { siteId: site, window: at(8, 10), passengers: 9 }
    expect(await outlook({ ...query, forBookingId: null })).toEqual({ mostSeats: 9, next: at(11.5, 13.5) })
    expect(await outlook({ ...query, forBookingId: booked.id })).toEqual({ mostSeats: 9, next: null })
  })
})
