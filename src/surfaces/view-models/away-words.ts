import type { Overview, StoodInFor } from '../../core/booking/overview.ts'
import type { TripWindow } from '../../core/booking/trip-window.ts'
import type { Refusal } from '../../core/booking-error.ts'
import { type Absence, isAway } from '../../core/people/absence.ts'
import type { AbsenceDeps } from '../../core/people/absences.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { findAbsence } from '../../core/people/set-absence.ts'
import { firstMoment, isoWeekday, plusDays, wallTimeAt } from '../../core/time/wall-clock.ts'
import { formatDateTime } from './format-window.ts'

/** What somebody's being away, and that of others, means for them. Plain text. */
export interface Away {
  /** Their own, in or to come; null: there is none. */
  own: { absence: Absence; isAway: boolean; text: string } | null
  /** For whom they stand in. */
  standingIn: string[]
}

export async function readAway(deps: AbsenceDeps & { overview: Overview }, person: Person): Promise<Away> {
  const now = deps.now()
  const [absence, others] = await Promise.all([
    findAbsence(deps, { personId: person.id }),
    deps.overview.standingInFor(person.id, now),
  ])
  return {
    own: absence && { absence, isAway: isAway(absence, now), text: awayLine(absence, person, now) },
    standingIn: others.map((other) => standInLine(other, person, now)),
  }
}

/** "You are away until Mon 30 Nov, 09:00. Ben Koch stands in for you." */
export function awayLine(absence: Absence, person: Person, now: Date): string {
  const until = momentFor(person, now)(absence.endsAt)
  const who = `${absence.standIn.name} stands in for you.`
  if (isAway(absence, now)) return `You are away until ${until}. ${who}`
  return `You will be away from ${momentFor(person, now)(absence.startsAt)} until ${until}. ${who}`
}

/** "You stand in for Mara Lindt until Mon 30 Nov, 09:00." */
function standInLine({ name, startsAt, endsAt }: StoodInFor, person: Person, now: Date): string {
  const moment = momentFor(person, now)
  const from = startsAt > now ? ` from ${moment(startsAt)}` : ''
  return `You stand in for ${name}${from} until ${moment(endsAt)}.`
}

function momentFor(person: Person, now: Date): (at: Date) => string {
  return (at) => formatDateTime(at, readerZone(person), person.site.timeZone, now)
}

/** A sensible first absence: from now until next Monday morning. `zone` is the reader's (IANA). */
export function suggestedAbsence(now: Date, zone: string): TripWindow {
  const today = wallTimeAt(now, zone)
  const monday = plusDays(today, 8 - isoWeekday(today))
  return { startsAt: now, endsAt: firstMoment({ ...monday, minutes: 9 * 60 }, zone) }
}

/** The words of the form, and of what ends an absence: whoever is away is back, whoever is not yet stays. */
export const AWAY_WORDS = {
  title: 'Away',
  what: 'While you are away, requests that wait for your decision go to the colleague who stands in for you, at once and with a word that it is on your behalf. What still waits comes back to you afterwards. Your own bookings stay yours.',
  from: 'From',
  until: 'Until',
  standIn: 'Who stands in for you',
  submit: 'Save',
  back: 'I am back',
  stay: 'I am staying',
  change: 'Change',
}

/** What somebody is told who is back, or stays after all. */
export function backWords(was: Absence | null, now: Date): string {
  if (!was) return 'You were not away any more: nothing has changed.'
  return was.startsAt <= now
    ? 'Welcome back. What still waits for a decision of yours comes back to you.'
    : 'You are not going away. Requests keep coming to you.'
}

/** The field of the form at which a refusal is shown; null: it is about no field. */
export function awayField({ code }: Refusal): 'from' | 'until' | 'stand_in' | null {
  switch (code) {
    case 'absence_ends_before_start':
    case 'absence_in_past':
    case 'absence_too_long':
      return 'until'
    case 'stand_in_is_self':
    case 'stand_in_unknown':
    case 'stand_in_circle':
    case 'stand_in_away':
      return 'stand_in'
    default:
      return null
  }
}
