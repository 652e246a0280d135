import { clipped } from './clipped.ts'
import type { Command } from './command-words.ts'

/** What each word gives, in the order in which people read it. */
const WHAT: Record<Command, string> = {
  book: 'opens the form to book a car',
  mine: 'your next trips, to change or cancel them',
  drafts: 'the forms you put aside, to go on with or to discard',
  cars: 'which cars are free now; “cars tomorrow”, “cars friday 9-12” or “cars 30 Nov” for another time',
  approvals: 'what waits for your decision, and what you decided',
  away: 'says that you are away, and who answers for you meanwhile',
  help: 'this list',
}

/** All that can be typed; `typed` says how each platform has it. */
export function helpWords(typed: Record<Command, string>) {
  return (Object.keys(WHAT) as Command[]).map((command) => ({ words: typed[command], what: WHAT[command] }))
}

/** Begins the answer to somebody who writes something else. */
export const GREETING = 'Hi! Here is what I can do:'

/** Of a word that was not understood, this much is repeated. */
const REPEATED = 60

export function notUnderstoodWords(typed: string): string {
  return `I did not understand “${clipped(typed, REPEATED)}”.`
}
