import { describe, expect, it } from 'vitest'
import type { NoneFree } from '../../../src/core/booking/none-free.ts'
import { noneFreeWords } from '../../../src/surfaces/view-models/none-free-words.ts'
import { BERLIN, minutesAfter, NOW } from '../../support/builders.ts'

const car = (vehicleName: string, siteName = 'Lisbon') => ({ vehicleName, siteName })
const NONE: NoneFree = {
  passengers: 5,
  siteName: 'Berlin',
  siteZone: BERLIN,
  siteSeats: 9,
  next: { startsAt: minutesAfter(NOW, 120), endsAt: minutesAfter(NOW, 240) },
  elsewhere: [],
}

describe('noneFreeWords', () => {
  it.each<[string, Partial<NoneFree>, string]>([
    [
      'the next time',
      {},
      'No car with 5 or more seats is free in Berlin then. The next is free Mon 2 Nov, 11:00 – 13:00.',
    ],
    [
      'no next time',
      { next: null },
      'No car with 5 or more seats is free in Berlin then, nor for that long in the two weeks after.',
    ],
    [
      'one car elsewhere',
      { elsewhere: [car('Zoe')] },
      'No car with 5 or more seats is free in Berlin then. The next is free Mon 2 Nov, 11:00 – 13:00. Free elsewhere: Zoe (Lisbon). You can choose it by name.',
    ],
    [
      'several elsewhere',
      { next: null, elsewhere: [car('Zoe'), car('Kangoo', 'Porto'), car('Clio'), car('Golf'), car('Polo')] },
      'No car with 5 or more seats is free in Berlin then, nor for that long in the two weeks after. Free elsewhere: Zoe (Lisbon), Kangoo (Porto), Clio (Lisbon), and 2 more. You can choose one by name.',
    ],
    [
      'none so big',
      { siteSeats: 4, next: null, elsewhere: [car('Transit')] },
      'The biggest car in Berlin has 4 seats, too few for 5 people. Free elsewhere: Transit (Lisbon). You can choose it by name.',
    ],
    [
      'none so big anywhere',
      { siteSeats: 4, next: null },
      'The biggest car in Berlin has 4 seats, too few for 5 people.',
    ],
    [
      'a site without cars',
      { siteSeats: 0, next: null, elsewhere: [car('Zoe')] },
      'Berlin has no cars. Free elsewhere: Zoe (Lisbon). You can choose it by name.',
    ],
    [
      'no cars, and none elsewhere',
      { siteSeats: 0, next: null },
      'Berlin has no cars, and no other site has one free then.',
    ],
  ])('%s', (_what, changes, expected) => {
    expect(noneFreeWords({ ...NONE, ...changes }, BERLIN, NOW)).toBe(expected)
  })
})
