import { addHours } from 'date-fns'
import type { Deadlines } from '../../core/approval/deadlines.ts'
import type { Draft } from '../../core/booking/draft.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { passengersPhrase } from './booking-words.ts'
import { clipped } from './clipped.ts'
import { departureOf, returnOf } from './form-fill.ts'
import { formatDateTime, formatDay, formatHour, formatMoment, formatWindow } from './format-window.ts'

/** A form that was put aside, in two lines. */
export interface DraftEntry {
  draftId: string
  /** "Hamburg: Mon 23 Nov, 09:00 – 17:00, 2 people". */
  text: string
  /** "Saved today 10:02, goes away on Wed 23 Dec". */
  kept: string
}

/** Of a destination, in characters. */
const LONGEST_PLACE = 150

export function draftEntry(
  { id, form, touchedAt }: Draft,
  person: Person,
  { now, deadlines }: { now: Date; deadlines: Pick<Deadlines, 'draftsKeptDays'> },
): DraftEntry {
  const zone = readerZone(person)
  const place = clipped(form.destination?.trim() ?? '', LONGEST_PLACE) || 'No destination yet'
  const when = whenWords(form, person, now)
  const aboard = /^[1-9]\d?$/.test(form.passengers ?? '') ? passengersPhrase(Number(form.passengers)) : ''
  const said = [when, aboard].filter((part) => part !== '').join(', ')
  const goneAt = addHours(touchedAt, deadlines.draftsKeptDays * 24)
  return {
    draftId: id,
    text: said === '' ? place : `${place}: ${said}`,
    kept: `Saved ${formatMoment(touchedAt, zone, now)}, goes away on ${formatDay(goneAt, zone, now)}`,
  }
}

function whenWords({ starts, ends }: Draft['form'], person: Person, now: Date): string {
  const zone = readerZone(person)
  const startsAt = departureOf(starts, zone)
  const endsAt = returnOf(ends, zone)
  const siteZone = person.site.timeZone
  if (startsAt && endsAt) return formatWindow({ startsAt, endsAt }, zone, siteZone, now)
  if (startsAt) return `from ${formatDateTime(startsAt, zone, siteZone, now)}`
  return endsAt ? `until ${formatDateTime(endsAt, zone, siteZone, now)}` : ''
}

/** What the form says once it was put aside. `zone` is the reader's (IANA). */
export function savedWords(savedAt: Date, zone: string): string {
  return `Saved as draft, ${formatHour(savedAt, zone)}`
}

/** Discarding asks once. */
export const DISCARD_WORDS = {
  question: 'Discard this draft?',
  what: 'What you filled in is gone then. No car was held for it.',
  yes: 'Discard it',
  no: 'Keep it',
}
