import { clipped, escaped, sections } from '../mrkdwn.ts'
import type { SlackMessage } from './booking-card-message.ts'

/** What can be typed after the command, as people read it. */
const WORDS: [string, string][] = [
  ['/book-car', 'opens the form to book a car'],
  ['/book-car mine', 'your next trips, and cancelling them'],
  ['/book-car cars', 'which cars are free now; `cars tomorrow`, `cars friday 9-12` or `cars 30 Nov` for another time'],
  ['/book-car approvals', 'what waits for your decision, and what you decided'],
  ['/book-car help', 'this list'],
]

/** Of a word that was not understood, this much is repeated. */
const REPEATED = 60

/** All that can be typed. `notUnderstood`: the word in question, as typed. */
export function helpMessage(notUnderstood: string | null): SlackMessage {
  const sorry =
    notUnderstood === null ? [] : [`:warning: I did not understand “${escaped(clipped(notUnderstood, REPEATED))}”.`]
  const lines = [...sorry, '*What you can type*', ...WORDS.map(([words, what]) => `\`${words}\`: ${what}`)]
  return { text: sorry[0] ?? 'What you can type after /book-car', blocks: sections(lines.join('\n')) }
}
