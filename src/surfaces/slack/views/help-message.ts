import { GREETING, helpWords, notUnderstoodWords } from '../../view-models/help-words.ts'
import { escaped, sections } from '../mrkdwn.ts'
import type { SlackMessage } from './booking-card-message.ts'

/** What can be typed after the command, as people read it. */
const WORDS = helpWords({
  book: '/book-car',
  mine: '/book-car mine',
  drafts: '/book-car drafts',
  cars: '/book-car cars',
  approvals: '/book-car approvals',
  away: '/book-car away',
  help: '/book-car help',
})

/** All that can be typed. `notUnderstood`: the word in question, as typed. */
export function helpMessage(notUnderstood: string | null): SlackMessage {
  const sorry = notUnderstood === null ? [] : [`:warning: ${escaped(notUnderstoodWords(notUnderstood))}`]
  const lines = [...sorry, '*What you can type*', ...WORDS.map(({ words, what }) => `\`${words}\`: ${what}`)]
  return { text: sorry[0] ?? 'What you can type after /book-car', blocks: sections(lines.join('\n')) }
}

/** What can be typed in the conversation with Motorpool, where nothing stands before it. */
const ALONE = helpWords({
  book: 'book',
  mine: 'mine',
  drafts: 'drafts',
  cars: 'cars',
  approvals: 'approvals',
  away: 'away',
  help: 'help',
})

/** Answers somebody who writes to Motorpool in their conversation with it. */
export function greetingMessage(): SlackMessage {
  const lines = [GREETING, ...ALONE.map(({ words, what }) => `\`${words}\`: ${what}`)]
  return { text: GREETING, blocks: sections([...lines, 'In any other conversation, type `/book-car`.'].join('\n')) }
}
