import { clipped } from '../../view-models/clipped.ts'
import type { AdaptiveCard } from './adaptive-card.ts'
import { LIMITS } from './limits.ts'
import { card, heading, line, warning } from './parts.ts'

/** Says one thing, with nothing to press. All plain text. */
export function wordsCard(title: string | null, text: string, mark: 'warning' | 'none'): AdaptiveCard {
  return card(title === null ? text : `${title}. ${text}`, [
    ...(title === null ? [] : [heading(title)]),
    mark === 'warning' ? warning(text) : line(text),
  ])
}

const NOTICE = 'notice'

/** The same card with one line on top, the newest, for what is about no part of it. */
export function withNotice(shown: AdaptiveCard, text: string): AdaptiveCard {
  const notice = { ...warning(clipped(text, LIMITS.notice)), id: NOTICE }
  return {
    ...shown,
    fallbackText: clipped(text, LIMITS.fallbackText),
    body: [notice, ...shown.body.filter(({ id }) => id !== NOTICE)],
  }
}
