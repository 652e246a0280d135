import type { WallTime } from '../../core/time/wall-clock.ts'
import { readClock } from './typed-clock.ts'
import { readFullDay } from './typed-day.ts'

/** A day and a time as inputs have them, "2026-11-05" and "09:00", or as people type them; '' where empty. */
export interface TypedTime {
  date: string
  time: string
}

/** Reads a day and a time in any form that means one thing. Returns which of the two is missing or cannot be read, the day first. */
export function readTypedTime({ date, time }: TypedTime): WallTime | 'missing' | 'no_day' | 'no_time' {
  if (date.trim() === '' || time.trim() === '') return 'missing'
  const day = readFullDay(date)
  if (!day) return 'no_day'
  const minutes = readClock(time)
  return minutes === null ? 'no_time' : { ...day, minutes }
}
