import { afterEach, describe, expect, it } from 'vitest'
import { checkTripLength, checkTripWindow } from '../../src/core/booking/check-trip-window.ts'
import { heldWindow } from '../../src/core/booking/trip-window.ts'
import { NOW } from '../support/builders.ts'
import { refusalOf } from '../support/refusal-of.ts'

const processZone = process.env.TZ
afterEach(() => {
  if (processZone === undefined) delete process.env.TZ
  else process.env.TZ = processZone
})

function window(startsAt: string, endsAt: string) {
  return { startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
}

describe('checkTripWindow', () => {
  const DAY = 86_400_000
  const start = new Date('2026-11-05T09:00:00+01:00')
  const lasting = (milliseconds: number) => ({ startsAt: start, endsAt: new Date(+start + milliseconds) })

  it.each([
    ['a day trip', window('2026-11-05T09:00+01:00', '2026-11-05T17:30+01:00'), null],
    ['one millisecond', lasting(1), null],
    ['no time at all', lasting(0), 'window_ends_before_start'],
    ['the return before the departure', lasting(-1), 'window_ends_before_start'],
    ['a departure in the past', window('2026-11-01T09:00+01:00', '2026-11-05T09:00+01:00'), 'window_starts_in_past'],
    ['a departure right now', { startsAt: NOW, endsAt: start }, 'window_starts_in_past'],
    ['a departure in a millisecond', { startsAt: new Date(+NOW + 1), endsAt: start }, null],
    ['a year: how long it may be is another question', lasting(365 * DAY), null],
    ['no departure', { startsAt: new Date(Number.NaN), endsAt: start }, 'window_ends_before_start'],
    ['no return', { startsAt: start, endsAt: new Date(Number.NaN) }, 'window_ends_before_start'],
  ])('%s', (_case, trip, code) => {
    expect(refusalOf(() => checkTripWindow(trip, NOW))?.code ?? null).toBe(code)
  })

  it('says what is wrong with the facts', () => {
    const trip = lasting(31 * DAY)
    expect(refusalOf(() => checkTripLength(trip, 'UTC'))?.facts).toEqual({ window: trip, days: 30 })
    const past = window('2026-11-01T09:00+01:00', '2026-11-05T09:00+01:00')
    expect(refusalOf(() => checkTripWindow(past, NOW))?.facts).toEqual({ window: past, now: NOW })
  })
})

describe('a trip is 30 days long at most, by the calendar of whoever asks for it', () => {
  describe.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland'])('on a machine in %s', (machine) => {
    it.each([
      ['over the end of summer time', '2026-10-10T09:00+02:00', '2026-11-09T09:00+01:00', 'Europe/Berlin'],
      ['over the start of summer time', '2026-03-10T09:00+01:00', '2026-04-09T09:00+02:00', 'Europe/Berlin'],
      ['over no change', '2026-11-05T09:00+01:00', '2026-12-05T09:00+01:00', 'Europe/Berlin'],
      ['on a clock that does not change', '2026-10-10T09:00Z', '2026-11-09T09:00Z', 'UTC'],
      ['to an hour that comes twice', '2026-09-25T02:30+02:00', '2026-10-25T02:30+01:00', 'Europe/Berlin'],
    ])('%s', (_case, startsAt, endsAt, zone) => {
      process.env.TZ = machine
      const longest = window(startsAt, endsAt)
      expect(refusalOf(() => checkTripLength(longest, zone))).toBeNull()
      const longer = { ...longest, endsAt: new Date(+longest.endsAt + 1) }
      expect(refusalOf(() => checkTripLength(longer, zone))?.code).toBe('window_too_long')
    })
  })
})

describe('heldWindow', () => {
  const trip = window('2026-11-05T09:00+01:00', '2026-11-05T17:30+01:00')

  it.each([
    [0, '2026-11-05T17:30+01:00'],
    [30, '2026-11-05T18:00+01:00'],
    [10_080, '2026-11-12T17:30+01:00'],
  ])('a car that needs %i minutes afterwards is held until %s', (minutes, endsAt) => {
    expect(heldWindow(trip, minutes)).toEqual({ startsAt: trip.startsAt, endsAt: new Date(endsAt) })
  })

  it('counts minutes that pass, also over the change of the clock', () => {
    const night = window('2026-10-24T20:00+02:00', '2026-10-25T02:30+02:00')
    expect(heldWindow(night, 60).endsAt).toEqual(new Date('2026-10-25T02:30+01:00'))
  })
})
