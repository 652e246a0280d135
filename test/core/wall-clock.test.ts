import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import {
  firstMoment,
  isoWeekday,
  lastMoment,
  plusDays,
  sameTimeDaysLater,
  startOfDayIn,
  type WallTime,
  wallMoments,
  wallTimeAt,
} from '../../src/core/time/wall-clock.ts'

const OWN = process.env.TZ
afterEach(() => {
  if (OWN === undefined) delete process.env.TZ
  else process.env.TZ = OWN
})

function wall(text: string): WallTime {
  const [, year, month, day, hours, minutes] = (/^(\d+)-(\d+)-(\d+) (\d+):(\d+)$/.exec(text) ?? []).map(Number)
  return { year: year ?? 0, month: month ?? 0, day: day ?? 0, minutes: (hours ?? 0) * 60 + (minutes ?? 0) }
}

const iso = (at: Date) => at.toISOString().replace(':00.000Z', 'Z')

/** Each first and last moment, or "skipped until …". */
const MOMENTS: [string, string, string][] = [
  ['Europe/Berlin', '2026-11-02 09:00', '2026-11-02T08:00Z'],
  ['Europe/Berlin', '2026-11-02 24:00', '2026-11-02T23:00Z'],
  ['Europe/Berlin', '2027-03-28 01:59', '2027-03-28T00:59Z'],
  ['Europe/Berlin', '2027-03-28 02:00', 'skipped until 2027-03-28T01:00Z'],
  ['Europe/Berlin', '2027-03-28 02:30', 'skipped until 2027-03-28T01:00Z'],
  ['Europe/Berlin', '2027-03-28 03:00', '2027-03-28T01:00Z'],
  ['Europe/Berlin', '2026-10-25 02:00', '2026-10-25T00:00Z and 2026-10-25T01:00Z'],
  ['Europe/Berlin', '2026-10-25 02:59', '2026-10-25T00:59Z and 2026-10-25T01:59Z'],
  ['Europe/Berlin', '2026-10-25 03:00', '2026-10-25T02:00Z'],
  // By half an hour.
  ['Australia/Lord_Howe', '2026-10-04 02:15', 'skipped until 2026-10-03T15:30Z'],
  ['Australia/Lord_Howe', '2026-10-04 02:30', '2026-10-03T15:30Z'],
  ['Australia/Lord_Howe', '2027-04-04 01:45', '2027-04-03T14:45Z and 2027-04-03T15:15Z'],
  ['Australia/Lord_Howe', '2027-04-04 01:15', '2027-04-03T14:15Z'],
  // By two hours.
  ['Antarctica/Troll', '2027-03-28 01:30', 'skipped until 2027-03-28T01:00Z'],
  ['Antarctica/Troll', '2027-03-28 02:59', 'skipped until 2027-03-28T01:00Z'],
  ['Antarctica/Troll', '2026-10-25 01:30', '2026-10-24T23:30Z and 2026-10-25T01:30Z'],
  ['Antarctica/Troll', '2026-10-25 02:30', '2026-10-25T00:30Z and 2026-10-25T02:30Z'],
  // At midnight.
  ['America/Havana', '2027-03-14 00:30', 'skipped until 2027-03-14T05:00Z'],
  ['America/Havana', '2026-11-01 00:30', '2026-11-01T04:30Z and 2026-11-01T05:30Z'],
  ['Asia/Beirut', '2027-03-28 00:00', 'skipped until 2027-03-27T22:00Z'],
  ['Asia/Beirut', '2026-10-24 23:30', '2026-10-24T20:30Z and 2026-10-24T21:30Z'],
  ['Asia/Beirut', '2026-10-25 00:00', '2026-10-24T22:00Z'],
  // A day that never was.
  ['Pacific/Apia', '2011-12-30 12:00', 'skipped until 2011-12-30T10:00Z'],
  ['Pacific/Apia', '2011-12-31 00:00', '2011-12-30T10:00Z'],
  ['Pacific/Kiritimati', '2026-11-02 00:00', '2026-11-01T10:00Z'],
  ['Etc/GMT+12', '2026-11-02 00:00', '2026-11-02T12:00Z'],
  ['Asia/Kathmandu', '2026-11-02 09:00', '2026-11-02T03:15Z'],
  ['UTC', '2026-11-02 09:00', '2026-11-02T09:00Z'],
]

describe.each(['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana'])(
  'in a process of %s',
  (processZone) => {
    it.each(MOMENTS)('%s shows %s at %s', (zone, shown, expected) => {
      process.env.TZ = processZone
      const found = wallMoments(wall(shown), zone)
      const words =
        found.skippedUntil !== null
          ? `skipped until ${iso(found.skippedUntil)}`
          : [...new Set([iso(found.first), iso(found.last)])].join(' and ')
      expect(words).toBe(expected)
    })

    it('every moment is found by what the clock shows then', () => {
      process.env.TZ = processZone
      const zones = [
        'Europe/Berlin',
        'Australia/Lord_Howe',
        'Antarctica/Troll',
        'America/Havana',
        'Asia/Beirut',
        'Africa/Cairo',
      ]
      const minutes = fc.integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2034, 0) / 60_000 })
      fc.assert(
        fc.property(fc.constantFrom(...zones), minutes, fc.integer({ min: 0, max: 2000 }), (zone, minute, length) => {
          const at = new Date(minute * 60_000)
          const shown = wallTimeAt(at, zone)
          const moments = wallMoments(shown, zone)
          expect(moments.skippedUntil).toBeNull()
          if (moments.skippedUntil !== null) return
          expect([+moments.first, +moments.last]).toContain(+at)
          // A window that is read back never ends before it begins.
          const end = wallTimeAt(new Date(+at + length * 60_000), zone)
          expect(+lastMoment(end, zone)).toBeGreaterThanOrEqual(+firstMoment(shown, zone))
        }),
        { numRuns: 500 },
      )
    })
  },
)

it.each([
  ['Europe/Berlin', '2026-11-02', '2026-11-01T23:00Z'],
  ['America/Havana', '2027-03-14', '2027-03-14T05:00Z'],
  ['America/Havana', '2026-11-01', '2026-11-01T04:00Z'],
  ['Asia/Beirut', '2027-03-28', '2027-03-27T22:00Z'],
  ['Asia/Beirut', '2026-10-25', '2026-10-24T22:00Z'],
])('in %s, %s begins at %s', (zone, day, at) => {
  expect(iso(startOfDayIn(wall(`${day} 00:00`), zone))).toBe(at)
})

it.each([
  ['2026-10-10T07:00Z', 30, 'Europe/Berlin', '2026-11-09T08:00Z'],
  ['2026-10-24T00:30Z', 1, 'Europe/Berlin', '2026-10-25T01:30Z'],
  ['2027-03-27T01:30Z', 1, 'Europe/Berlin', '2027-03-28T01:00Z'],
  ['2026-10-10T07:00Z', 30, 'UTC', '2026-11-09T07:00Z'],
])('%s and %i days later by the calendar of %s is %s', (at, days, zone, later) => {
  expect(iso(sameTimeDaysLater(new Date(at), days, zone))).toBe(later)
})

it('counts days and names weekdays over the ends of months and years', () => {
  expect(plusDays({ year: 2026, month: 12, day: 31 }, 1)).toEqual({ year: 2027, month: 1, day: 1 })
  expect(plusDays({ year: 2028, month: 3, day: 1 }, -1)).toEqual({ year: 2028, month: 2, day: 29 })
  expect(isoWeekday({ year: 2026, month: 11, day: 1 })).toBe(7)
  expect(isoWeekday({ year: 2026, month: 11, day: 2 })).toBe(1)
})
