import { addHours } from 'date-fns/addHours'
import type { Deadlines } from '../../core/approval/deadlines.ts'
import type { Draft } from '../../core/booking/draft.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { passengersPhrase } from './booking-words.ts'
import { clipped } from './clipped.ts'
import { departureOf, returnOf } from './form-fill.ts'
import { formatDateTime, formatDay, formatHour, formatMoment, formatWindow } from './format-window.ts'
import { type ListLook, OPENED, PAGE } from './list-look.ts'

/** A form that was put aside, in two lines. */
export interface DraftEntry {
  draftId: string
  /** "Hamburg: Mon 23 Nov, 09:00 – 17:00, 2 people". */
  text: string
  /** "Saved today 10:02, goes away on Wed 23 Dec"; null once it is gone, and its row keeps its place. */
  kept: string | null
}

/** A page of somebody's drafts, newest first. */
export interface DraftList {
  drafts: DraftEntry[]
  /** How many come before these; left out: none. */
  offset?: number
  /** How many follow. */
  more: number
}

/** Returns a page of these drafts. The rows of `look` stay in their places: one that is gone says so. */
export function draftList(
  drafts: Draft[],
  person: Person,
  clock: { now: Date; deadlines: Pick<Deadlines, 'draftsKeptDays'> },
  look: ListLook = OPENED,
): DraftList {
  const entry = (draft: Draft) => draftEntry(draft, person, clock)
  if (!look.rows) {
    const last = Math.max(0, Math.floor((drafts.length - 1) / PAGE) * PAGE)
    const offset = Math.min(look.offset, last)
    const shown = drafts.slice(offset, offset + PAGE)
    return { drafts: shown.map(entry), offset, more: drafts.length - offset - shown.length }
  }
  const byId = new Map(drafts.map((draft) => [draft.id, draft]))
  const rows = look.rows.map((draftId): DraftEntry => {
    const draft = byId.get(draftId)
    return draft ? entry(draft) : { draftId, text: 'This draft was sent or discarded.', kept: null }
  })
  const left = rows.filter(({ kept }) => kept !== null).length
  return { drafts: rows, offset: look.offset, more: Math.max(0, drafts.length - look.offset - left) }
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
