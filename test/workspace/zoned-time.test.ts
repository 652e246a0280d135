import { expect, it } from 'vitest'
import { lengthWords, motorpoolTime } from '../../src/workspace/page/zoned-time.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

it.each([
  [20_000, 'less than a minute'],
  [15 * MINUTE, '15 min'],
  [59.6 * MINUTE, '1 h'],
  [75 * MINUTE, '1 h 15 min'],
  [DAY, '1 day'],
  [2 * DAY + 30 * MINUTE, '2 days 30 min'],
  [2 * DAY + 195 * MINUTE, '2 days 3 h'],
])('calls %i ms %s', (ms, words) => {
  expect(lengthWords(ms)).toBe(words)
})

it.each([
  ['2026-11-23T13:05:00Z', 'Europe/Berlin', 'Mon 23 Nov, 14:05'],
  ['2026-11-23T13:05:00Z', 'Europe/Lisbon', 'Mon 23 Nov, 13:05'],
  ['2026-12-31T23:30:00Z', 'Europe/Berlin', 'Fri 1 Jan 2027, 00:30'],
])('writes %s in %s as Motorpool does', (at, zone, words) => {
  expect(motorpoolTime(new Date(at), new Date('2026-11-23T09:00:00Z'), zone)).toBe(words)
})
