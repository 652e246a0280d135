import { describe, expect, it } from 'vitest'
import type { BookingErrorCode, Refusal } from '../../../src/core/booking-error.ts'
import type { Absence } from '../../../src/core/people/absence.ts'
import { awayField, awayLine, backWords, suggestedAbsence } from '../../../src/surfaces/view-models/away-words.ts'
import { aPerson, BEN, BERLIN, MARA, minutesAfter, NOW } from '../../support/builders.ts'

const absence = (from: number, until: number): Absence => ({
  personId: MARA.id,
  startsAt: minutesAfter(NOW, from),
  endsAt: minutesAfter(NOW, until),
  standIn: BEN,
})

describe('suggestedAbsence', () => {
  it.each([
    ['2026-11-02T09:00:00+01:00', '2026-11-09T09:00:00+01:00'],
    ['2026-11-04T15:20:00+01:00', '2026-11-09T09:00:00+01:00'],
    ['2026-11-08T23:59:00+01:00', '2026-11-09T09:00:00+01:00'],
    ['2026-10-23T12:00:00+02:00', '2026-10-26T09:00:00+01:00'],
  ])('from %s is until next Monday morning', (now, until) => {
    expect(suggestedAbsence(new Date(now), BERLIN)).toEqual({ startsAt: new Date(now), endsAt: new Date(until) })
  })
})

describe('what is said of an absence', () => {
  it.each([
    [-60, 60, 'You are away until Mon 2 Nov, 10:00. Ben Koch stands in for you.'],
    [0, 60, 'You are away until Mon 2 Nov, 10:00. Ben Koch stands in for you.'],
    [60, 1500, 'You will be away from Mon 2 Nov, 10:00 until Tue 3 Nov, 10:00. Ben Koch stands in for you.'],
  ])('from %d until %d minutes from now', (from, until, line) => {
    expect(awayLine(absence(from, until), MARA, NOW)).toBe(line)
  })

  it('is by the clock of its reader', () => {
    const far = aPerson({ timeZone: 'America/New_York' })
    expect(awayLine(absence(0, 60), far, NOW)).toContain('until Mon 2 Nov, 04:00 (New York time)')
  })

  it.each([
    [null, /^You were not away any more/],
    [absence(0, 60), /^Welcome back\./],
    [absence(1, 60), /^You are not going away\./],
  ])('once it is ended', (was, words) => {
    expect(backWords(was, NOW)).toMatch(words)
  })
})

it.each<[BookingErrorCode, string | null]>([
  ['absence_ends_before_start', 'until'],
  ['absence_in_past', 'until'],
  ['absence_too_long', 'until'],
  ['stand_in_is_self', 'stand_in'],
  ['stand_in_unknown', 'stand_in'],
  ['stand_in_circle', 'stand_in'],
  ['stand_in_away', 'stand_in'],
  ['person_inactive', null],
])('%s is shown at %s', (code, field) => {
  expect(awayField({ code } as Refusal)).toBe(field)
})
