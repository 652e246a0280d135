import { addMinutes } from 'date-fns/addMinutes'
import { max } from 'date-fns/max'
import { min } from 'date-fns/min'
import { subMinutes } from 'date-fns/subMinutes'
import type { Deadlines } from './deadlines.ts'
import {
  afterCounted,
  countedBetween,
  dailyHoursClock,
  nextCounted,
  nextMorning,
  type Place,
  workingDaysClock,
  workingHoursClock,
} from './working-time.ts'

/**
 * Returns until when a step that is asked at `askedAt` is to be answered, at the requester's site.
 *
 * The rule of all deadlines: `answerWithin` is counted on whole working days (asked Friday 17:00, due Monday 17:00). Where that
 * ends outside working hours, it moves on to the next working moment (Monday 21:00 becomes Tuesday 08:00). But an answer is due
 * `beforeDeparture` at the latest, at whatever hour that is; nobody is given less than `atLeast`; and never later than the departure.
 */
export function dueTime(askedAt: Date, departure: Date, site: Place, deadlines: Deadlines): Date {
  const answered = afterCounted(askedAt, deadlines.answerWithin * 60_000, workingDaysClock(site, deadlines))
  const inHours = nextCounted(answered, workingHoursClock(site, deadlines))
  const wanted = min([inHours, subMinutes(departure, deadlines.beforeDeparture)])
  return new Date(+min([departure, max([addMinutes(askedAt, deadlines.atLeast), wanted])]))
}

/**
 * Returns the first reminder later than `after` of a step that is asked at `askedAt` and due at `dueAt`, or null when none is left.
 *
 * The rule of all reminders: one at half of the working time between the two, and a last one `remindBeforeDue` of working time
 * before the end, where that is later than half time; so neither comes at night or on a day off. Where hardly any working time
 * lies between (less than `atLeast`), as before a weekend trip, the same hours of any day count. Where those do not help either,
 * only the last reminder comes, at whatever hour: the trip is too near to wait.
 */
export function reminderTime(askedAt: Date, dueAt: Date, after: Date, site: Place, deadlines: Deadlines): Date | null {
  return remindersOf(askedAt, dueAt, site, deadlines).find((reminder) => reminder > after) ?? null
}

/** Returns when those who let the last deadline pass are asked again: at the start of each working day before the departure; then null. */
export function nextAskingAgain(now: Date, departure: Date, site: Place, deadlines: Deadlines): Date | null {
  const morning = nextMorning(now, workingHoursClock(site, deadlines))
  return morning < departure ? morning : null
}

function remindersOf(askedAt: Date, dueAt: Date, site: Place, deadlines: Deadlines): Date[] {
  for (const clock of [workingHoursClock(site, deadlines), dailyHoursClock(site, deadlines)]) {
    const time = countedBetween(askedAt, dueAt, clock)
    if (time < deadlines.atLeast * 60_000) continue
    const half = Math.floor(time / 2)
    const last = time - deadlines.remindBeforeDue * 60_000
    return (last > half ? [half, last] : [half]).map((counted) => afterCounted(askedAt, counted, clock))
  }
  const halfTime = new Date(+askedAt + Math.floor((+dueAt - +askedAt) / 2))
  const last = max([halfTime, subMinutes(dueAt, deadlines.remindBeforeDue)])
  return last > askedAt ? [last] : []
}
