import type { Site } from '../people/person.ts'
import type { WorkingHours } from '../people/working-hours.ts'
import { firstMoment, isoWeekday, plusDays, wallTimeAt } from '../time/wall-clock.ts'
import type { Deadlines } from './deadlines.ts'

/** Where working time is counted: at the requester's site. */
export type Place = Pick<Site, 'timeZone' | 'workingDays' | 'workingHours'>

/** Some time without a break, in milliseconds since 1970. */
interface Stretch {
  from: number
  to: number
}

/** Which part of a day counts. */
interface Clock {
  timeZone: string
  days: number[]
  hours: WorkingHours
}

const WHOLE_DAY: WorkingHours = { from: 0, until: 24 * 60 }
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

/** Counts working days as a whole, from midnight to midnight. */
export function workingDaysClock({ timeZone, workingDays }: Place, deadlines: Deadlines): Clock {
  return { timeZone, days: workingDays ?? deadlines.workingDays, hours: WHOLE_DAY }
}

/** Counts the working hours of working days. */
export function workingHoursClock(site: Place, deadlines: Deadlines): Clock {
  return { ...workingDaysClock(site, deadlines), hours: site.workingHours ?? deadlines.workingHours }
}

/** Counts the working hours of every day, also of a weekend. */
export function dailyHoursClock(site: Place, deadlines: Deadlines): Clock {
  return { ...workingHoursClock(site, deadlines), days: EVERY_DAY }
}

/** Returns this moment where the clock counts it, its last one included, else the next that it counts. */
export function nextCounted(at: Date, clock: Clock): Date {
  for (const { from } of stretchesFrom(+at, clock)) return new Date(from)
  throw new Error('A day that counts never comes')
}

/** Returns the start of the next day's hours on this clock, later than `at` and not on the same day. */
export function nextMorning(at: Date, clock: Clock): Date {
  const tomorrow = plusDays(wallTimeAt(at, clock.timeZone), 1)
  return nextCounted(firstMoment({ ...tomorrow, minutes: 0 }, clock.timeZone), clock)
}

/** Returns the moment at which so many milliseconds have been counted; between two days, the beginning of the later one. */
export function afterCounted(from: Date, milliseconds: number, clock: Clock): Date {
  let left = milliseconds
  for (const stretch of stretchesFrom(+from, clock)) {
    const length = stretch.to - stretch.from
    if (left < length) return new Date(stretch.from + left)
    left -= length
  }
  throw new Error('A day that counts never comes')
}

/** Returns the milliseconds that are counted between two moments. */
export function countedBetween(from: Date, to: Date, clock: Clock): number {
  let counted = 0
  for (const stretch of stretchesFrom(+from, clock)) {
    if (stretch.from >= +to) break
    counted += Math.min(stretch.to, +to) - stretch.from
  }
  return counted
}

/** Yields what is left of each day's hours from a moment on, for ever. A day is as long as the zone's clock makes it (23 or 25 h at a change). */
function* stretchesFrom(at: number, { timeZone, days, hours }: Clock): Generator<Stretch> {
  const counts = new Set(days)
  for (let { minutes: _, ...day } = wallTimeAt(new Date(at), timeZone); ; day = plusDays(day, 1)) {
    if (!counts.has(isoWeekday(day))) continue
    const from = Math.max(at, +firstMoment({ ...day, minutes: hours.from }, timeZone))
    const to = +firstMoment({ ...day, minutes: hours.until }, timeZone)
    // A last moment counts, with nothing left after it; hours that the clock skips do not.
    if (from < to || (from === to && from === at)) yield { from, to }
  }
}
