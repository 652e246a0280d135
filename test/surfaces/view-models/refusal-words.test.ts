import { describe, expect, it } from 'vitest'
import type { BookingErrorCode, Refusal } from '../../../src/core/booking-error.ts'
import { refusalWords, refusedField } from '../../../src/surfaces/view-models/refusal-words.ts'
import { BERLIN, minutesAfter, NOW, STATUSES } from '../../support/builders.ts'

const ID = '0b9d4a52-8d0e-4a58-9a77-5d7b3f4f2c11'
const AT = minutesAfter(NOW, -60)
const window = { startsAt: NOW, endsAt: AT }
type ByCode = { [C in BookingErrorCode]: Extract<Refusal, { code: C }>['facts'] }

/** One of every code. */
const REFUSALS: ByCode = {
  window_ends_before_start: { window },
  window_starts_in_past: { window, now: NOW },
  window_too_long: { window, days: 30 },
  passengers_out_of_range: { passengers: Number.NaN },
  more_travellers_than_passengers: { travellers: 3, passengers: 2 },
  traveller_unknown: { personId: ID },
  traveller_twice: { name: 'Ben Koch' },
  text_missing: { field: 'destination' },
  text_too_long: { field: 'details', most: 3000, length: 3001 },
  vehicle_not_found: {},
  vehicle_too_small: { vehicleName: 'Zoe', seats: 4, passengers: 5 },
  vehicle_taken: { vehicleName: 'Zoe' },
  no_vehicle_free: {
    passengers: 5,
    siteName: 'Berlin',
    siteZone: BERLIN,
    siteSeats: 9,
    next: { startsAt: NOW, endsAt: minutesAfter(NOW, 90) },
    elsewhere: [],
  },
  driver_busy: { driverName: 'Ben Koch', isRequester: false, booking: null },
  requested_already: { number: 12, window, siteZone: BERLIN },
  no_approver: {},
  person_not_found: {},
  person_inactive: {},
  booking_not_found: {},
  not_your_booking: {},
  draft_not_found: {},
  draft_too_long: { most: 20_000, length: 20_001 },
  too_many_drafts: { most: 20 },
  not_asked: {},
  passed_on: { to: ['Tom Berg', 'Jo Meyer'] },
  own_request: {},
  requester_left: { name: 'Anna Schmidt' },
  decided_already: {},
  departed: { startsAt: AT },
  absence_ends_before_start: {},
  absence_in_past: { endsAt: AT },
  absence_too_long: { days: 366 },
  stand_in_is_self: {},
  stand_in_unknown: {},
  stand_in_circle: { name: 'Ben Koch', through: ['Mara Lindt', 'Jo Meyer'] },
  stand_in_away: { name: 'Ben Koch' },
  step_closed: { status: 'approved', bookingStatus: 'pending_hr', by: 'Mara Lindt', at: AT },
  not_possible_now: { bookingStatus: 'cancelled', by: 'Anna Schmidt', at: AT },
}
const CODES = Object.keys(REFUSALS) as BookingErrorCode[]
const refusal = (code: BookingErrorCode, facts: object = REFUSALS[code]) => ({ code, facts }) as Refusal
const words = (code: BookingErrorCode, facts?: object) => refusalWords(refusal(code, facts), BERLIN, NOW)

describe('refusalWords', () => {
  it.each(CODES)('%s: a sentence for people', (code) => {
    const said = words(code)
    expect(said).toMatch(/^[A-Z\d].*[.]$/)
    expect(said).not.toMatch(/undefined|null|NaN|Invalid|\[object|_/)
    expect(said).not.toContain(ID)
  })

  it('no two codes say the same', () => {
    expect(new Set(CODES.map((code) => words(code))).size).toBe(CODES.length)
  })

  it.each<[BookingErrorCode, object, string]>([
    ['window_too_long', REFUSALS.window_too_long, 'A trip can be 30 days long at most.'],
    ['window_starts_in_past', REFUSALS.window_starts_in_past, 'The departure is in the past: it is 09:00 now.'],
    [
      'vehicle_taken',
      REFUSALS.vehicle_taken,
      'Zoe has just been taken for that time. Please choose another car or time.',
    ],
    ['driver_busy', REFUSALS.driver_busy, 'Ben Koch is already driving then. Please choose another driver or time.'],
    [
      'driver_busy',
      { driverName: 'Anna Schmidt', isRequester: true, booking: { number: 12, window, siteZone: BERLIN } },
      'You are already driving then: booking #12, Mon 2 Nov, 09:00 – 08:00. Please choose another driver or time.',
    ],
    ['text_too_long', REFUSALS.text_too_long, '3001 characters are too many; 3000 fit.'],
    ['text_missing', { field: 'rejection_reason' }, 'Please give a reason.'],
    ['departed', REFUSALS.departed, 'Too late: the departure was at 08:00.'],
    ['absence_in_past', REFUSALS.absence_in_past, 'That was over at 08:00. Please choose a later end.'],
    [
      'stand_in_circle',
      { name: 'Ben Koch', through: [] },
      'Ben Koch is away then too, and you stand in for them. Please choose somebody else.',
    ],
    [
      'stand_in_circle',
      REFUSALS.stand_in_circle,
      'Ben Koch is away then too, and through Mara Lindt, then Jo Meyer it would come back to you. Please choose somebody else.',
    ],
    ['step_closed', REFUSALS.step_closed, 'Changed since you looked: Mara Lindt approved it, today 08:00.'],
    [
      'step_closed',
      { status: 'superseded', bookingStatus: 'cancelled', by: 'Anna Schmidt', at: AT },
      'Changed since you looked: Anna Schmidt cancelled it, today 08:00.',
    ],
    [
      'step_closed',
      { status: 'unanswered', bookingStatus: 'pending_hr', by: 'Mara Lindt', at: AT },
      'Changed since you looked: it is waiting for HR.',
    ],
    [
      'step_closed',
      { status: 'unanswered', bookingStatus: 'approved', by: null, at: AT },
      'Changed since you looked: it no longer waits for you.',
    ],
    [
      'step_closed',
      { status: 'superseded', bookingStatus: 'approved', by: 'Anna Schmidt', at: AT },
      'Changed since you looked: Anna Schmidt changed it, today 08:00.',
    ],
    [
      'step_closed',
      { status: 'superseded', bookingStatus: 'pending_manager', by: 'Anna Schmidt', at: AT },
      'Changed since you looked: Anna Schmidt changed it, today 08:00.',
    ],
    [
      'step_closed',
      { status: 'changes_requested', bookingStatus: 'changes_requested', by: 'Mara Lindt', at: AT },
      'Changed since you looked: Mara Lindt asked for a change, today 08:00.',
    ],
    ['text_missing', { field: 'change_note' }, 'Please say what should be changed.'],
    [
      'not_possible_now',
      { bookingStatus: 'cancelled', by: null, at: null },
      'Changed since you looked: it is cancelled.',
    ],
  ])('%s %j', (code, facts, expected) => {
    expect(words(code, facts)).toBe(expected)
  })

  it.each(STATUSES)('reads well when the booking is %s, whoever was the last', (bookingStatus) => {
    for (const by of ['Mara Lindt', null]) {
      const said = words('not_possible_now', { bookingStatus, by, at: AT })
      const done = ['approved', 'rejected', 'cancelled', 'changes_requested'].includes(bookingStatus)
      expect(said).toMatch(
        by && done
          ? /^Changed since you looked: Mara Lindt \w+ed (it|for a change), today 08:00\.$/
          : / it is [^_]+\.$/,
      )
    }
  })

  it.each<[BookingErrorCode, object, string]>([
    ['step_closed', REFUSALS.step_closed, 'You approved it, today 08:00.'],
    ['not_possible_now', REFUSALS.not_possible_now, 'You cancelled it, today 08:00.'],
    ['step_closed', { ...REFUSALS.step_closed, status: 'rejected', at: null }, 'You rejected it.'],
    ['not_possible_now', { ...REFUSALS.not_possible_now, bookingStatus: 'approved' }, 'You approved it, today 08:00.'],
    [
      'not_possible_now',
      { ...REFUSALS.not_possible_now, bookingStatus: 'expired' },
      'Changed since you looked: it is expired.',
    ],
  ])('%s %j, to whoever did it', (code, facts, expected) => {
    expect(refusalWords(refusal(code, facts), BERLIN, NOW, { isOwnDoing: true })).toBe(expected)
  })

  it('says the day of a departure that was not today', () => {
    const yesterday = minutesAfter(NOW, -24 * 60)
    expect(words('departed', { startsAt: yesterday })).toBe('Too late: the departure was on Sun 1 Nov, 09:00.')
  })

  it('tells times in the zone of whoever tried', () => {
    expect(refusalWords(refusal('departed'), 'Europe/Lisbon', NOW)).toContain('at 07:00')
    expect(refusalWords(refusal('step_closed'), 'Europe/Lisbon', NOW)).toContain('today 07:00')
  })
})

describe('refusedField', () => {
  it.each([
    [['Max', 'Max'], 'other_companions'],
    [['Max', ' Max '], 'other_companions'],
    [['Max'], 'companions'],
    [['Moritz', 'Moritz'], 'companions'],
  ])('Max is named twice, and typed are %j: at %s', (typed, field) => {
    expect(refusedField(refusal('traveller_twice', { name: 'Max' }), typed)).toBe(field)
  })

  it.each<[BookingErrorCode, object, string | null]>([
    ['window_ends_before_start', {}, 'return'],
    ['window_starts_in_past', {}, 'departure'],
    ['window_too_long', {}, 'return'],
    ['passengers_out_of_range', {}, 'passengers'],
    ['more_travellers_than_passengers', {}, 'passengers'],
    ['traveller_unknown', {}, 'companions'],
    ['traveller_twice', {}, 'companions'],
    ['vehicle_not_found', {}, 'car'],
    ['vehicle_too_small', {}, 'car'],
    ['vehicle_taken', {}, 'car'],
    ['no_vehicle_free', {}, 'car'],
    ['text_missing', { field: 'destination' }, 'destination'],
    ['text_too_long', { field: 'details' }, 'details'],
    ['text_too_long', { field: 'companion' }, 'other_companions'],
    ['text_too_long', { field: 'comment' }, 'comment'],
    ['text_missing', { field: 'rejection_reason' }, 'comment'],
    ['text_missing', { field: 'change_note' }, 'comment'],
    ['text_too_long', { field: 'cancel_reason' }, 'comment'],
    ['no_approver', {}, null],
    ['person_inactive', {}, null],
    ['step_closed', {}, null],
  ])('%s %j is shown at: %s', (code, facts, field) => {
    expect(refusedField(refusal(code, facts))).toBe(field)
  })
})
