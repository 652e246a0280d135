/** A time of a day as people type it, alone or in a pair of hours: "9:00", "09:00:00", "9am", "5.30 pm", "17h", "17h30", "9 Uhr". */
const HOUR = String.raw`(\d{1,2})`
const MINUTE = String.raw`(?:[:.](\d{2})(?::\d{2}(?:\.\d+)?)?)?`
const UNIT = String.raw`(?:\s?(a\.?m\.?|p\.?m\.?|h(?:\d{2})?|uhr|o'clock))?`
export const CLOCK = `${HOUR}${MINUTE}${UNIT}`
const ALONE = new RegExp(`^${CLOCK}$`)

/** The end of a day: 24:00. Minutes. */
export const WHOLE_DAY = 24 * 60
const NOON = 12 * 60

/** The three groups of {@link CLOCK}, as typed. */
export type TypedClock = [hour: string | undefined, minute: string | undefined, unit: string | undefined]

/**
 * Returns the minutes since 00:00 of a time that was typed alone, and up to 24:00; null where it cannot be read. A number alone is
 * no time: nobody knows whether "5" is in the morning.
 */
export function readClock(typed: string): number | null {
  const [, hour, minute, unit] = ALONE.exec(typed.trim().toLowerCase()) ?? []
  return minute === undefined && unit === undefined ? null : minutesOf([hour, minute, unit])
}

/**
 * Returns the minutes since 00:00, up to 24:00, or null where no clock shows such a time. A number alone is an hour of 24, unless
 * `before` is a time in the afternoon and it can be that as well: "1-5pm" begins at 13:00, "9-5pm" at 9:00.
 */
export function minutesOf([hour, minute, unit = '']: TypedClock, before: { pm: number } | null = null): number | null {
  if (hour === undefined) return null
  const inUnit = /^h(\d{2})$/.exec(unit)?.[1]
  const past = Number(minute ?? inUnit ?? 0)
  if (past >= 60 || (minute !== undefined && inUnit !== undefined)) return null
  const total = hoursOf(Number(hour), unit) * 60 + past
  if (!(total <= WHOLE_DAY)) return null
  const later = (total % NOON) + NOON
  return before && unit === '' && total <= NOON + 59 && later < before.pm ? later : total
}

/** True if it is said to be in the afternoon: "5pm". */
export function isAfternoon([, , unit = '']: TypedClock): boolean {
  return unit.startsWith('p')
}

function hoursOf(hour: number, unit: string): number {
  if (!/^[ap]/.test(unit)) return hour
  if (hour < 1 || hour > 12) return Number.NaN
  return (hour % 12) + (isAfternoon([undefined, undefined, unit]) ? 12 : 0)
}

/** "09:05", as inputs and cards have it. */
export function clockText(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
}

export function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
