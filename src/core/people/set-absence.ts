import { addHours } from 'date-fns/addHours'
import { BookingError } from '../booking-error.ts'
import type { Absence } from './absence.ts'
import type { AbsenceDeps, AbsenceSituation } from './absences.ts'
import type { Person } from './person.ts'
import { activePerson } from './require-active-person.ts'

export interface SetAbsence {
  personId: string
  startsAt: Date
  endsAt: Date
  standInId: string
}

/** Whoever is away for longer has left, or forgot to come back. */
const LONGEST_ABSENCE_DAYS = 366

/**
 * Somebody is away from `startsAt` until before `endsAt`, and names who answers for them then; it takes the place of what
 * they set before. What waits is moved by `moveForAbsence`: right after this, once the person has their answer, and by the
 * schedule where it does not come to that.
 * @throws BookingError `absence_ends_before_start`, `absence_in_past`, `absence_too_long`, `stand_in_is_self`,
 * `stand_in_unknown`, `stand_in_circle`, `stand_in_away`, `person_not_found`, `person_inactive`
 */
export async function setAbsence({ absences, now }: AbsenceDeps, input: SetAbsence): Promise<Absence> {
  const at = now()
  return absences.set({ ...input, at }, (situation) => decideAbsence(situation, input, at))
}

/** They are back, or stay after all; gives the absence that is over now, null where there was none. */
export async function endAbsence(
  { absences, now }: AbsenceDeps,
  { personId }: { personId: string },
): Promise<Absence | null> {
  return absences.end(personId, now())
}

/** The absence that somebody is in or has set; none once it is over. */
export async function findAbsence(
  { absences, now }: AbsenceDeps,
  { personId }: { personId: string },
): Promise<Absence | null> {
  const absence = await absences.find(personId)
  return absence && absence.endsAt > now() ? absence : null
}

/** @throws BookingError as {@link setAbsence} says */
export function decideAbsence(
  { person, standIn, behind }: AbsenceSituation,
  { startsAt, endsAt, standInId, personId }: SetAbsence,
  now: Date,
): Absence {
  activePerson(person)
  if (endsAt <= startsAt) throw new BookingError('absence_ends_before_start', {})
  if (endsAt <= now) throw new BookingError('absence_in_past', { endsAt })
  if (endsAt > addHours(startsAt, LONGEST_ABSENCE_DAYS * 24)) {
    throw new BookingError('absence_too_long', { days: LONGEST_ABSENCE_DAYS })
  }
  if (standInId === personId) throw new BookingError('stand_in_is_self', {})
  if (!standIn?.active) throw new BookingError('stand_in_unknown', {})
  const absence: Absence = { personId, startsAt, endsAt, standIn }
  checkWhoAnswers(absence, behind, now)
  return absence
}

/**
 * While somebody is away their stand-in may be, and the next one. It may not lead back to them at any moment, and there has to
 * be somebody at some moment.
 */
function checkWhoAnswers({ personId, standIn, ...absence }: Absence, behind: Absence[], now: Date): void {
  let from = later(absence.startsAt, now)
  let until = absence.endsAt
  let present: Person = standIn
  let isAlwaysAway = true
  const through: string[] = []
  for (let links = 0; links <= behind.length; links += 1) {
    if (!present.active && isAlwaysAway) throw new BookingError('stand_in_away', { name: standIn.name })
    const { id } = present
    const next = behind.find((one) => one.personId === id && one.startsAt < until && from < one.endsAt)
    if (!present.active || !next) return
    if (next.standIn.id === personId) throw new BookingError('stand_in_circle', { name: standIn.name, through })
    isAlwaysAway &&= next.startsAt <= from && until <= next.endsAt
    from = later(from, next.startsAt)
    until = earlier(until, next.endsAt)
    present = next.standIn
    through.push(present.name)
  }
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}
