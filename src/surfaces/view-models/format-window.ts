import { differenceInMinutes } from 'date-fns/differenceInMinutes'
import { isoWeekday, plusDays, type WallTime, wallMoments, wallTimeAt } from '../../core/time/wall-clock.ts'
import { zoneOffset } from '../../core/time/zone-offset.ts'

interface Window {
  startsAt: Date
  endsAt: Date
}

/**
 * A trip window as its reader's clock shows it: "Mon 3 Nov, 09:00 – 17:30". A date says its year only when that is not
 * the year of `now`; the zone is added where the site's clock shows something else.
 * @param zone the reader's zone, `siteZone` the site's (IANA names)
 */
export function formatWindow(window: Window, zone: string, siteZone: string, now: Date): string {
  const { startsAt, endsAt } = window
  const sameDay = isSameDay(wallTimeAt(startsAt, zone), wallTimeAt(endsAt, zone))
  const endText = sameDay ? formatHour(endsAt, zone) : dateAndTime(endsAt, zone, now)
  const note = zoneNote(startsAt, zone, siteZone) || zoneNote(endsAt, zone, siteZone)
  return `${dateAndTime(startsAt, zone, now)} – ${endText}${note}`
}

/**
 * Time that really passes between the two moments: "8 h 30 min", "2 days 3 h". Days have 24 hours; less than two of them are
 * told in hours, so that the night in which clocks change is seen to be an hour shorter or longer.
 */
export function formatLength(window: Window): string {
  const minutes = differenceInMinutes(window.endsAt, window.startsAt)
  const days = minutes < 2 * DAY ? 0 : Math.floor(minutes / DAY)
  const hours = Math.floor((minutes - days * DAY) / 60)
  const parts = [
    days > 0 && `${days} days`,
    hours > 0 && `${hours} h`,
    minutes % 60 > 0 && `${minutes % 60} min`,
  ].filter((part) => part !== false)
  return parts.join(' ') || '0 min'
}

/** Minutes. */
const DAY = 24 * 60

/** For what is drawn again while it is looked at: "today 18:00", "tomorrow 09:00", "Mon 3 Nov, 10:12". */
export function formatMoment(at: Date, zone: string, now: Date): string {
  const day = wallTimeAt(at, zone)
  const today = wallTimeAt(now, zone)
  if (isSameDay(day, today)) return `today ${formatHour(at, zone)}`
  if (isSameDay(day, { ...plusDays(today, 1), minutes: 0 })) return `tomorrow ${formatHour(at, zone)}`
  return dateAndTime(at, zone, now)
}

/** "18:00", for where the day is said already; in the night in which clocks go back, which of the two it is. */
export function formatHour(at: Date, zone: string): string {
  const shown = wallTimeAt(at, zone)
  const time = `${twoDigits(Math.floor(shown.minutes / 60))}:${twoDigits(shown.minutes % 60)}`
  const moments = wallMoments(shown, zone)
  if (moments.skippedUntil || +moments.first === +moments.last) return time
  return at < moments.last ? `${time} (the first)` : `${time} (the second)`
}

/** By the calendar of `zone` (IANA). */
export function isToday(at: Date, zone: string, now: Date): boolean {
  return isSameDay(wallTimeAt(at, zone), wallTimeAt(now, zone))
}

/** For what is read later than it is written, where "tomorrow" would mislead: "Mon 3 Nov, 10:12 (Lisbon time)". */
export function formatDateTime(at: Date, zone: string, siteZone: string, now: Date): string {
  return `${dateAndTime(at, zone, now)}${zoneNote(at, zone, siteZone)}`
}

/** A day without its hours: "Mon 3 Nov". */
export function formatDay(at: Date, zone: string, now: Date): string {
  const shown = wallTimeAt(at, zone)
  const year = shown.year === wallTimeAt(now, zone).year ? '' : ` ${shown.year}`
  return `${WEEKDAYS[isoWeekday(shown) - 1]} ${shown.day} ${MONTHS[shown.month - 1]}${year}`
}

/** " (Lisbon time)" where the site's clock shows something else at that moment, else nothing. */
export function zoneNote(at: Date, zone: string, siteZone: string): string {
  return zone === siteZone || zoneOffset(+at, zone) === zoneOffset(+at, siteZone) ? '' : zoneSuffix(at, zone)
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function dateAndTime(at: Date, zone: string, now: Date): string {
  return `${formatDay(at, zone, now)}, ${formatHour(at, zone)}`
}

function isSameDay(a: WallTime, b: WallTime): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}

/** Zones that are called after no place: "Etc/GMT+8", whose sign means the opposite, "EST", "PST8PDT". */
const NO_PLACE = /^(?:Etc\/.*|[A-Z\d+-]+|Zulu|Universal|Greenwich)$/

function zoneSuffix(at: Date, zone: string): string {
  if (NO_PLACE.test(zone)) return ` (${offsetWords(zoneOffset(+at, zone) / 60_000)})`
  const place = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
  return ` (${place} time)`
}

/** "UTC-8", "UTC+5:30". */
function offsetWords(minutes: number): string {
  if (minutes === 0) return 'UTC'
  const past = Math.abs(minutes) % 60
  const hours = Math.floor(Math.abs(minutes) / 60)
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${past === 0 ? '' : `:${String(past).padStart(2, '0')}`}`
}
