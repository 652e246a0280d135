import { describe, expect, it } from 'vitest'
import { readWorkingHours, workingHoursWords } from '../../src/core/people/working-hours.ts'

describe('working hours are read', () => {
  it.each([
    ['08:00-18:00', 480, 1080],
    ['8-18', 480, 1080],
    ['6:30 – 14:45', 390, 885],
    [' 00:00-24:00 ', 0, 1440],
  ])('%s', (text, from, until) => {
    expect(readWorkingHours(text)).toEqual({ from, until })
  })

  it.each([
    '',
    'always',
    '8',
    '08:00',
    '18:00-08:00',
    '22:00-06:00',
    '08:00-08:00',
    '8:60-9',
    '8-24:01',
    '8-25',
    '8-12,13-18',
  ])('but not %j', (text) => expect(readWorkingHours(text)).toBeNull())
})

it('are said as they are typed', () => {
  expect(workingHoursWords({ from: 390, until: 1440 })).toBe('06:30-24:00')
})
