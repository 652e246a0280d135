import { describe, expect, it } from 'vitest'
import type { NoneFree } from '../../../src/core/booking/none-free.ts'
import { freeCarsNote, windowProblem } from '../../../src/surfaces/view-models/form-note.ts'
import { aBooking, BERLIN, minutesAfter, NOW } from '../../support/builders.ts'

const HOUR = 60
const between = (from: number, to: number) => ({ startsAt: minutesAfter(NOW, from), endsAt: minutesAfter(NOW, to) })

describe('windowProblem', () => {
  it.each([
    ['one that can be driven in', between(HOUR, 2 * HOUR), null],
    ['30 days', between(HOUR, HOUR + 30 * 24 * HOUR), null],
    ['61 days', between(HOUR, HOUR + 61 * 24 * HOUR), 'A trip can be 30 days long at most.'],
    ['one in the past', between(-HOUR, HOUR), 'The departure is in the past: it is 09:00 now.'],
    ['the return first', between(2 * HOUR, HOUR), 'The return has to be after the departure.'],
    ['no time in between', between(HOUR, HOUR), 'The return has to be after the departure.'],
  ])('%s', (_case, window, expected) => {
    expect(windowProblem(window, BERLIN, NOW)).toBe(expected)
  })
})

const NONE_FREE = {
  passengers: 2,
  siteName: 'Berlin',
  siteZone: BERLIN,
  siteSeats: 9,
  next: null,
  elsewhere: [],
} as const satisfies NoneFree

describe('freeCarsNote', () => {
  const { window } = aBooking()
  const free = { window, ownCars: 3, none: null, lost: null } as const
  const nothing = { ...free, ownCars: 0, none: NONE_FREE } as const
  const clock = { zone: 'Europe/Lisbon', siteZone: BERLIN, now: NOW }

  it.each([
    ['some', free, '3 cars are free: Thu 5 Nov, 08:00 – 16:30 (Lisbon time).'],
    ['one', { ...free, ownCars: 1 }, '1 car is free: Thu 5 Nov, 08:00 – 16:30 (Lisbon time).'],
    ['none', nothing, 'No car with 2 or more seats is free in Berlin then, nor for that long in the two weeks after.'],
    [
      'none so big',
      { ...nothing, none: { ...NONE_FREE, passengers: 12 } },
      'The biggest car in Berlin has 9 seats, too few for 12 people.',
    ],
    [
      'the chosen one lost',
      { ...free, ownCars: 1, lost: 'not_free' },
      'The car you chose is not free then, or too small. 1 car is free: Thu 5 Nov, 08:00 – 16:30 (Lisbon time).',
    ],
    [
      'the chosen one lost, and all others',
      { ...nothing, lost: 'not_free' },
      'The car you chose is not free then, or too small. No car with 2 or more seats is free in Berlin then, nor for that long in the two weeks after.',
    ],
    [
      'the chosen one taken by somebody else',
      { ...free, lost: 'taken' },
      '“Any suitable car” is chosen now. 3 cars are free: Thu 5 Nov, 08:00 – 16:30 (Lisbon time).',
    ],
  ] as const)('%s', (_case, cars, expected) => {
    expect(freeCarsNote(cars, clock)).toBe(expected)
  })
})
