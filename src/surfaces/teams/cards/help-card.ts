import { GREETING, helpWords } from '../../view-models/help-words.ts'
import type { AdaptiveCard } from './adaptive-card.ts'
import { card, heading, run } from './parts.ts'

const TITLE = 'What you can type'

const WORDS = helpWords({
  book: 'book',
  mine: 'my bookings',
  drafts: 'drafts',
  cars: 'cars',
  approvals: 'approvals',
  away: 'away',
  help: 'help',
})

/** Answers somebody who asks for help. */
export function helpCard(): AdaptiveCard {
  return commandsCard(TITLE)
}

/** Answers somebody who writes something else. */
export function greetingCard(): AdaptiveCard {
  return commandsCard(GREETING)
}

function commandsCard(title: string): AdaptiveCard {
  return card(title, [
    heading(title),
    ...WORDS.map(({ words, what }) => ({
      type: 'RichTextBlock' as const,
      spacing: 'small' as const,
      inlines: [...run(words, { weight: 'bolder' }), ...run(`: ${what}`)],
    })),
  ])
}
