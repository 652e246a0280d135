import { z } from 'zod'
import type { FormChoices } from '../../core/booking/form-choices.ts'

/** More than fit into a car; each is looked up. */
const MOST_NAMES = 99
/** Enough to see that a name is not one person's alone. */
const MOST = 20

export interface NamedColleagues {
  /** Ids of people, in the order in which they were named. */
  ids: string[]
  /** Why somebody was not found, for the person who typed it; null where all were. */
  problem: string | null
}

/** Whom a field of the form names: by id where they were chosen from a list, by name or email address where they were typed. */
export async function namedColleagues(
  choices: Pick<FormChoices, 'searchPeople'>,
  typed: string,
): Promise<NamedColleagues> {
  const names = typed
    .split(/[,;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length > MOST_NAMES) return { ids: [], problem: `Please name ${MOST_NAMES} colleagues at most.` }
  const found = await Promise.all(names.map((name) => colleague(choices, name)))
  return {
    ids: found.flatMap((one) => ('id' in one ? one.id : [])),
    problem: found.flatMap((one) => ('problem' in one ? one.problem : [])).join(' ') || null,
  }
}

async function colleague(
  choices: Pick<FormChoices, 'searchPeople'>,
  name: string,
): Promise<{ id: string } | { problem: string }> {
  if (z.uuid().safeParse(name).success) return { id: name }
  const people = await choices.searchPeople(name, MOST)
  const said = name.toLowerCase()
  const exact = people.filter((person) => person.email === said || person.name.toLowerCase() === said)
  const [first, second] = exact.length > 0 ? exact : people
  if (!first) return { problem: `No colleague is called “${name}”.` }
  if (second) return { problem: `More than one colleague is called “${name}”: please use their email address.` }
  return { id: first.id }
}
