import type { TripWindow } from '../../core/booking/trip-window.ts'
import {
  type CalendarDay,
  isoWeekday,
  plusDays,
  startOfDayIn,
  wallMoments,
  wallTimeAt,
} from '../../core/time/wall-clock.ts'
import { skippedWords } from './skipped-words.ts'
import { CLOCK, isAfternoon, minutesOf, type TypedClock, WHOLE_DAY } from './typed-clock.ts'
import { existing, indexOfName, readDate } from './typed-day.ts'

/** What somebody meant by "tomorrow" or "30 Nov 9-12". `rest`: from now until the end of today. */
export interface When {
  window: TripWindow
  span: 'rest' | 'day' | 'hours'
}

/** Minutes since 00:00 of one day. */
interface Hours {
  from: number
  to: number
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
/** 29 February may be that far away. */
const YEARS_AHEAD = 8

const HOURS = new RegExp(String.raw`(?:^|\s)${CLOCK}\s*(?:[-–—]|to)\s*${CLOCK}$`)
const HOUR_ALONE = new RegExp(String.raw`(?:^|\s)${CLOCK}$`)

/**
 * Understands nothing (now), "today", "tomorrow", a weekday (the next such day), "2026-11-30", "30.11.", "30.11.2026",
 * "30 Nov", "Nov 30", and any of these with hours as in "today 14-16", "30 Nov 09:00-12:30" or "friday 9am-5pm", or with the hour
 * from which on, as in "today 5pm"; hours alone are today's. What has passed of a window is left out.
 * @param zone of the reader's clock (IANA)
 * @returns why not, for the reader, where there is no such time
 */
export function readWhen(typed: string, zone: string, now: Date): When | string {
  const words = typed.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  if (words === '') return restOfToday(zone, now)
  const today = wallTimeAt(now, zone)
  const whole = readDay(words, today)
  if (whole) return whenOfDay(whole, zone, now)
  const { dayWords, hours } = readHours(words)
  const day = dayWords === '' ? today : readDay(dayWords, today)
  if (!day || !hours) return EXAMPLES
  return whenOfHours(day, hours, zone, now)
}

/** What is meant by "now". `zone` of the reader's clock (IANA). */
export function restOfToday(zone: string, now: Date): When {
  return { span: 'rest', window: { startsAt: now, endsAt: windowOfDay(wallTimeAt(now, zone), zone).endsAt } }
}

const EXAMPLES =
  'I did not understand that time. Try “today”, “tomorrow 9-12”, “friday 9am-5pm”, “30 Nov”, “30.11. 09:00-12:30” or “2026-11-30”.'
const PASSED = 'That time has passed. Name one that is still to come, such as “tomorrow 9-12”.'

/** Null where these words name no day, or one that no calendar has. */
function readDay(words: string, today: CalendarDay): CalendarDay | null {
  if (words === 'today') return today
  if (words === 'tomorrow') return plusDays(today, 1)
  const weekday = indexOfName(WEEKDAYS, words)
  if (weekday !== null) return plusDays(today, ((weekday + 1 - isoWeekday(today) + 6) % 7) + 1)
  const named = readDate(words)
  if (!named) return null
  const { year, month, day } = named
  return year === null ? nextSuch(month, day, today) : existing({ year, month, day })
}

function nextSuch(month: number, day: number, today: CalendarDay): CalendarDay | null {
  const from = today.month * 100 + today.day <= month * 100 + day ? 0 : 1
  for (let ahead = from; ahead <= YEARS_AHEAD; ahead += 1) {
    const found = existing({ year: today.year + ahead, month, day })
    if (found) return found
  }
  return null
}

/** The hours at the end of what was typed, and the words before them; null where a clock shows no such hours. */
function readHours(words: string): { dayWords: string; hours: Hours | null } {
  const pair = HOURS.exec(words)
  if (pair) {
    const [, fromHour, fromMinute, fromUnit, ...end] = pair
    const to: TypedClock = [end[0], end[1], end[2]]
    const until = minutesOf(to)
    const pm = until !== null && isAfternoon(to) ? { pm: until } : null
    const from = minutesOf([fromHour, fromMinute, fromUnit], pm)
    return { dayWords: words.slice(0, pair.index), hours: hoursOf(from, until) }
  }
  const alone = HOUR_ALONE.exec(words)
  const [, hour, minute, unit] = alone ?? []
  // "9" alone may be anything.
  const from = minute === undefined && unit === undefined ? null : minutesOf([hour, minute, unit])
  return { dayWords: alone ? words.slice(0, alone.index) : words, hours: hoursOf(from, WHOLE_DAY) }
}

/** The end may be 24:00. */
function hoursOf(from: number | null, to: number | null): Hours | null {
  return from === null || to === null || from === WHOLE_DAY ? null : { from, to }
}

function whenOfDay(day: CalendarDay, zone: string, now: Date): When | string {
  const window = windowOfDay(day, zone)
  if (window.endsAt <= now) return PASSED
  return window.startsAt <= now ? { span: 'rest', window: { ...window, startsAt: now } } : { span: 'day', window }
}

function windowOfDay(day: CalendarDay, zone: string): TripWindow {
  return { startsAt: startOfDayIn(day, zone), endsAt: startOfDayIn(plusDays(day, 1), zone) }
}

/** Of an hour that comes twice, the window takes in both; from or until one that never comes, there is none. */
function whenOfHours(day: CalendarDay, hours: Hours, zone: string, now: Date): When | string {
  const starts = wallMoments({ ...day, minutes: hours.from }, zone)
  const ends = wallMoments({ ...day, minutes: hours.to }, zone)
  if (starts.skippedUntil) return skippedWords(hours.from, starts.skippedUntil, zone)
  if (ends.skippedUntil) return skippedWords(hours.to, ends.skippedUntil, zone)
  const window = { startsAt: starts.first, endsAt: ends.last }
  if (hours.to <= hours.from) return 'These hours end before they begin. Write them as in “today 14-16”.'
  if (window.endsAt <= now) return PASSED
  return { span: 'hours', window: { ...window, startsAt: window.startsAt > now ? window.startsAt : now } }
}
