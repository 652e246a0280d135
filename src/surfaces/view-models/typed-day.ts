import { type CalendarDay, isDay } from '../../core/time/wall-clock.ts'
import { twoDigits } from './typed-clock.ts'

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

/** A day as it was typed; `year` null: it was left out. */
export type TypedDay = Omit<CalendarDay, 'year'> & { year: number | null }

/**
 * Reads "2026-11-30", "30.11.", "30.11.2026", "30 Nov", "Nov 30, 2026", and "30/11/2026" where only one of its numbers can be a month.
 * Null where that is no day; it may be one that no calendar has.
 * @param words in small letters, with single spaces
 */
export function readDate(words: string): TypedDay | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:t00:00(?::00(?:\.0+)?)?z?)?$/.exec(words)
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
  const dotted = /^(\d{1,2})\. ?(\d{1,2})(?:\.|\. ?(\d{4}))?$/.exec(words)
  if (dotted) return { year: yearIn(dotted[3]), month: Number(dotted[2]), day: Number(dotted[1]) }
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(words)
  if (slashed) return readSlashed(Number(slashed[1]), Number(slashed[2]), Number(slashed[3]))
  const [, date, name, year] =
    /^(\d{1,2})\.? ([a-z]+)\.?(?:,? (\d{4}))?$/.exec(words) ??
    swapped(/^([a-z]+)\.? (\d{1,2})(?:,? (\d{4}))?$/.exec(words))
  const month = name === undefined ? null : indexOfName(MONTHS, name)
  return month === null ? null : { year: yearIn(year), month: month + 1, day: Number(date) }
}

/** Returns the day that was typed with its year, or null where that cannot be read, or no calendar has it. */
export function readFullDay(typed: string): CalendarDay | null {
  const read = readDate(typed.trim().toLowerCase().replaceAll(/\s+/g, ' '))
  return read?.year ? existing({ ...read, year: read.year }) : null
}

/** Returns the day, or null where no calendar has it or it is long past. */
export function existing(day: CalendarDay): CalendarDay | null {
  return isDay(day) && day.year >= 2000 ? day : null
}

/** Returns the place of the first name that begins so, with three letters at least; null: there is none. */
export function indexOfName(names: string[], begun: string): number | null {
  const index = begun.length < FEWEST_LETTERS ? -1 : names.findIndex((name) => name.startsWith(begun))
  return index < 0 ? null : index
}

/** "2026-11-05", as inputs have it. */
export function dayText({ year, month, day }: CalendarDay): string {
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`
}

/** Half of the world puts the month first. */
function readSlashed(first: number, second: number, year: number): TypedDay | null {
  if (first > 12) return { year, month: second, day: first }
  return second > 12 || first === second ? { year, month: first, day: second } : null
}

function swapped(match: RegExpExecArray | null): (string | undefined)[] {
  return match ? [match[0], match[2], match[1], match[3]] : []
}

function yearIn(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits)
}
