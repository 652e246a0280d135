import { TZDate } from '@date-fns/tz'
import { addDays, format, startOfDay } from 'date-fns'
import type { TripWindow } from '../../core/booking/trip-window.ts'

/** What somebody meant by "tomorrow" or "30 Nov 9-12". `rest`: from now until the end of today. */
export interface When {
  window: TripWindow
  span: 'rest' | 'day' | 'hours'
}

interface Day {
  year: number
  /** From 0. */
  month: number
  date: number
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
/** "mon" to "monday", "sept", "nov": three letters are enough to tell them apart. */
const FEWEST_LETTERS = 3
/** 29 February may be that far away. */
const YEARS_AHEAD = 8

const CLOCK = String.raw`(\d{1,2})(?::(\d{2}))?`
const HOURS = new RegExp(String.raw`(?:^|\s)${CLOCK}\s*[-–—]\s*${CLOCK}$`)

/**
 * Understands nothing (now), "today", "tomorrow", a weekday (the next such day), "2026-11-30", "30.11.", "30.11.2026",
 * "30 Nov", "Nov 30", and any of these with hours as in "today 14-16" or "30 Nov 09:00-12:30"; hours alone are today's.
 * What has passed of a window is left out.
 * @param zone of the reader's clock (IANA)
 * @returns why not, for the reader, where there is no such time
 */
export function readWhen(typed: string, zone: string, now: Date): When | string {
  const words = typed.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  if (words === '') return restOfToday(zone, now)
  const hours = HOURS.exec(words)
  const dayWords = hours ? words.slice(0, hours.index) : words
  const today = new TZDate(now, zone)
  const day = dayWords === '' ? dayOf(today) : readDay(dayWords, today)
  const window = day && (hours ? windowOfHours(day, hours, zone) : windowOfDay(day, zone))
  if (!window) return EXAMPLES
  if (window.endsAt <= window.startsAt) return 'These hours end before they begin. Write them as in “today 14-16”.'
  if (window.endsAt <= now) return 'That time has passed. Name one that is still to come, such as “tomorrow 9-12”.'
  if (hours) return { span: 'hours', window: { ...window, startsAt: later(window.startsAt, now) } }
  return window.startsAt <= now ? { span: 'rest', window: { ...window, startsAt: now } } : { span: 'day', window }
}

/** What is meant by "now". `zone` of the reader's clock (IANA). */
export function restOfToday(zone: string, now: Date): When {
  const { endsAt } = windowOfDay(dayOf(new TZDate(now, zone)), zone)
  return { span: 'rest', window: { startsAt: now, endsAt } }
}

const EXAMPLES =
  'I did not understand that time. Try “today”, “tomorrow 9-12”, “friday”, “30 Nov”, “30.11. 09:00-12:30” or “2026-11-30”.'

/** Null where these words name no day, or one that no calendar has. */
function readDay(words: string, today: TZDate): Day | null {
  if (words === 'today') return dayOf(today)
  if (words === 'tomorrow') return dayOf(addDays(today, 1))
  const weekday = indexOfName(WEEKDAYS, words)
  if (weekday !== null) return dayOf(addDays(today, ((weekday - today.getDay() + 6) % 7) + 1))
  const named = readDate(words)
  if (!named) return null
  const { year, month, date } = named
  return year === null ? nextSuch(month, date, today) : existing({ year, month, date })
}

function readDate(words: string): (Omit<Day, 'year'> & { year: number | null }) | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words)
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]) - 1, date: Number(iso[3]) }
  const dotted = /^(\d{1,2})\. ?(\d{1,2})(?:\.|\. ?(\d{4}))?$/.exec(words)
  if (dotted) return { year: yearIn(dotted[3]), month: Number(dotted[2]) - 1, date: Number(dotted[1]) }
  const [, date, name, year] =
    /^(\d{1,2})\.? ([a-z]+)\.?(?:,? (\d{4}))?$/.exec(words) ??
    swapped(/^([a-z]+)\.? (\d{1,2})(?:,? (\d{4}))?$/.exec(words))
  const month = name === undefined ? null : indexOfName(MONTHS, name)
  return month === null ? null : { year: yearIn(year), month, date: Number(date) }
}

function swapped(match: RegExpExecArray | null): (string | undefined)[] {
  return match ? [match[0], match[2], match[1], match[3]] : []
}

function yearIn(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits)
}

function indexOfName(names: string[], begun: string): number | null {
  const index = begun.length < FEWEST_LETTERS ? -1 : names.findIndex((name) => name.startsWith(begun))
  return index < 0 ? null : index
}

function dayOf(at: Date): Day {
  return { year: at.getFullYear(), month: at.getMonth(), date: at.getDate() }
}

function existing(day: Day): Day | null {
  const found = new Date(Date.UTC(day.year, day.month, day.date))
  return found.getUTCMonth() === day.month && found.getUTCDate() === day.date && day.year >= 2000 ? day : null
}

function nextSuch(month: number, date: number, today: TZDate): Day | null {
  const from = format(today, 'MM-dd') <= `${twoDigits(month + 1)}-${twoDigits(date)}` ? 0 : 1
  for (let ahead = from; ahead <= YEARS_AHEAD; ahead += 1) {
    const day = existing({ year: today.getFullYear() + ahead, month, date })
    if (day) return day
  }
  return null
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}

function windowOfDay(day: Day, zone: string): TripWindow {
  const start = startOfDay(new TZDate(day.year, day.month, day.date, zone))
  return { startsAt: new Date(+start), endsAt: new Date(+startOfDay(addDays(start, 1))) }
}

/** The end may be 24:00. Null where a clock shows no such time. */
function windowOfHours(day: Day, [, fromHour, fromMinute, toHour, toMinute]: RegExpExecArray, zone: string) {
  const from = minutesOf(fromHour, fromMinute)
  const to = minutesOf(toHour, toMinute)
  if (from === null || to === null || from === 24 * 60) return null
  return { startsAt: clockTime(day, from, zone), endsAt: clockTime(day, to, zone) }
}

function minutesOf(hours: string | undefined, minutes = '0'): number | null {
  const total = Number(hours) * 60 + Number(minutes)
  return Number(minutes) < 60 && total <= 24 * 60 ? total : null
}

function clockTime({ year, month, date }: Day, minutes: number, zone: string): Date {
  return new Date(+new TZDate(year, month, date, Math.floor(minutes / 60), minutes % 60, zone))
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
