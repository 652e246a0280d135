import { clipped } from './clipped.ts'

type Topic = 'book' | 'mine' | 'cars' | 'approvals' | 'help'

/** What each word gives, in the order in which people read it. */
const WHAT: Record<Topic, string> = {
  book: 'opens the form to book a car',
  mine: 'your next trips, and cancelling them',
  cars: 'which cars are free now; “cars tomorrow”, “cars friday 9-12” or “cars 30 Nov” for another time',
  approvals: 'what waits for your decision, and what you decided',
  help: 'this list',
}

/** All that can be typed; `typed` says how each platform has it. */
export function helpWords(typed: Record<Topic, string>): { words: string; what: string }[] {
  return Object.entries(WHAT).map(([topic, what]) => ({ words: typed[topic as Topic], what }))
}

/** Of a word that was not understood, this much is repeated. */
const REPEATED = 60

export function notUnderstoodWords(typed: string): string {
  return `I did not understand “${clipped(typed, REPEATED)}”.`
}
