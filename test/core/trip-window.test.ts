import { afterEach, describe, expect, it } from 'vitest'
import { checkTripWindow, heldWindow } from '../../src/core/booking/trip-window.ts'
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
    ['30 days', lasting(30 * DAY), null],
    ['30 days and a millisecond', lasting(30 * DAY + 1), 'window_too_long'],
    ['no departure', { startsAt: new Date(Number.NaN), endsAt: start }, 'window_ends_before_start'],
    ['no return', { startsAt: start, endsAt: new Date(Number.NaN) }, 'window_ends_before_start'],
  ])('%s', (_case, trip, code) => {
    expect(refusalOf(() => checkTripWindow(trip, NOW))?.code ?? null).toBe(code)
  })

  it('says what is wrong with the facts', () => {
    const trip = lasting(31 * DAY)
    expect(refusalOf(() => checkTripWindow(trip, NOW))?.facts).toEqual({ window: trip, days: 30 })
    const past = window('2026-11-01T09:00+01:00', '2026-11-05T09:00+01:00')
    expect(refusalOf(() => checkTripWindow(past, NOW))?.facts).toEqual({ window: past, now: NOW })
  })

  /** Days of 24 hours: 30 of them end an hour earlier or later on a clock that was changed meanwhile. */
  describe.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland'])('on a machine in %s', (machine) => {
    it.each([
      ['over the end of summer time', '2026-10-10T09:00+02:00', '2026-11-09T08:00+01:00'],
      ['over the start of summer time', '2026-03-10T09:00+01:00', '2026-04-09T10:00+02:00'],
    ])('30 days %s', (_case, startsAt, endsAt) => {
      process.env.TZ = machine
      const longest = window(startsAt, endsAt)
      const past = new Date('2026-01-01T00:00Z')
      expect(refusalOf(() => checkTripWindow(longest, past))).toBeNull()
      const longer = { ...longest, endsAt: new Date(+longest.endsAt + 1) }
      expect(refusalOf(() => checkTripWindow(longer, past))?.code).toBe('window_too_long')
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
