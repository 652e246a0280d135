import { TZDate, tzOffset } from '@date-fns/tz'
import { addMinutes, differenceInCalendarDays, differenceInMinutes, format } from 'date-fns'

interface Window {
  startsAt: Date
  endsAt: Date
}

/**
 * A trip window as its reader's clock shows it: "Mon 3 Nov, 09:00 – 17:30". A date says its year only when that is not
 * the year of `now`; the zone is added where the site's clock shows something else.
 * @param zone the reader's zone, `siteZone` the car's (IANA names)
 */
export function formatWindow(window: Window, zone: string, siteZone: string, now: Date): string {
  const start = new TZDate(window.startsAt, zone)
  const end = new TZDate(window.endsAt, zone)
  const sameDay = differenceInCalendarDays(end, start) === 0
  const endText = sameDay ? clock(end) : dateAndTime(end, now)
  const note = zoneNote(window.startsAt, zone, siteZone) || zoneNote(window.endsAt, zone, siteZone)
  return `${dateAndTime(start, now)} – ${endText}${note}`
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

/** For what is drawn anew while it is looked at: "today 18:00", "tomorrow 09:00", "Mon 3 Nov, 10:12". */
export function formatMoment(at: Date, zone: string, now: Date): string {
  const moment = new TZDate(at, zone)
  const days = differenceInCalendarDays(moment, new TZDate(now, zone))
  if (days === 0) return `today ${clock(moment)}`
  if (days === 1) return `tomorrow ${clock(moment)}`
  return dateAndTime(moment, now)
}

/** For where the day is said already: "18:00". */
export function formatHour(at: Date, zone: string): string {
  return clock(new TZDate(at, zone))
}

/** By the calendar of `zone` (IANA). */
export function isToday(at: Date, zone: string, now: Date): boolean {
  return differenceInCalendarDays(new TZDate(at, zone), new TZDate(now, zone)) === 0
}

/** For what is read later than it is written, where "tomorrow" would mislead: "Mon 3 Nov, 10:12 (Lisbon time)". */
export function formatDateTime(at: Date, zone: string, siteZone: string, now: Date): string {
  return `${dateAndTime(new TZDate(at, zone), now)}${zoneNote(at, zone, siteZone)}`
}

/** A day without its hours: "Mon 3 Nov". */
export function formatDay(at: Date, zone: string, now: Date): string {
  const day = new TZDate(at, zone)
  return format(day, isThisYear(day, now) ? 'EEE d MMM' : 'EEE d MMM yyyy')
}

/** " (Lisbon time)" where the site's clock shows something else at that moment, else nothing. */
export function zoneNote(at: Date, zone: string, siteZone: string): string {
  return zone === siteZone || tzOffset(zone, at) === tzOffset(siteZone, at) ? '' : zoneSuffix(at, zone)
}

/** "02:30"; in the night in which clocks go back, which of the two it is. */
function clock(at: TZDate): string {
  const time = format(at, 'HH:mm')
  const zone = at.timeZone ?? 'UTC'
  const offset = (minutes: number) => tzOffset(zone, addMinutes(+at, minutes))
  const back = offset(-CHANGE_NEAR) - offset(CHANGE_NEAR)
  if (back <= 0) return time
  if (offset(back) === offset(0) - back) return `${time} (the first)`
  return offset(-back) === offset(0) + back ? `${time} (the second)` : time
}

/** Clocks go back by less. Minutes. */
const CHANGE_NEAR = 180

function dateAndTime(at: TZDate, now: Date): string {
  return `${format(at, isThisYear(at, now) ? 'EEE d MMM' : 'EEE d MMM yyyy')}, ${clock(at)}`
}

function isThisYear(at: TZDate, now: Date): boolean {
  return at.getFullYear() === new TZDate(now, at.timeZone).getFullYear()
}

/** Zones that are called after no place: "Etc/GMT+8", whose sign means the opposite, "EST", "PST8PDT". */
const NO_PLACE = /^(?:Etc\/.*|[A-Z\d+-]+|Zulu|Universal|Greenwich)$/

function zoneSuffix(at: Date, zone: string): string {
  if (NO_PLACE.test(zone)) return ` (${offsetWords(tzOffset(zone, at))})`
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
