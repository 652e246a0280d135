import { wallTimeAt } from '../../core/time/wall-clock.ts'
import { clockText } from './typed-clock.ts'

/** Returns why a time does not exist: `until` is the moment at which the clock of `zone` (IANA) goes on. */
export function skippedWords(minutes: number, until: Date, zone: string): string {
  const goesOn = clockText(wallTimeAt(until, zone).minutes)
  return `There is no ${clockText(minutes)} on that day: the clocks go forward over it, to ${goesOn}. Please choose another time.`
}
