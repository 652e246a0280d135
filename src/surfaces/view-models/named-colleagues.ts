import { z } from 'zod'
import type { FormChoices } from '../../core/booking/form-choices.ts'
import type { Person } from '../../core/people/person.ts'
import { nameKey } from '../../core/text/look-alike-key.ts'
import { separated } from './typed-names.ts'

/** More than fit into a car; each is looked up. */
const MOST_NAMES = 99
/** Enough to see that a name is not one person's alone. */
const MOST = 20
/** "Meier, Ute, Dr." has three. */
const MOST_PARTS = 3

type Choices = Pick<FormChoices, 'searchPeople'>
type Found = { id: string } | { problem: string }

export interface NamedColleagues {
  /** Ids of people, in the order in which they were named, each once. */
  ids: string[]
  /** Why somebody was not found, for the person who typed it; null where all were. */
  problem: string | null
}

/**
 * Finds the colleagues that a field of the form names: by id where they were chosen from a list, by name or email address where they
 * were typed. Semicolons, line ends and commas separate them; where the directory has somebody called "Meier, Ute", or Ute Meier,
 * that comma is part of the name.
 */
export async function namedColleagues(choices: Choices, typed: string): Promise<NamedColleagues> {
  const lists = separated(typed, /[;\n]/).map((list) => separated(list, ','))
  if (lists.flat().length > MOST_NAMES) return { ids: [], problem: `Please name ${MOST_NAMES} colleagues at most.` }
  const found = (await Promise.all(lists.map((parts) => colleaguesIn(choices, parts)))).flat()
  return {
    ids: [...new Set(found.flatMap((one) => ('id' in one ? one.id : [])))],
    problem: found.flatMap((one) => ('problem' in one ? one.problem : [])).join(' ') || null,
  }
}

/** Tries the longest name first at each place. */
async function colleaguesIn(choices: Choices, parts: string[]): Promise<Found[]> {
  const found: Found[] = []
  for (let at = 0; at < parts.length; ) {
    const { one, taken } = await colleagueAt(choices, parts.slice(at, at + MOST_PARTS))
    found.push(one)
    at += taken
  }
  return found
}

async function colleagueAt(choices: Choices, parts: string[]): Promise<{ one: Found; taken: number }> {
  for (let taken = parts.length; taken > 1; taken -= 1) {
    const some = parts.slice(0, taken)
    if (some.some((part) => part.includes('@') || isId(part))) continue
    const name = some.join(', ')
    const people = called(name, await choices.searchPeople(name, MOST))
    if (people.length > 0) return { one: only(name, people), taken }
  }
  return { one: await colleague(choices, parts[0] ?? ''), taken: 1 }
}

async function colleague(choices: Choices, name: string): Promise<Found> {
  if (isId(name)) return { id: name }
  const people = await choices.searchPeople(name, MOST)
  const exact = called(name, people)
  return only(name, exact.length > 0 ? exact : people)
}

function only(name: string, [first, second]: Person[]): Found {
  if (!first) return { problem: `No colleague is called “${name}”.` }
  if (second) return { problem: `More than one colleague is called “${name}”: please use their email address.` }
  return { id: first.id }
}

/** Returns the people with this address or name: "Meier, Ute" is Ute Meier, and the other way round. */
function called(name: string, people: Person[]): Person[] {
  const key = nameKey(name)
  return people.filter(
    (person) => person.email === key || keysOf(person.name).has(key) || keysOf(name).has(nameKey(person.name)),
  )
}

/** Returns the keys of a name as it stands and, where it has a comma, with its last name last. */
function keysOf(name: string): Set<string> {
  const [last, ...first] = separated(name, ',')
  return new Set([nameKey(name), nameKey([...first, last].join(' '))])
}

function isId(text: string): boolean {
  return z.uuid().safeParse(text).success
}
