import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns'
import type { TripWindow } from '../../../core/booking/trip-window.ts'

/** A day and a time as inputs have them: "2026-11-05" and "09:00", '' where empty. */
export interface TypedMoment {
  date: string
  time: string
}

const NEVER = new Date(Number.NaN)
const HOUR = 3600 * 1000

/**
 * What two days and times mean on the clock of `zone` (IANA); an invalid date where there is no such time. Of a time that
 * comes twice, as the clocks are put back, the window takes in both.
 */
export function windowOf(starts: TypedMoment, ends: TypedMoment, zone: string): TripWindow {
  return { startsAt: momentsOf(starts, zone)[0] ?? NEVER, endsAt: momentsOf(ends, zone).at(-1) ?? NEVER }
}

/** The same moment as inputs have it, by the clock of `zone` (IANA). */
export function typedMoment(at: Date, zone: string): TypedMoment {
  const there = new TZDate(at, zone)
  return { date: format(there, 'yyyy-MM-dd'), time: format(there, 'HH:mm') }
}

/** What is wrong with a day and a time that mean nothing. */
export function noTimeWords({ date, time }: TypedMoment): string {
  if (date === '' || time === '') return 'Please choose a day and a time.'
  return `There is no ${time} on that day: the clocks are put forward over it. Please choose another time.`
}

/** When the clock shows this: mostly once. */
function momentsOf({ date, time }: TypedMoment, zone: string): Date[] {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? []
  if (year === undefined || hours === undefined) return []
  const at = +new TZDate(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes), zone)
  return [at - HOUR, at, at + HOUR]
    .map((moment) => new Date(moment))
    .filter((moment) => {
      const shown = typedMoment(moment, zone)
      return shown.date === date && shown.time === time
    })
}
