import { TZDate } from '@date-fns/tz'
import { differenceInCalendarDays } from 'date-fns/differenceInCalendarDays'
import { format } from 'date-fns/format'

/** Seconds since 1970 as the value of `<input type="datetime-local">` in a time zone. */
export function toLocalInput(seconds: number, timeZone: string): string {
  return format(new TZDate(seconds * 1000, timeZone), "yyyy-MM-dd'T'HH:mm")
}

/** The value of `<input type="datetime-local">`, read in a time zone, as seconds since 1970; null when incomplete. */
export function fromLocalInput(value: string, timeZone: string): number | null {
  const match = /^(\d{4,6})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(value)
  if (!match) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = match.slice(1).map(Number)
  return Math.floor(new TZDate(year, month - 1, day, hour, minute, timeZone).getTime() / 1000)
}

/** A clock time as Slack writes it, for example "2:05 PM". */
export function clockTime(at: Date, timeZone: string): string {
  return format(new TZDate(at, timeZone), 'h:mm a')
}

/** "Today", "Yesterday", "Tomorrow" or null, in the reader's zone. */
export function nearDay(at: Date, now: Date, timeZone: string): string | null {
  const days = differenceInCalendarDays(new TZDate(at, timeZone), new TZDate(now, timeZone))
  return { '-1': 'Yesterday', '0': 'Today', '1': 'Tomorrow' }[String(days)] ?? null
}

/** The line between two days of a conversation: "Today", "Monday, September 21st". */
export function dayLabel(at: Date, now: Date, timeZone: string): string {
  const date = new TZDate(at, timeZone)
  const sameYear = date.getFullYear() === new TZDate(now, timeZone).getFullYear()
  return nearDay(at, now, timeZone) ?? format(date, sameYear ? 'EEEE, MMMM do' : 'EEEE, MMMM do, yyyy')
}

/** A mail's date: the time today, else the day. */
export function shortWhen(at: Date, now: Date, timeZone: string): string {
  if (nearDay(at, now, timeZone) === 'Today') return clockTime(at, timeZone)
  return format(new TZDate(at, timeZone), 'MMM d')
}

/** Everything about a moment: "Monday, September 21, 2026 at 2:05 PM". */
export function longWhen(at: Date, timeZone: string): string {
  return format(new TZDate(at, timeZone), "EEEE, MMMM d, yyyy 'at' h:mm a")
}

/** A clock time as Motorpool writes it, for example "14:05". */
export function clockTime24(at: Date, timeZone: string): string {
  return format(new TZDate(at, timeZone), 'HH:mm')
}

/** A moment as Motorpool writes it: "Mon 21 Sep, 14:05", with its year where that is not this one. */
export function motorpoolTime(at: Date, now: Date, timeZone: string): string {
  const date = new TZDate(at, timeZone)
  const sameYear = date.getFullYear() === new TZDate(now, timeZone).getFullYear()
  return format(date, sameYear ? 'EEE d MMM, HH:mm' : 'EEE d MMM yyyy, HH:mm')
}

/** How far a clock is ahead, in days of 24 hours: "1 h 15 min", "2 days 3 h". */
export function lengthWords(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  const parts = [
    days > 0 && (days === 1 ? '1 day' : `${days} days`),
    hours > 0 && `${hours} h`,
    minutes % 60 > 0 && `${minutes % 60} min`,
  ].filter((part) => part !== false)
  return parts.slice(0, 2).join(' ') || 'less than a minute'
}
