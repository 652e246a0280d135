import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ANSWER_TIMES, dueTime } from '../../src/core/approval/due-time.ts'
import { BERLIN, minutesAfter } from '../support/builders.ts'

const NEW_YORK = 'America/New_York'
const MUCH_LATER = '2027-06-01T09:00Z'

describe('24 hours of working days', () => {
  it.each([
    ['Monday morning', BERLIN, '2026-11-02T09:00+01:00', '2026-11-03T09:00+01:00'],
    ['Friday 17:00, due Monday 17:00', BERLIN, '2026-11-06T17:00+01:00', '2026-11-09T17:00+01:00'],
    ['Thursday 17:00', BERLIN, '2026-11-05T17:00+01:00', '2026-11-06T17:00+01:00'],
    ['Saturday: Monday as a whole', BERLIN, '2026-11-07T11:00+01:00', '2026-11-10T00:00+01:00'],
    ['Sunday: Monday as a whole', BERLIN, '2026-11-08T23:59+01:00', '2026-11-10T00:00+01:00'],
    ['the first minute of Monday', BERLIN, '2026-11-09T00:00+01:00', '2026-11-10T00:00+01:00'],
    ['over the end of summer time', BERLIN, '2026-10-23T17:00+02:00', '2026-10-26T17:00+01:00'],
    ['over the start of summer time', BERLIN, '2026-03-27T17:00+01:00', '2026-03-30T17:00+02:00'],
    ['over the end of summer time in New York', NEW_YORK, '2026-10-30T17:00-04:00', '2026-11-02T17:00-05:00'],
    ['over the start of summer time in New York', NEW_YORK, '2026-03-06T17:00-05:00', '2026-03-09T17:00-04:00'],
    ['on the very Sunday of the change', BERLIN, '2026-10-25T02:30+01:00', '2026-10-27T00:00+01:00'],
    ['where midnight is skipped', 'America/Santiago', '2026-09-04T17:00-04:00', '2026-09-07T17:00-03:00'],
    ['where a Friday has 23 hours', 'Africa/Cairo', '2026-04-23T12:00+02:00', '2026-04-24T13:00+03:00'],
    [
      'it is Saturday in Auckland, though Friday in Berlin',
      'Pacific/Auckland',
      '2026-11-06T17:00+01:00',
      '2026-11-10T00:00+13:00',
    ],
  ])('%s', (_case, zone, askedAt, due) => {
    expect(dueTime(new Date(askedAt), new Date(MUCH_LATER), zone)).toEqual(new Date(due))
  })
})

describe('near the departure', () => {
  const askedAt = new Date('2026-11-02T09:00+01:00')
  it.each([
    ['in two days: a day to answer', 48 * 60, 24 * 60],
    ['in 26 hours: two hours before it', 26 * 60, 24 * 60],
    ['in 25 hours 59', 26 * 60 - 1, 24 * 60 - 1],
    ['in 5 hours', 5 * 60, 3 * 60],
    ['in 2 hours 15', 135, 15],
    ['in 90 minutes: nobody is given less than 15', 90, 15],
    ['in 20 minutes', 20, 15],
    ['in 15 minutes', 15, 15],
    ['in 10 minutes: not after the departure', 10, 10],
  ])('%s', (_case, departure, due) => {
    expect(dueTime(askedAt, minutesAfter(askedAt, departure), BERLIN)).toEqual(minutesAfter(askedAt, due))
  })

  it('a weekend trip asked on Friday evening is not left until Monday', () => {
    const friday = new Date('2026-11-06T17:00+01:00')
    const saturday = new Date('2026-11-07T09:00+01:00')
    expect(dueTime(friday, saturday, BERLIN)).toEqual(new Date('2026-11-07T07:00+01:00'))
  })

  it('follows the settings', () => {
    const times = { answerWithin: 60, atLeast: 5, beforeDeparture: 30 }
    expect(dueTime(askedAt, minutesAfter(askedAt, 600), BERLIN, times)).toEqual(minutesAfter(askedAt, 60))
    expect(dueTime(askedAt, minutesAfter(askedAt, 80), BERLIN, times)).toEqual(minutesAfter(askedAt, 50))
    expect(dueTime(askedAt, minutesAfter(askedAt, 31), BERLIN, times)).toEqual(minutesAfter(askedAt, 5))
  })
})

describe('for any request', () => {
  const zones = fc.constantFrom(
    BERLIN,
    NEW_YORK,
    'Pacific/Auckland',
    'America/Santiago',
    'Africa/Cairo',
    'Asia/Kolkata',
  )
  const askedAt = fc.date({
    min: new Date('2025-01-01T00:00Z'),
    max: new Date('2030-01-01T00:00Z'),
    noInvalidDate: true,
  })
  const ahead = fc.integer({ min: 1, max: 40 * 24 * 60 })

  it('is neither before it was asked nor after the departure, and leaves 15 minutes where there are any', () => {
    fc.assert(
      fc.property(zones, askedAt, ahead, (zone, asked, minutes) => {
        const departure = minutesAfter(asked, minutes)
        const due = dueTime(asked, departure, zone)
        expect(+due).toBeGreaterThanOrEqual(+asked)
        expect(+due).toBeLessThanOrEqual(+departure)
        expect(+due - +asked).toBeGreaterThanOrEqual(Math.min(minutes, ANSWER_TIMES.atLeast) * 60_000)
      }),
    )
  })

  it('is never earlier for a later departure', () => {
    fc.assert(
      fc.property(zones, askedAt, ahead, ahead, (zone, asked, one, more) => {
        const sooner = dueTime(asked, minutesAfter(asked, one), zone)
        const later = dueTime(asked, minutesAfter(asked, one + more), zone)
        expect(+later).toBeGreaterThanOrEqual(+sooner)
      }),
    )
  })
})
