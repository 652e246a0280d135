import { type Figure, milliseconds, percentile } from './figure.ts'

/** The same for every platform, so that their figures can be compared. */
export const ROUNDS = 12
/** So many people do the same at once. */
export const AT_ONCE = 20
/** The first rounds find cold code and empty pools. */
export const WARM_UP = 2

/** Milliseconds. */
const GOAL = 100

/** What 20 people wait who do the same at once. */
export function answeredWithin(what: string, times: readonly number[]): Figure {
  const slow = percentile(times, 0.95)
  return {
    figure: `${what}, 20 at once`,
    goal: `p95 < ${GOAL} ms`,
    measured: `${milliseconds(slow)} (median ${milliseconds(percentile(times, 0.5))})`,
    met: slow < GOAL,
  }
}
