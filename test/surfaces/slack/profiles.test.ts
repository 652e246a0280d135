import { expect, it } from 'vitest'
import { zoneOf } from '../../../src/surfaces/slack/profiles.ts'

it.each([
  ['Asia/Tokyo', 'Asia/Tokyo'],
  ['Mars/Olympus', null],
  ['', null],
])('a profile with the zone “%s” gives %s', (tz, expected) => {
  expect(zoneOf({ tz })).toBe(expected)
})

it('a profile without a zone gives none', () => {
  expect(zoneOf({})).toBeNull()
})
