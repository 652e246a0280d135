import { expect } from 'vitest'
import type { SeenActivity } from './bot-connector/chats.ts'
import type { TeamsUserOptions } from './bot-connector/people.ts'
import { buttonsOf, type Pressed, shownText, type TeamsPerson } from './bot-connector/teams-person.ts'
import { waitUntil } from './wait-until.ts'

/** People of the demo company as Teams knows them; none of them has the app yet. */
export const DEMO_IN_TEAMS: TeamsUserOptions[] = [
  { name: 'Anna Schmidt', email: 'anna.schmidt@example.com' },
  { name: 'Ben Koch', email: 'ben.koch@example.com' },
  { name: 'Mara Lindqvist', email: 'mara.lindqvist@example.com' },
  { name: 'Hanna Weber', email: 'hanna.weber@example.com' },
  { name: 'Helen Roth', email: 'helen.roth@example.com' },
  { name: 'Aydin Kaya', email: 'aydin.kaya@example.com' },
  { name: 'Sam Stranger', email: 'sam.stranger@example.com' },
]

/** A message as it stands now. */
export function nowShown(person: TeamsPerson, { id }: SeenActivity): SeenActivity {
  const found = person.sees().find((seen) => seen.id === id)
  if (!found) throw new Error(`message ${id} is gone`)
  return found
}

export function textNow(person: TeamsPerson, seen: SeenActivity): string {
  return shownText(nowShown(person, seen))
}

/** Waits until a message says this. */
export function waitUntilShown(person: TeamsPerson, seen: SeenActivity, wanted: RegExp): Promise<SeenActivity> {
  return waitUntil(
    () => [nowShown(person, seen)].find((now) => wanted.test(shownText(now))),
    () => `a message to say ${wanted}: ${textNow(person, seen)}`,
  )
}

/** How the answers to words begin; cards and notices may come in between. */
const ANSWER =
  /^(⚠️|Book a car|What you can type|Hi! Here is what I can do:|You have no (trips|drafts)|Your (next|drafts)|Away|\d+ requests? waits? for|Nothing waits|\d+ of \d+ cars)/

/** Writes, and gives what the bot answers with. */
export async function answerTo(person: TeamsPerson, words: string): Promise<SeenActivity> {
  const before = person.sees().length
  await person.says(words)
  const answer = person
    .sees()
    .slice(before)
    .find((seen) => ANSWER.test(shownText(seen)))
  if (!answer) throw new Error(`no answer to ${words}`)
  return answer
}

/** Asks for a car for the time that the form suggests, unless typed otherwise; gives what stands in the form's place. */
export async function requestInTeams(
  person: TeamsPerson,
  destination: string,
  typed: Record<string, string> = {},
): Promise<string> {
  const form = await answerTo(person, 'book')
  await person.presses(form, 'Request car', { destination, ...typed })
  return textNow(person, form)
}

/** The cards of somebody's that are about a trip to this place: a card has facts, a short message has none. */
export function teamsCardsAbout(person: TeamsPerson, destination: string): SeenActivity[] {
  return person.sees().filter((seen) => {
    const text = shownText(seen)
    return text.includes('Where and why') && text.includes(destination) && !text.includes('your decision')
  })
}

/** Such a card once it fits, waiting up to 8 s. */
export function teamsCardAbout(person: TeamsPerson, destination: string, wanted = /./): Promise<SeenActivity> {
  return waitUntil(
    () => teamsCardsAbout(person, destination).find((card) => wanted.test(shownText(card))),
    () => `a card about ${destination} that fits ${wanted} among:\n${person.sees().map(shownText).join('\n---\n')}`,
  )
}

/** Presses, and expects that the answer begins with this warning. */
export async function expectWarned(
  person: TeamsPerson,
  seen: SeenActivity,
  press: () => Promise<Pressed>,
  why: RegExp,
) {
  expect(await press()).toMatchObject({ status: 200 })
  const [first] = textNow(person, seen).split('\n')
  expect(first).toMatch(/^⚠️ /)
  expect(first).toMatch(why)
}

/** None but those that nobody needs any more: a card that can only be looked at. */
export function decidingButtons(seen: SeenActivity): string[] {
  return buttonsOf(seen).filter((title) => /^(Approve|Reject|Cancel)/.test(title))
}

/** A form that a button opens, which comes as a message of its own. */
export async function formBelow(person: TeamsPerson, seen: SeenActivity, button: string): Promise<SeenActivity> {
  const before = person.sees().length
  const answer = await person.presses(seen, button)
  const [form, another] = person
    .sees()
    .slice(before)
    .filter((one) => /^(⚠️[^\n]*\n)?(Book a car|Change (booking|request))/.test(shownText(one)))
  if (!form || another) throw new Error(`not one form behind ${button}: ${JSON.stringify(answer)}`)
  return form
}
