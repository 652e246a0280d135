import type { TripWindow } from '../../../core/booking/trip-window.ts'
import { firstMoment, lastMoment, wallMoments, wallTimeAt } from '../../../core/time/wall-clock.ts'
import { clipped } from '../../view-models/clipped.ts'
import { skippedWords } from '../../view-models/skipped-words.ts'
import { clockText } from '../../view-models/typed-clock.ts'
import { dayText } from '../../view-models/typed-day.ts'
import { readTypedTime, type TypedTime } from '../../view-models/typed-time.ts'

const NEVER = new Date(Number.NaN)

/**
 * Returns what two days and times mean on the clock of `zone` (IANA); an invalid date where there is no such time. Of a time that
 * comes twice, as the clocks are put back, the window takes in both.
 */
export function windowOf(starts: TypedTime, ends: TypedTime, zone: string): TripWindow {
  return { startsAt: momentBy(firstMoment, starts, zone), endsAt: momentBy(lastMoment, ends, zone) }
}

/** Returns the same moment as inputs have it, by the clock of `zone` (IANA). */
export function typedMoment(at: Date, zone: string): TypedTime {
  const shown = wallTimeAt(at, zone)
  return { date: dayText(shown), time: clockText(shown.minutes) }
}

/** Returns what is wrong with a day and a time that mean nothing on the clock of `zone` (IANA). */
export function noTimeWords(typed: TypedTime, zone: string): string {
  const read = readTypedTime(typed)
  if (read === 'missing') return 'Please choose a day and a time.'
  if (read === 'no_day')
    return `“${clipped(typed.date, REPEATED)}” could not be read as a day. Write it as in “2026-11-30”.`
  if (read === 'no_time')
    return `“${clipped(typed.time, REPEATED)}” could not be read as a time. Write it as in “09:30”.`
  const { skippedUntil } = wallMoments(read, zone)
  return skippedUntil ? skippedWords(read.minutes, skippedUntil, zone) : 'Please choose a day and a time.'
}

/** Of what cannot be read, this much is repeated. */
const REPEATED = 30

function momentBy(read: typeof firstMoment, typed: TypedTime, zone: string): Date {
  const wall = readTypedTime(typed)
  return typeof wall === 'string' || wallMoments(wall, zone).skippedUntil ? NEVER : read(wall, zone)
}
