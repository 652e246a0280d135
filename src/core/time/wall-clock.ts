import { zoneOffset } from './zone-offset.ts'

/** A day of the calendar. `month`: January is 1. */
export interface CalendarDay {
  year: number
  month: number
  day: number
}

/** A day, and what a clock shows on it: minutes since 00:00. 24:00 is 00:00 of the next day. */
export interface WallTime extends CalendarDay {
  minutes: number
}

/**
 * The moments at which a clock shows a time: `first` and `last` are the same but where the clock is put back over it. Where it is put
 * forward over it the clock never shows it, and goes on at `skippedUntil`.
 */
export type WallMoments = { first: Date; last: Date; skippedUntil: null } | { skippedUntil: Date }

const DAY = 24 * 60 * 60_000

/**
 * Returns the moments at which the clock of `zone` (IANA) shows this. Every change from wall clock to moment goes through here: the
 * offsets a day before and a day after are tried, and what they lead to is read back, so that the zone of the process plays no part
 * and a change may be of any length and at any hour.
 */
export function wallMoments(wall: WallTime, zone: string): WallMoments {
  return momentsShowing(Date.UTC(wall.year, wall.month - 1, wall.day, 0, wall.minutes), zone)
}

/** Returns the first moment at which the clock shows this; where it is put forward over it, the one at which it goes on. */
export function firstMoment(wall: WallTime, zone: string): Date {
  const moments = wallMoments(wall, zone)
  return moments.skippedUntil ?? moments.first
}

/**
 * Returns the last moment at which the clock shows this; where it is put forward over it, the one at which it goes on. An end is
 * read so and a start by {@link firstMoment}: of a time that comes twice a window takes in both, and a later time is never before
 * an earlier one.
 */
export function lastMoment(wall: WallTime, zone: string): Date {
  const moments = wallMoments(wall, zone)
  return moments.skippedUntil ?? moments.last
}

/** Returns the moment at which a day begins, which is not 00:00 where the clock is put forward over that. */
export function startOfDayIn(day: CalendarDay, zone: string): Date {
  return firstMoment({ ...day, minutes: 0 }, zone)
}

/** Returns what the clock of `zone` (IANA) shows at this moment, without its seconds. */
export function wallTimeAt(at: Date, zone: string): WallTime {
  const shown = new Date(shownAt(+at, zone))
  return { ...dayOf(shown), minutes: shown.getUTCHours() * 60 + shown.getUTCMinutes() }
}

/** Returns the day so many days later, or earlier where `days` is negative. */
export function plusDays({ year, month, day }: CalendarDay, days: number): CalendarDay {
  return dayOf(new Date(Date.UTC(year, month - 1, day + days)))
}

/** Returns the weekday as ISO has it: Monday is 1, Sunday 7. */
export function isoWeekday({ year, month, day }: CalendarDay): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7
}

/** True if the calendar has this day: 30 February is none. */
export function isDay({ year, month, day }: CalendarDay): boolean {
  const found = dayOf(new Date(Date.UTC(year, month - 1, day)))
  return found.year === year && found.month === month && found.day === day
}

/** Returns the last moment at which the clock shows what it shows at `at`, so many days later by the calendar. */
export function sameTimeDaysLater(at: Date, days: number, zone: string): Date {
  const moments = momentsShowing(shownAt(+at, zone) + days * DAY, zone)
  return moments.skippedUntil ?? moments.last
}

/** `shown`: what a clock shows, as the moment at which one in UTC shows it. */
function momentsShowing(shown: number, zone: string): WallMoments {
  const before = shown - zoneOffset(shown - DAY, zone)
  const after = shown - zoneOffset(shown + DAY, zone)
  const found = [Math.min(before, after), Math.max(before, after)].filter((moment) => shownAt(moment, zone) === shown)
  const [first, last = first] = found
  if (first !== undefined && last !== undefined) {
    return { first: new Date(first), last: new Date(last), skippedUntil: null }
  }
  return { skippedUntil: new Date(firstBeyond(shown, Math.min(before, after), Math.max(before, after), zone)) }
}

/** The first moment at which the clock shows more than `shown`, between one at which it does not and one at which it does. */
function firstBeyond(shown: number, early: number, late: number, zone: string): number {
  let [below, beyond] = [early - DAY / 2, late + DAY / 2]
  while (beyond - below > 1) {
    const middle = Math.floor((below + beyond) / 2)
    if (shownAt(middle, zone) > shown) beyond = middle
    else below = middle
  }
  return beyond
}

function shownAt(moment: number, zone: string): number {
  return moment + zoneOffset(moment, zone)
}

function dayOf(utc: Date): CalendarDay {
  return { year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, day: utc.getUTCDate() }
}
