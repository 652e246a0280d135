import { TZDate } from '@date-fns/tz'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  carChoices,
  personChoice,
  personChoices,
  suggestedWindow,
} from '../../../src/surfaces/view-models/request-form.ts'
import { aPerson, aSite, aVehicle, BERLIN } from '../../support/builders.ts'

describe('suggestedWindow', () => {
  it.each([
    [
      'early on a weekday: that day',
      BERLIN,
      '2026-11-02T06:10+01:00',
      '2026-11-02T09:00+01:00',
      '2026-11-02T17:00+01:00',
    ],
    ['a moment before nine', BERLIN, '2026-11-02T08:59+01:00', '2026-11-02T09:00+01:00', '2026-11-02T17:00+01:00'],
    [
      'at nine sharp: from the next full hour',
      BERLIN,
      '2026-11-02T09:00+01:00',
      '2026-11-02T10:00+01:00',
      '2026-11-02T17:00+01:00',
    ],
    ['in the morning', BERLIN, '2026-11-02T09:20+01:00', '2026-11-02T10:00+01:00', '2026-11-02T17:00+01:00'],
    [
      'the last hour that leaves two',
      BERLIN,
      '2026-11-02T14:59+01:00',
      '2026-11-02T15:00+01:00',
      '2026-11-02T17:00+01:00',
    ],
    [
      'in the afternoon: the next day',
      BERLIN,
      '2026-11-02T15:00+01:00',
      '2026-11-03T09:00+01:00',
      '2026-11-03T17:00+01:00',
    ],
    ['at 23:30', BERLIN, '2026-11-02T23:30+01:00', '2026-11-03T09:00+01:00', '2026-11-03T17:00+01:00'],
    ['just after midnight', BERLIN, '2026-11-03T00:05+01:00', '2026-11-03T09:00+01:00', '2026-11-03T17:00+01:00'],
    ['on Friday evening: Monday', BERLIN, '2026-11-06T18:00+01:00', '2026-11-09T09:00+01:00', '2026-11-09T17:00+01:00'],
    ['on Friday at 23:30', BERLIN, '2026-11-06T23:30+01:00', '2026-11-09T09:00+01:00', '2026-11-09T17:00+01:00'],
    ['on Saturday morning', BERLIN, '2026-11-07T07:30+01:00', '2026-11-09T09:00+01:00', '2026-11-09T17:00+01:00'],
    ['on Saturday at noon', BERLIN, '2026-11-07T12:00+01:00', '2026-11-09T09:00+01:00', '2026-11-09T17:00+01:00'],
    ['on Sunday at 23:30', BERLIN, '2026-11-08T23:30+01:00', '2026-11-09T09:00+01:00', '2026-11-09T17:00+01:00'],
    [
      'over the weekend of the change',
      BERLIN,
      '2026-10-23T18:00+02:00',
      '2026-10-26T09:00+01:00',
      '2026-10-26T17:00+01:00',
    ],
    [
      'Monday in Auckland, Sunday in Berlin',
      'Pacific/Auckland',
      '2026-11-08T20:30+01:00',
      '2026-11-09T09:00+13:00',
      '2026-11-09T17:00+13:00',
    ],
    [
      'Sunday in New York, Monday in Berlin',
      'America/New_York',
      '2026-11-09T03:00+01:00',
      '2026-11-09T09:00-05:00',
      '2026-11-09T17:00-05:00',
    ],
    [
      'a zone of half hours',
      'Asia/Kolkata',
      '2026-11-02T10:10+05:30',
      '2026-11-02T11:00+05:30',
      '2026-11-02T17:00+05:30',
    ],
  ])('%s', (_case, zone, now, startsAt, endsAt) => {
    expect(suggestedWindow(new Date(now), zone)).toEqual({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) })
  })

  it('at any moment: in the future, within one working day, from a full hour, two hours at least', () => {
    const zones = fc.constantFrom(
      BERLIN,
      'UTC',
      'America/New_York',
      'America/Santiago',
      'Asia/Kolkata',
      'Asia/Kathmandu',
      'Africa/Cairo',
      'Australia/Lord_Howe',
      'Pacific/Auckland',
      'Pacific/Kiritimati',
    )
    const moments = fc.date({
      min: new Date('2026-01-01T00:00Z'),
      max: new Date('2027-01-01T00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(zones, moments, (zone, now) => {
        const { startsAt, endsAt } = suggestedWindow(now, zone)
        const [start, end] = [new TZDate(startsAt, zone), new TZDate(endsAt, zone)]
        expect(+startsAt).toBeGreaterThan(+now)
        expect(+startsAt - +now).toBeLessThan(4 * 86_400_000)
        expect(+endsAt - +startsAt).toBeGreaterThanOrEqual(2 * 3_600_000)
        expect([start.getMinutes(), start.getSeconds(), start.getMilliseconds()]).toEqual([0, 0, 0])
        expect([1, 2, 3, 4, 5]).toContain(start.getDay())
        expect(start.getHours()).toBeGreaterThanOrEqual(9)
        expect([end.getDate(), end.getHours(), end.getMinutes()]).toEqual([start.getDate(), 17, 0])
      }),
      { numRuns: 500 },
    )
  })
})

describe('carChoices', () => {
  const hamburg = aSite({ id: 'hamburg', name: 'Hamburg' })
  const zoe = aVehicle({ id: 'zoe', name: 'Renault Zoe', seats: 4, licensePlate: 'B-MP 7' })
  const bus = aVehicle({ id: 'bus', name: 'VW Bus', seats: 9, licensePlate: 'B-MP 9' })
  const corsa = aVehicle({ id: 'corsa', name: 'Opel Corsa', seats: 4, licensePlate: 'HH-MP 1', site: hamburg })

  it('lists the best first, as "any suitable car" would take them, and says where others are', () => {
    expect(carChoices([corsa, bus, zoe], 'berlin')).toEqual([
      { vehicleId: 'zoe', siteName: 'Berlin', label: 'Renault Zoe (B-MP 7), 4 seats' },
      { vehicleId: 'bus', siteName: 'Berlin', label: 'VW Bus (B-MP 9), 9 seats' },
      { vehicleId: 'corsa', siteName: 'Hamburg', label: 'Opel Corsa (HH-MP 1), 4 seats, in Hamburg' },
    ])
    expect(carChoices([corsa, bus, zoe], 'hamburg').map((choice) => choice.vehicleId)).toEqual(['corsa', 'zoe', 'bus'])
  })

  it('is empty when none is free', () => {
    expect(carChoices([], 'berlin')).toEqual([])
  })

  it('cuts a long name, and keeps what tells cars apart', () => {
    const name = 'Volkswagen Transporter T6.1 Kombi lang mit Anhängerkupplung und Dachträger'
    const long = [aVehicle({ id: 'a', name, site: hamburg }), aVehicle({ id: 'b', name, licensePlate: 'B-MP 103' })]
    const labels = carChoices(long, 'berlin').map(({ label }) => label)
    expect(labels).toEqual([
      'Volkswagen Transporter T6.1 Kombi lang mit Anhängerkup… (B-MP 103), 5 seats',
      'Volkswagen Transporter T6.1 Kombi lang mit… (B-MP 102), 5 seats, in Hamburg',
    ])
    for (const label of labels) expect(label.length).toBeLessThanOrEqual(75)
  })
})

describe('people to choose from', () => {
  it.each([
    ['Anna Schmidt', 'Sales', 'Anna Schmidt (Sales)'],
    ['Anna Schmidt', '', 'Anna Schmidt'],
    [
      'Maximiliane-Sophie von und zu Hohenlohe-Schillingsfürst-Waldenburg',
      'Corporate Mobility and Facility Services, Central Europe',
      'Maximiliane-Sophie von und zu Hohenlohe-Schill… (Corporate Mobility and F…)',
    ],
  ])('%s of %s', (name, department, label) => {
    expect(personChoice(aPerson({ name, department })).label).toBe(label)
  })

  it('those who look the same have their addresses, and nobody else has', () => {
    const people = [
      aPerson({ id: '1', name: 'Anna Schmidt', email: 'anna.schmidt@example.com' }),
      aPerson({ id: '2', name: 'Anna Schmidt', email: 'anna.schmidt2@example.com' }),
      aPerson({ id: '3', name: 'Anna Schmidt', department: 'HR' }),
    ]
    expect(personChoices(people)).toEqual([
      { personId: '1', label: 'Anna Schmidt (anna.schmidt@example.com)' },
      { personId: '2', label: 'Anna Schmidt (anna.schmidt2@example.com)' },
      { personId: '3', label: 'Anna Schmidt (HR)' },
    ])
  })

  it('those whose long names are cut to the same have their addresses as well', () => {
    const people = ['x', 'y'].map((end) =>
      aPerson({ id: end, name: `${'A'.repeat(100)}${end}`, email: `${end}@example.com` }),
    )
    expect(personChoices(people).map(({ label }) => label)).toEqual([
      `${'A'.repeat(58)}… (x@example.com)`,
      `${'A'.repeat(58)}… (y@example.com)`,
    ])
  })
})
