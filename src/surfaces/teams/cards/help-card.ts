import { helpWords, notUnderstoodWords } from '../../view-models/help-words.ts'
import type { AdaptiveCard } from './adaptive-card.ts'
import { card, heading, run, warning } from './parts.ts'

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

/** All that can be typed. `notUnderstood`: what was, as typed. */
export function helpCard(notUnderstood: string | null): AdaptiveCard {
  const sorry = notUnderstood === null ? null : notUnderstoodWords(notUnderstood)
  return card(sorry ?? TITLE, [
    ...(sorry === null ? [] : [warning(sorry)]),
    heading(TITLE),
    ...WORDS.map(({ words, what }) => ({
      type: 'RichTextBlock' as const,
      spacing: 'small' as const,
      inlines: [...run(words, { weight: 'bolder' }), ...run(`: ${what}`)],
    })),
  ])
}
