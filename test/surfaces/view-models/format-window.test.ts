import { afterEach, describe, expect, test } from 'vitest'
import {
  formatDateTime,
  formatHour,
  formatLength,
  formatMoment,
  formatWindow,
} from '../../../src/surfaces/view-models/format-window.ts'

const BERLIN = 'Europe/Berlin'
const NOW = new Date('2025-10-30T12:00:00Z')

function window(startsAt: string, endsAt: string) {
  return { startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
}

const processZone = process.env.TZ
afterEach(() => {
  if (processZone === undefined) delete process.env.TZ
  else process.env.TZ = processZone
})

describe('formatWindow', () => {
  test.each([
    ['one day', '2025-11-03T08:00Z', '2025-11-03T16:30Z', 'Mon 3 Nov, 09:00 – 17:30'],
    ['several days', '2025-11-03T08:00Z', '2025-11-05T16:30Z', 'Mon 3 Nov, 09:00 – Wed 5 Nov, 17:30'],
    ['until midnight', '2025-11-03T20:00Z', '2025-11-03T23:00Z', 'Mon 3 Nov, 21:00 – Tue 4 Nov, 00:00'],
    ['another day in UTC only', '2025-11-03T22:30Z', '2025-11-04T00:30Z', 'Mon 3 Nov, 23:30 – Tue 4 Nov, 01:30'],
    ['over New Year', '2025-12-31T08:00Z', '2026-01-02T08:00Z', 'Wed 31 Dec, 09:00 – Fri 2 Jan 2026, 09:00'],
    ['next year', '2026-01-05T08:00Z', '2026-01-05T16:00Z', 'Mon 5 Jan 2026, 09:00 – 17:00'],
    ['the night the clock falls back', '2025-10-25T22:00Z', '2025-10-26T02:00Z', 'Sun 26 Oct, 00:00 – 03:00'],
    ['the night it springs forward', '2025-03-30T00:30Z', '2025-03-30T01:30Z', 'Sun 30 Mar, 01:30 – 03:30'],
    [
      'into the hour that comes twice',
      '2025-10-25T23:30Z',
      '2025-10-26T01:30Z',
      'Sun 26 Oct, 01:30 – 02:30 (the second)',
    ],
    ['within it', '2025-10-26T00:30Z', '2025-10-26T01:30Z', 'Sun 26 Oct, 02:30 (the first) – 02:30 (the second)'],
    ['its edges', '2025-10-26T00:00Z', '2025-10-26T02:00Z', 'Sun 26 Oct, 02:00 (the first) – 03:00'],
    ['its last minutes', '2025-10-25T23:59Z', '2025-10-26T01:59Z', 'Sun 26 Oct, 01:59 – 02:59 (the second)'],
  ])('%s', (_case, startsAt, endsAt, expected) => {
    expect(formatWindow(window(startsAt, endsAt), BERLIN, BERLIN, NOW)).toBe(expected)
  })

  test.each([
    ['Europe/Lisbon', 'Mon 3 Nov, 08:00 – 16:30 (Lisbon time)'],
    ['America/New_York', 'Mon 3 Nov, 03:00 – 11:30 (New York time)'],
    ['America/Argentina/Buenos_Aires', 'Mon 3 Nov, 05:00 – 13:30 (Buenos Aires time)'],
    ['Asia/Kolkata', 'Mon 3 Nov, 13:30 – 22:00 (Kolkata time)'],
    ['Pacific/Auckland', 'Mon 3 Nov, 21:00 – Tue 4 Nov, 05:30 (Auckland time)'],
    ['UTC', 'Mon 3 Nov, 08:00 – 16:30 (UTC)'],
    ['Etc/UTC', 'Mon 3 Nov, 08:00 – 16:30 (UTC)'],
    ['Etc/GMT+8', 'Mon 3 Nov, 00:00 – 08:30 (UTC-8)'],
    ['Etc/GMT-14', 'Mon 3 Nov, 22:00 – Tue 4 Nov, 06:30 (UTC+14)'],
    ['Etc/GMT', 'Mon 3 Nov, 08:00 – 16:30 (UTC)'],
    ['GMT', 'Mon 3 Nov, 08:00 – 16:30 (UTC)'],
    ['EST', 'Mon 3 Nov, 03:00 – 11:30 (UTC-5)'],
    ['PST8PDT', 'Mon 3 Nov, 00:00 – 08:30 (UTC-8)'],
    ['Europe/Madrid', 'Mon 3 Nov, 09:00 – 17:30'],
  ])('for a reader in %s', (zone, expected) => {
    expect(formatWindow(window('2025-11-03T08:00Z', '2025-11-03T16:30Z'), zone, BERLIN, NOW)).toBe(expected)
  })

  test('says the zone when the clocks part during the trip', () => {
    const overTheChange = window('2025-10-25T12:00Z', '2025-10-26T12:00Z')
    expect(formatWindow(overTheChange, 'Africa/Johannesburg', BERLIN, NOW)).toContain('(Johannesburg time)')
    const before = window('2025-10-24T12:00Z', '2025-10-24T14:00Z')
    expect(formatWindow(before, 'Africa/Johannesburg', BERLIN, NOW)).toBe('Fri 24 Oct, 14:00 – 16:00')
  })

  test('half an hour comes twice where clocks go back by half an hour', () => {
    const trip = window('2025-04-05T14:45Z', '2025-04-05T15:15Z')
    const said = formatWindow(trip, 'Australia/Lord_Howe', 'Australia/Lord_Howe', NOW)
    expect(said).toBe('Sun 6 Apr, 01:45 (the first) – 01:45 (the second)')
  })

  test('whose year it is depends on the reader, not on UTC', () => {
    const newYearsEve = new Date('2025-12-31T23:30Z')
    const trip = window('2026-01-05T08:00Z', '2026-01-05T09:00Z')
    expect(formatWindow(trip, BERLIN, BERLIN, newYearsEve)).toBe('Mon 5 Jan, 09:00 – 10:00')
    expect(formatWindow(trip, 'UTC', 'UTC', newYearsEve)).toBe('Mon 5 Jan 2026, 08:00 – 09:00')
  })

  test.each(['Pacific/Kiritimati', 'America/Los_Angeles', 'UTC'])('is the same on a machine in %s', (machine) => {
    process.env.TZ = machine
    expect(new Date(2025, 0, 1).getTimezoneOffset()).toBe({ 'Pacific/Kiritimati': -840, UTC: 0 }[machine] ?? 480)
    const trip = window('2025-11-03T08:00Z', '2025-11-03T16:30Z')
    expect(formatWindow(trip, BERLIN, BERLIN, NOW)).toBe('Mon 3 Nov, 09:00 – 17:30')
    expect(formatMoment(trip.startsAt, BERLIN, NOW)).toBe('Mon 3 Nov, 09:00')
    expect(formatMoment(new Date('2025-10-30T22:59Z'), BERLIN, NOW)).toBe('today 23:59')
  })
})

describe('formatLength', () => {
  test.each([
    ['2025-11-03T08:00Z', '2025-11-03T16:30Z', '8 h 30 min'],
    ['2025-11-03T08:00Z', '2025-11-03T08:45Z', '45 min'],
    ['2025-11-03T08:00Z', '2025-11-03T10:00Z', '2 h'],
    ['2025-11-03T08:00Z', '2025-11-04T08:00Z', '24 h'],
    ['2025-11-03T08:00Z', '2025-11-05T11:00Z', '2 days 3 h'],
    ['2025-11-03T08:00Z', '2025-11-04T08:15Z', '24 h 15 min'],
    ['2025-11-03T08:00Z', '2025-11-05T07:59Z', '47 h 59 min'],
    ['2025-11-03T08:00Z', '2025-11-05T08:00Z', '2 days'],
    // 00:00 to 03:00 on the clock, and four hours on the road.
    ['2025-10-25T22:00Z', '2025-10-26T02:00Z', '4 h'],
    ['2025-11-03T08:00Z', '2025-11-03T08:00Z', '0 min'],
  ])('%s to %s', (startsAt, endsAt, expected) => {
    expect(formatLength(window(startsAt, endsAt))).toBe(expected)
  })
})

describe('a trip from noon to noon is as long as it takes', () => {
  test.each([
    ['any night', '2025-10-18T10:00Z', '2025-10-19T10:00Z', 'Sat 18 Oct, 12:00 – Sun 19 Oct, 12:00', '24 h'],
    ['clocks go forward', '2025-03-29T11:00Z', '2025-03-30T10:00Z', 'Sat 29 Mar, 12:00 – Sun 30 Mar, 12:00', '23 h'],
    ['clocks go back', '2025-10-25T10:00Z', '2025-10-26T11:00Z', 'Sat 25 Oct, 12:00 – Sun 26 Oct, 12:00', '25 h'],
    [
      'two nights, clocks go forward',
      '2025-03-29T11:00Z',
      '2025-03-31T10:00Z',
      'Sat 29 Mar, 12:00 – Mon 31 Mar, 12:00',
      '47 h',
    ],
    [
      'two nights, clocks go back',
      '2025-10-25T10:00Z',
      '2025-10-27T11:00Z',
      'Sat 25 Oct, 12:00 – Mon 27 Oct, 12:00',
      '2 days 1 h',
    ],
  ])('%s', (_case, startsAt, endsAt, shown, length) => {
    const trip = window(startsAt, endsAt)
    expect(formatWindow(trip, BERLIN, BERLIN, NOW)).toBe(shown)
    expect(formatLength(trip)).toBe(length)
  })
})

describe('formatMoment', () => {
  test.each([
    ['2025-10-30T17:00Z', 'today 18:00'],
    ['2025-10-30T22:59Z', 'today 23:59'],
    ['2025-10-30T23:00Z', 'tomorrow 00:00'],
    ['2025-10-31T08:00Z', 'tomorrow 09:00'],
    ['2025-11-01T08:00Z', 'Sat 1 Nov, 09:00'],
    ['2025-10-29T09:12Z', 'Wed 29 Oct, 10:12'],
    ['2024-10-30T12:00Z', 'Wed 30 Oct 2024, 13:00'],
  ])('%s', (at, expected) => {
    expect(formatMoment(new Date(at), BERLIN, NOW)).toBe(expected)
  })

  test('tomorrow begins at midnight also on the short day', () => {
    const evening = new Date('2025-03-29T22:30Z')
    expect(formatMoment(new Date('2025-03-30T21:30Z'), BERLIN, evening)).toBe('tomorrow 23:30')
    expect(formatMoment(new Date('2025-03-30T22:30Z'), BERLIN, evening)).toBe('Mon 31 Mar, 00:30')
  })
})

test('every moment says which of two it is', () => {
  const second = new Date('2025-10-26T01:30Z')
  expect(formatDateTime(second, BERLIN, BERLIN, NOW)).toBe('Sun 26 Oct, 02:30 (the second)')
  expect(formatMoment(second, BERLIN, second)).toBe('today 02:30 (the second)')
  expect(formatHour(second, BERLIN)).toBe('02:30 (the second)')
})

test('formatDateTime says nothing relative to today', () => {
  expect(formatDateTime(new Date('2025-10-30T17:00Z'), BERLIN, BERLIN, NOW)).toBe('Thu 30 Oct, 18:00')
  expect(formatDateTime(new Date('2025-10-30T17:00Z'), 'Europe/Lisbon', BERLIN, NOW)).toBe(
    'Thu 30 Oct, 17:00 (Lisbon time)',
  )
})
