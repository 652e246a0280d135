const LONGEST_PAUSE = 15 * 60

/** Seconds to wait after the nth failure in a row: 1, 2, 4 … 15 min, spread by a fifth so that not all come back at once. */
export function afterFailure(failures: number, random: () => number = Math.random): number {
  const pause = Math.min(2 ** (failures - 1), LONGEST_PAUSE)
  return pause * (0.9 + 0.2 * random())
}
