import { expect, it } from 'vitest'
import { nextNight } from '../../src/core/notification/report-misfits.ts'

it.each([
  ['before it', '2026-11-02T01:59:59Z', 'Europe/Berlin', '2026-11-02T02:00:00Z'],
  ['at it', '2026-11-02T02:00:00Z', 'Europe/Berlin', '2026-11-03T02:00:00Z'],
  ['in the evening', '2026-11-02T22:00:00Z', 'Europe/Berlin', '2026-11-03T02:00:00Z'],
  ['where it is tomorrow already', '2026-11-02T22:00:00Z', 'Pacific/Auckland', '2026-11-03T14:00:00Z'],
  ['in the night that is an hour short', '2027-03-27T23:30:00Z', 'Europe/Berlin', '2027-03-28T01:00:00Z'],
  ['in the night that is an hour long', '2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25T02:00:00Z'],
])('the next night is at three of the company’s clock: %s', (_case, now, zone, night) => {
  expect(nextNight(new Date(now), zone)).toEqual(new Date(night))
})
