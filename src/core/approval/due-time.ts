import { TZDate } from '@date-fns/tz'
import { addDays, addMinutes, getISODay, max, min, startOfDay, subMinutes } from 'date-fns'
import type { Site } from '../people/person.ts'
import type { Deadlines } from './deadlines.ts'

/** Where working days are counted. */
type Place = Pick<Site, 'timeZone' | 'workingDays'>

/** Until when a step that is asked at `askedAt` is to be answered; `site` is the requester's. */
export function dueTime(askedAt: Date, departure: Date, site: Place, deadlines: Deadlines): Date {
  const inWorkingTime = addWorkingTime(askedAt, deadlines.answerWithin * 60_000, site, deadlines)
  const wanted = min([inWorkingTime, subMinutes(departure, deadlines.beforeDeparture)])
  return new Date(+min([departure, max([addMinutes(askedAt, deadlines.atLeast), wanted])]))
}

/**
 * The first reminder later than `after` of a step that is asked at `askedAt` and due at `dueAt`: at half of the working time
 * between them (of all the time, where none of it is working time), then shortly before the end, if that is later than
 * half time. Null when none is left.
 */
export function reminderTime(askedAt: Date, dueAt: Date, after: Date, site: Place, deadlines: Deadlines): Date | null {
  const halfTime = halfTimeOf(askedAt, dueAt, site, deadlines)
  const nearTheEnd = subMinutes(dueAt, deadlines.remindBeforeDue)
  const reminders = nearTheEnd > halfTime ? [halfTime, nearTheEnd] : [halfTime]
  return reminders.find((reminder) => reminder > after) ?? null
}

function halfTimeOf(askedAt: Date, dueAt: Date, site: Place, deadlines: Deadlines): Date {
  let worked = 0
  for (const stretch of workingStretches(askedAt, site, deadlines)) {
    if (stretch.from >= +dueAt) break
    worked += Math.min(stretch.to, +dueAt) - stretch.from
  }
  if (worked <= 0) return new Date(+askedAt + Math.floor((+dueAt - +askedAt) / 2))
  return addWorkingTime(askedAt, Math.floor(worked / 2), site, deadlines)
}

function addWorkingTime(from: Date, milliseconds: number, site: Place, deadlines: Deadlines): Date {
  let left = milliseconds
  for (const stretch of workingStretches(from, site, deadlines)) {
    const length = stretch.to - stretch.from
    if (left <= length) return new Date(stretch.from + left)
    left -= length
  }
  throw new Error('Working days never end')
}

/** What is left of each working day from a time on, for ever. A day is as long as the zone's clock makes it (23 or 25 h at a change). */
function* workingStretches(from: Date, { timeZone, workingDays }: Place, deadlines: Deadlines) {
  const works = new Set(workingDays ?? deadlines.workingDays)
  let at: Date = new TZDate(from, timeZone)
  for (;;) {
    const tomorrow = startOfDay(addDays(at, 1))
    if (works.has(getISODay(at))) yield { from: +at, to: +tomorrow }
    at = tomorrow
  }
}
