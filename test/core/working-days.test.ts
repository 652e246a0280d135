import { expect, it } from 'vitest'
import { readWorkingDays, workingDaysWords } from '../../src/core/people/working-days.ts'

it.each([
  ['mon,tue,wed,thu,fri', [1, 2, 3, 4, 5]],
  ['mon-fri', [1, 2, 3, 4, 5]],
  ['sun-thu', [1, 2, 3, 4, 7]],
  ['sat-sun', [6, 7]],
  ['Mon - Wed, SAT', [1, 2, 3, 6]],
  ['mon–thu', [1, 2, 3, 4]],
  ['fri,mon', [1, 5]],
  ['mon,mon-tue', [1, 2]],
  ['wed-wed', [3]],
  ['sun-sat', [1, 2, 3, 4, 5, 6, 7]],
])('%s', (text, days) => {
  expect(readWorkingDays(text)).toEqual(days)
})

it.each(['', ' ', ',', 'mon,', 'mon-', '-fri', 'mon-wed-fri', 'monday', '1-5', 'mon tue', 'mon;tue'])(
  '"%s" is no list of days',
  (text) => {
    expect(readWorkingDays(text)).toBeNull()
  },
)

it('days in words can be read again', () => {
  expect(workingDaysWords([1, 2, 7])).toBe('mon, tue, sun')
  expect(readWorkingDays(workingDaysWords([1, 2, 7]))).toEqual([1, 2, 7])
})
