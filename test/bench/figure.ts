import type { BenchServer } from './bench-server.ts'

/** One line of the table. */
export interface Figure {
  figure: string
  goal: string
  measured: string
  /** Null: shown beside another figure, without a goal of its own. */
  met: boolean | null
}

/** Measures something and gives its lines. */
export interface Measurement {
  name: string
  measure(server: BenchServer): Promise<Figure[]>
}

/** The value that `share` (0 to 1) of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`
}
