import type { Absence } from '../core/people/absence.ts'
import { personOf } from './documents.ts'

/** A row of `absences a` as the core's Absence. */
export const ABSENCE = `json_build_object(
  'personId', a.person_id, 'startsAt', a.starts_at, 'endsAt', a.ends_at, 'standIn', ${personOf('a.stand_in_id')})`

/** The absences `away` with that of each stand-in, and so on: one for each person, so each is looked up. */
export const ABSENCES_BEHIND = `
  SELECT a.* FROM away JOIN LATERAL (SELECT * FROM absences WHERE person_id = away.stand_in_id LIMIT 1) a ON true`

export type AbsenceDocument = Omit<Absence, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string }

export function toAbsence({ startsAt, endsAt, ...rest }: AbsenceDocument): Absence {
  return { ...rest, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
}
