import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import { dueTime, reminderTime } from '../../src/core/approval/due-time.ts'
import { aSite, BERLIN, minutesAfter } from '../support/builders.ts'

const NEW_YORK = 'America/New_York'
const inBerlin = aSite()
const sunToThu = aSite({ workingDays: [1, 2, 3, 4, 7] })
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
    const site = aSite({ timeZone: zone })
    expect(dueTime(new Date(askedAt), new Date(MUCH_LATER), site, DEADLINES)).toEqual(new Date(due))
  })

  it.each([
    ['Wednesday 17:00', '2026-11-04T17:00+01:00', '2026-11-05T17:00+01:00'],
    ['Thursday 17:00, due Sunday 17:00', '2026-11-05T17:00+01:00', '2026-11-08T17:00+01:00'],
    ['Friday: Sunday as a whole', '2026-11-06T10:00+01:00', '2026-11-09T00:00+01:00'],
    ['over a Sunday of 25 hours', '2026-10-22T17:00+02:00', '2026-10-25T16:00+01:00'],
    ['over a Sunday of 23 hours', '2026-03-26T17:00+01:00', '2026-03-29T18:00+02:00'],
    ['on Saturday, before a Sunday of 25 hours', '2026-10-24T12:00+02:00', '2026-10-25T23:00+01:00'],
    ['on Saturday, before a Sunday of 23 hours', '2026-03-28T12:00+01:00', '2026-03-30T01:00+02:00'],
  ])('Sunday to Thursday: %s', (_case, askedAt, due) => {
    const asked = new Date(askedAt)
    expect(dueTime(asked, new Date(MUCH_LATER), sunToThu, DEADLINES)).toEqual(new Date(due))
    const companys = { ...DEADLINES, workingDays: [1, 2, 3, 4, 7] }
    expect(dueTime(asked, new Date(MUCH_LATER), inBerlin, companys)).toEqual(new Date(due))
  })

  it('a single working day in the week is waited for', () => {
    const onWednesdays = aSite({ workingDays: [3] })
    const asked = new Date('2026-11-04T18:00+01:00')
    expect(dueTime(asked, new Date(MUCH_LATER), onWednesdays, DEADLINES)).toEqual(new Date('2026-11-11T18:00+01:00'))
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
    expect(dueTime(askedAt, minutesAfter(askedAt, departure), inBerlin, DEADLINES)).toEqual(minutesAfter(askedAt, due))
  })

  it('a weekend trip asked on Friday evening is not left until Monday', () => {
    const friday = new Date('2026-11-06T17:00+01:00')
    const saturday = new Date('2026-11-07T09:00+01:00')
    expect(dueTime(friday, saturday, inBerlin, DEADLINES)).toEqual(new Date('2026-11-07T07:00+01:00'))
  })

  it('follows the settings', () => {
    const times = { ...DEADLINES, answerWithin: 60, atLeast: 5, beforeDeparture: 30 }
    expect(dueTime(askedAt, minutesAfter(askedAt, 600), inBerlin, times)).toEqual(minutesAfter(askedAt, 60))
    expect(dueTime(askedAt, minutesAfter(askedAt, 80), inBerlin, times)).toEqual(minutesAfter(askedAt, 50))
    expect(dueTime(askedAt, minutesAfter(askedAt, 31), inBerlin, times)).toEqual(minutesAfter(askedAt, 5))
  })
})

/** All reminders of a step, each asked for at the moment of the one before. */
function remindersOf(askedAt: Date, dueAt: Date, site = inBerlin): Date[] {
  const reminders: Date[] = []
  for (let after = askedAt; ; ) {
    const next = reminderTime(askedAt, dueAt, after, site, DEADLINES)
    if (!next || reminders.length > 9) return reminders
    reminders.push(next)
    after = next
  }
}

describe('reminders come at half of the working time and an hour before the end', () => {
  it.each([
    [
      'of a day',
      '2026-11-02T09:00+01:00',
      '2026-11-03T09:00+01:00',
      ['2026-11-02T21:00+01:00', '2026-11-03T08:00+01:00'],
    ],
    [
      'over a weekend',
      '2026-11-06T17:00+01:00',
      '2026-11-09T17:00+01:00',
      ['2026-11-09T05:00+01:00', '2026-11-09T16:00+01:00'],
    ],
    [
      'asked on a weekend',
      '2026-11-07T11:00+01:00',
      '2026-11-10T00:00+01:00',
      ['2026-11-09T12:00+01:00', '2026-11-09T23:00+01:00'],
    ],
    [
      'asked before a weekend, due on it',
      '2026-11-06T17:00+01:00',
      '2026-11-07T07:00+01:00',
      ['2026-11-06T20:30+01:00', '2026-11-07T06:00+01:00'],
    ],
    [
      'without any working time: half of all the time',
      '2026-11-07T10:00+01:00',
      '2026-11-07T14:00+01:00',
      ['2026-11-07T12:00+01:00', '2026-11-07T13:00+01:00'],
    ],
    ['two hours: one is enough', '2026-11-02T09:00+01:00', '2026-11-02T11:00+01:00', ['2026-11-02T10:00+01:00']],
    [
      'two hours and two minutes',
      '2026-11-02T09:00+01:00',
      '2026-11-02T11:02+01:00',
      ['2026-11-02T10:01+01:00', '2026-11-02T10:02+01:00'],
    ],
    ['a quarter of an hour', '2026-11-02T09:00+01:00', '2026-11-02T09:15+01:00', ['2026-11-02T09:07:30+01:00']],
    ['a minute', '2026-11-02T09:00+01:00', '2026-11-02T09:01+01:00', ['2026-11-02T09:00:30+01:00']],
    ['no time at all', '2026-11-02T09:00+01:00', '2026-11-02T09:00+01:00', []],
  ])('%s', (_case, askedAt, dueAt, reminders) => {
    expect(remindersOf(new Date(askedAt), new Date(dueAt))).toEqual(reminders.map((at) => new Date(at)))
  })

  it.each([
    [
      'half time in the hour that is skipped',
      '2026-03-29T00:30+01:00',
      '2026-03-29T05:30+02:00',
      ['2026-03-29T03:30+02:00', '2026-03-29T04:30+02:00'],
    ],
    [
      'an hour before the end in the hour that is skipped',
      '2026-03-28T20:00+01:00',
      '2026-03-29T03:30+02:00',
      ['2026-03-29T01:15+01:00', '2026-03-29T01:30+01:00'],
    ],
    [
      'half time in the hour that comes twice',
      '2026-10-25T00:00+02:00',
      '2026-10-25T04:00+01:00',
      ['2026-10-25T02:30+02:00', '2026-10-25T03:00+01:00'],
    ],
    [
      'an hour before the end in the hour that comes twice',
      '2026-10-24T20:00+02:00',
      '2026-10-25T03:30+01:00',
      ['2026-10-25T02:15+02:00', '2026-10-25T02:30+01:00'],
    ],
  ])('once where the clocks change: %s', (_case, askedAt, dueAt, reminders) => {
    expect(remindersOf(new Date(askedAt), new Date(dueAt), sunToThu)).toEqual(reminders.map((at) => new Date(at)))
  })

  it('those that were missed are passed over', () => {
    const askedAt = new Date('2026-11-02T09:00+01:00')
    const dueAt = new Date('2026-11-03T09:00+01:00')
    const nextAfter = (time: string) => reminderTime(askedAt, dueAt, new Date(time), inBerlin, DEADLINES)
    expect(nextAfter('2026-11-02T20:59+01:00')).toEqual(new Date('2026-11-02T21:00+01:00'))
    expect(nextAfter('2026-11-02T21:00+01:00')).toEqual(new Date('2026-11-03T08:00+01:00'))
    expect(nextAfter('2026-11-03T08:00+01:00')).toBeNull()
    expect(nextAfter('2026-11-05T08:00+01:00')).toBeNull()
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
  const sites = fc
    .tuple(zones, fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }))
    .map(([timeZone, workingDays]) => aSite({ timeZone, workingDays }))
  const askedAt = fc.date({
    min: new Date('2025-01-01T00:00Z'),
    max: new Date('2030-01-01T00:00Z'),
    noInvalidDate: true,
  })
  const ahead = fc.integer({ min: 1, max: 40 * 24 * 60 })

  it('is neither before it was asked nor after the departure, and leaves 15 minutes where there are any', () => {
    fc.assert(
      fc.property(sites, askedAt, ahead, (site, asked, minutes) => {
        const departure = minutesAfter(asked, minutes)
        const due = dueTime(asked, departure, site, DEADLINES)
        expect(+due).toBeGreaterThanOrEqual(+asked)
        expect(+due).toBeLessThanOrEqual(+departure)
        expect(+due - +asked).toBeGreaterThanOrEqual(Math.min(minutes, DEADLINES.atLeast) * 60_000)
      }),
    )
  })

  it('is never earlier for a later departure', () => {
    fc.assert(
      fc.property(sites, askedAt, ahead, ahead, (site, asked, one, more) => {
        const sooner = dueTime(asked, minutesAfter(asked, one), site, DEADLINES)
        const later = dueTime(asked, minutesAfter(asked, one + more), site, DEADLINES)
        expect(+later).toBeGreaterThanOrEqual(+sooner)
      }),
    )
  })

  it('is reminded of once or twice, between the question and the due time', () => {
    fc.assert(
      fc.property(sites, askedAt, ahead, (site, asked, minutes) => {
        const due = dueTime(asked, minutesAfter(asked, minutes), site, DEADLINES)
        const reminders = remindersOf(asked, due, site)
        expect([1, 2]).toContain(reminders.length)
        for (const reminder of reminders) {
          expect(+reminder).toBeGreaterThan(+asked)
          expect(+reminder).toBeLessThan(+due)
        }
      }),
    )
  })
})
