import { TZDate } from '@date-fns/tz'
import { addDays, addMinutes, isWeekend, max, min, startOfDay, subMinutes } from 'date-fns'

/** How long people have to answer. Minutes, but for the working days, which are the site's Monday to Friday. */
export interface AnswerTimes {
  /** Counted on working days alone: asked Friday 17:00, due Monday 17:00. */
  answerWithin: number
  /** Nobody is given less than this, short of the departure. */
  atLeast: number
  /** An answer is wanted this long before the departure. */
  beforeDeparture: number
}

export const ANSWER_TIMES: AnswerTimes = { answerWithin: 24 * 60, atLeast: 15, beforeDeparture: 2 * 60 }

/** Until when a step that is asked at `askedAt` is to be answered. `timeZone` is the site's, where working days are counted. */
export function dueTime(askedAt: Date, departure: Date, timeZone: string, times: AnswerTimes = ANSWER_TIMES): Date {
  const inWorkingTime = addWorkingMinutes(askedAt, times.answerWithin, timeZone)
  const wanted = min([inWorkingTime, subMinutes(departure, times.beforeDeparture)])
  return new Date(+min([departure, max([addMinutes(askedAt, times.atLeast), wanted])]))
}

/** Minutes pass on working days only; a day is as long as the zone's clock makes it (23 or 25 h at a change). */
function addWorkingMinutes(from: Date, minutes: number, timeZone: string): Date {
  let at: Date = new TZDate(from, timeZone)
  let left = minutes * 60_000
  for (;;) {
    const tomorrow = startOfDay(addDays(at, 1))
    if (!isWeekend(at)) {
      const today = +tomorrow - +at
      if (left <= today) return new Date(+at + left)
      left -= today
    }
    at = tomorrow
  }
}
