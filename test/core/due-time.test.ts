import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import { dueTime, nextAskingAgain, reminderTime } from '../../src/core/approval/due-time.ts'
import { aSite, BERLIN, minutesAfter } from '../support/builders.ts'

const NEW_YORK = 'America/New_York'
const inBerlin = aSite()
const sunToThu = aSite({ workingDays: [1, 2, 3, 4, 7] })
const MUCH_LATER = '2027-06-01T09:00Z'

const AROUND_THE_CLOCK = { ...DEADLINES, workingHours: { from: 0, until: 24 * 60 } }

describe('24 hours of working days', () => {
  it.each([
    ['Monday morning', BERLIN, '2026-11-02T09:00+01:00', '2026-11-03T09:00+01:00'],
    ['Friday 17:00, due Monday 17:00', BERLIN, '2026-11-06T17:00+01:00', '2026-11-09T17:00+01:00'],
    ['Thursday 17:00', BERLIN, '2026-11-05T17:00+01:00', '2026-11-06T17:00+01:00'],
    ['the last moment of the day', BERLIN, '2026-11-05T18:00+01:00', '2026-11-06T18:00+01:00'],
    ['Friday 18:01', BERLIN, '2026-11-06T18:01+01:00', '2026-11-09T18:01+01:00', '2026-11-10T08:00+01:00'],
    ['Friday 21:35', BERLIN, '2026-11-06T21:35+01:00', '2026-11-09T21:35+01:00', '2026-11-10T08:00+01:00'],
    ['Monday 03:00', BERLIN, '2026-11-02T03:00+01:00', '2026-11-03T03:00+01:00', '2026-11-03T08:00+01:00'],
    ['Thursday 21:00', BERLIN, '2026-11-05T21:00+01:00', '2026-11-06T21:00+01:00', '2026-11-09T08:00+01:00'],
    ['Saturday', BERLIN, '2026-11-07T11:00+01:00', '2026-11-10T00:00+01:00', '2026-11-10T08:00+01:00'],
    ['Sunday', BERLIN, '2026-11-08T23:59+01:00', '2026-11-10T00:00+01:00', '2026-11-10T08:00+01:00'],
    ['Monday 00:00', BERLIN, '2026-11-09T00:00+01:00', '2026-11-10T00:00+01:00', '2026-11-10T08:00+01:00'],
    ['over the end of summer time', BERLIN, '2026-10-23T17:00+02:00', '2026-10-26T17:00+01:00'],
    ['over the start of summer time', BERLIN, '2026-03-27T17:00+01:00', '2026-03-30T17:00+02:00'],
    ['over the end of summer time in New York', NEW_YORK, '2026-10-30T17:00-04:00', '2026-11-02T17:00-05:00'],
    ['over the start of summer time in New York', NEW_YORK, '2026-03-06T17:00-05:00', '2026-03-09T17:00-04:00'],
    [
      'on the very Sunday of the change',
      BERLIN,
      '2026-10-25T02:30+01:00',
      '2026-10-27T00:00+01:00',
      '2026-10-27T08:00+01:00',
    ],
    ['where midnight is skipped', 'America/Santiago', '2026-09-04T17:00-04:00', '2026-09-07T17:00-03:00'],
    ['where a Friday has 23 hours', 'Africa/Cairo', '2026-04-23T12:00+02:00', '2026-04-24T13:00+03:00'],
    [
      'it is Saturday in Auckland, though Friday in Berlin',
      'Pacific/Auckland',
      '2026-11-06T17:00+01:00',
      '2026-11-10T00:00+13:00',
      '2026-11-10T08:00+13:00',
    ],
  ])('%s', (_case, zone, askedAt, counted, due = counted) => {
    const site = aSite({ timeZone: zone })
    const asked = new Date(askedAt)
    expect(dueTime(asked, new Date(MUCH_LATER), site, AROUND_THE_CLOCK)).toEqual(new Date(counted))
    expect(dueTime(asked, new Date(MUCH_LATER), site, DEADLINES)).toEqual(new Date(due))
  })

  it.each([
    ['Wednesday 17:00', '2026-11-04T17:00+01:00', '2026-11-05T17:00+01:00'],
    ['Thursday 17:00, due Sunday 17:00', '2026-11-05T17:00+01:00', '2026-11-08T17:00+01:00'],
    ['Thursday 21:00, due Monday 08:00', '2026-11-05T21:00+01:00', '2026-11-09T08:00+01:00'],
    ['Friday', '2026-11-06T10:00+01:00', '2026-11-09T08:00+01:00'],
    ['over a Sunday of 25 hours', '2026-10-22T17:00+02:00', '2026-10-25T16:00+01:00'],
    ['over a Sunday of 23 hours', '2026-03-26T17:00+01:00', '2026-03-29T18:00+02:00'],
    ['on Saturday, before a Sunday of 25 hours', '2026-10-24T12:00+02:00', '2026-10-26T08:00+01:00'],
    ['on Saturday, before a Sunday of 23 hours', '2026-03-28T12:00+01:00', '2026-03-30T08:00+02:00'],
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

  it.each([
    ['an early shift', { from: 6 * 60, until: 14 * 60 }, '2026-11-02T17:00+01:00', '2026-11-04T06:00+01:00'],
    [
      'hours that begin in what the clock skips',
      { from: 150, until: 600 },
      '2026-03-27T21:00+01:00',
      '2026-03-29T03:00+02:00',
    ],
  ])('keeps to the hours that the site states: %s', (_case, workingHours, askedAt, due) => {
    const site = aSite({ workingHours, workingDays: [1, 2, 3, 4, 5, 6, 7] })
    const companys = { ...DEADLINES, workingHours, workingDays: [1, 2, 3, 4, 5, 6, 7] }
    const times = [site, inBerlin].map((place) => dueTime(new Date(askedAt), new Date(MUCH_LATER), place, companys))
    expect(times).toEqual([new Date(due), new Date(due)])
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
    const times = { ...AROUND_THE_CLOCK, answerWithin: 60, atLeast: 5, beforeDeparture: 30 }
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

describe('reminders come at half of the working time and an hour of it before the end', () => {
  it.each([
    [
      'of a day',
      '2026-11-02T09:00+01:00',
      '2026-11-03T09:00+01:00',
      ['2026-11-02T14:00+01:00', '2026-11-03T08:00+01:00'],
    ],
    [
      'over a weekend',
      '2026-11-06T17:00+01:00',
      '2026-11-09T17:00+01:00',
      ['2026-11-09T12:00+01:00', '2026-11-09T16:00+01:00'],
    ],
    [
      'asked on a weekend, due the first thing on Tuesday',
      '2026-11-07T11:00+01:00',
      '2026-11-10T08:00+01:00',
      ['2026-11-09T13:00+01:00', '2026-11-09T17:00+01:00'],
    ],
    [
      'asked on Friday evening, due on Monday half an hour after the start',
      '2026-11-06T17:00+01:00',
      '2026-11-09T08:30+01:00',
      ['2026-11-06T17:45+01:00'],
    ],
    [
      'asked at 21:35',
      '2026-11-02T21:35+01:00',
      '2026-11-04T08:00+01:00',
      ['2026-11-03T13:00+01:00', '2026-11-03T17:00+01:00'],
    ],
    [
      'asked before a weekend, due on it',
      '2026-11-06T17:00+01:00',
      '2026-11-07T07:00+01:00',
      ['2026-11-06T17:30+01:00'],
    ],
    [
      'asked at the end of Friday, due on Saturday: the hours of any day',
      '2026-11-06T18:00+01:00',
      '2026-11-07T12:00+01:00',
      ['2026-11-07T10:00+01:00', '2026-11-07T11:00+01:00'],
    ],
    [
      'asked on Saturday, due on it',
      '2026-11-07T10:00+01:00',
      '2026-11-07T14:00+01:00',
      ['2026-11-07T12:00+01:00', '2026-11-07T13:00+01:00'],
    ],
    [
      'asked on Saturday for Sunday: not in the night between',
      '2026-11-07T12:00+01:00',
      '2026-11-08T09:00+01:00',
      ['2026-11-07T15:30+01:00', '2026-11-08T08:00+01:00'],
    ],
    [
      'a night without any hours: once, an hour before the end',
      '2026-11-06T19:00+01:00',
      '2026-11-07T07:00+01:00',
      ['2026-11-07T06:00+01:00'],
    ],
    [
      'a quarter of an hour at night',
      '2026-11-02T22:00+01:00',
      '2026-11-02T22:15+01:00',
      ['2026-11-02T22:07:30+01:00'],
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
  ])('once where the clocks change and people work at night: %s', (_case, askedAt, dueAt, reminders) => {
    const atNight = aSite({ workingDays: [1, 2, 3, 4, 7], workingHours: { from: 0, until: 24 * 60 } })
    expect(remindersOf(new Date(askedAt), new Date(dueAt), atNight)).toEqual(reminders.map((at) => new Date(at)))
  })

  it.each([
    ['a day with 25 hours', '2026-10-25T07:00+01:00', ['2026-10-25T13:00+01:00', '2026-10-25T17:00+01:00']],
    ['a day with 23 hours', '2026-03-29T07:00+02:00', ['2026-03-29T13:00+02:00', '2026-03-29T17:00+02:00']],
  ])('hours are those of the clock on %s', (_case, askedAt, reminders) => {
    const asked = new Date(askedAt)
    expect(remindersOf(asked, minutesAfter(asked, 13 * 60), sunToThu)).toEqual(reminders.map((at) => new Date(at)))
  })

  it('those that were missed are passed over', () => {
    const askedAt = new Date('2026-11-02T09:00+01:00')
    const dueAt = new Date('2026-11-03T09:00+01:00')
    const nextAfter = (time: string) => reminderTime(askedAt, dueAt, new Date(time), inBerlin, DEADLINES)
    expect(nextAfter('2026-11-02T13:59+01:00')).toEqual(new Date('2026-11-02T14:00+01:00'))
    expect(nextAfter('2026-11-02T14:00+01:00')).toEqual(new Date('2026-11-03T08:00+01:00'))
    expect(nextAfter('2026-11-03T08:00+01:00')).toBeNull()
    expect(nextAfter('2026-11-05T08:00+01:00')).toBeNull()
  })
})

describe('once the last deadline has passed, people are asked again', () => {
  const departure = new Date('2026-11-09T10:00+01:00')
  it.each([
    ['the next morning', inBerlin, '2026-11-03T17:00+01:00', '2026-11-04T08:00+01:00'],
    [
      'the next morning, though this one is still to come',
      inBerlin,
      '2026-11-04T07:00+01:00',
      '2026-11-05T08:00+01:00',
    ],
    ['on Monday, after a Friday', inBerlin, '2026-11-06T08:00+01:00', '2026-11-09T08:00+01:00'],
    ['on Sunday, where people work then', sunToThu, '2026-11-05T08:00+01:00', '2026-11-08T08:00+01:00'],
    [
      'when the site begins',
      aSite({ workingHours: { from: 390, until: 900 } }),
      '2026-11-04T15:00+01:00',
      '2026-11-05T06:30+01:00',
    ],
  ])('%s', (_case, site, now, again) => {
    expect(nextAskingAgain(new Date(now), departure, site, DEADLINES)).toEqual(new Date(again))
  })

  it('until the departure', () => {
    expect(nextAskingAgain(new Date('2026-11-09T08:00+01:00'), departure, inBerlin, DEADLINES)).toBeNull()
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

  it('is due, and reminded of, in working hours, unless the departure leaves none', () => {
    const shown = (at: Date, timeZone: string) =>
      new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
    fc.assert(
      fc.property(sites, askedAt, (site, asked) => {
        const due = dueTime(asked, minutesAfter(asked, 90 * 24 * 60), site, DEADLINES)
        for (const at of [due, ...remindersOf(asked, due, site)]) {
          expect(shown(at, site.timeZone) >= '08:00' && shown(at, site.timeZone) <= '18:00').toBe(true)
        }
      }),
    )
  })
})
