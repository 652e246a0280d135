import type { Person } from './person.ts'

/** Somebody is away in `[startsAt, endsAt)`, and who answers for them then. One for each person. */
export interface Absence {
  personId: string
  startsAt: Date
  endsAt: Date
  standIn: Person
}

export function isAway({ startsAt, endsAt }: Pick<Absence, 'startsAt' | 'endsAt'>, now: Date): boolean {
  return startsAt <= now && now < endsAt
}

/**
 * Who answers for this person now: they themselves, or the first person present along those who stand in. Nobody where that
 * leads round in a circle, to somebody who has left, or to somebody unusable.
 */
export function standInFor(
  person: Person,
  absences: readonly Absence[],
  now: Date,
  isUnusable: (person: Person) => boolean,
): Person | null {
  const visited = new Set<string>()
  let present = person
  for (;;) {
    if (!present.active || visited.has(present.id)) return null
    visited.add(present.id)
    const { id } = present
    const absence = absences.find((one) => one.personId === id && isAway(one, now))
    if (!absence) return isUnusable(present) ? null : present
    present = absence.standIn
  }
}
