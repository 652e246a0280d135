import { type Activity, CardFactory } from 'botbuilder'
import type { AdaptiveCard } from './cards/adaptive-card.ts'

/** A message that is a card. `summary` is what its notification says, where a card alone would be "sent a card". */
export function messageWith(card: AdaptiveCard): Partial<Activity> {
  return { type: 'message', summary: card.fallbackText, attachments: [CardFactory.adaptiveCard(card)] }
}
