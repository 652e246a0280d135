import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterFailure } from '../../src/jobs/retry-pause.ts'

const inTheMiddle = () => 0.5

describe('afterFailure', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [10, 512],
    [11, 900],
    [110, 900],
    [5000, 900],
  ])('after failure %i waits about %i s', (failures, seconds) => {
    expect(afterFailure(failures, inTheMiddle)).toBeCloseTo(seconds)
  })

  it('spreads by a fifth, so that not all come back at once', () => {
    const failures = fc.integer({ min: 1, max: 200 })
    fc.assert(
      fc.property(failures, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (count, random) => {
        const middle = afterFailure(count, inTheMiddle)
        expect(afterFailure(count, () => random)).toBeGreaterThanOrEqual(middle * 0.899)
        expect(afterFailure(count, () => random)).toBeLessThanOrEqual(middle * 1.101)
      }),
    )
    expect(afterFailure(8, () => 0)).toBeLessThan(afterFailure(8, () => 0.9))
  })
})
