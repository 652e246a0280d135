import { clipped } from '../../view-models/clipped.ts'
import { DISCARD_WORDS, type DraftEntry } from '../../view-models/draft-words.ts'
import type { AdaptiveCard, Element } from './adaptive-card.ts'
import { asking, execute, row } from './booking-actions.ts'
import { card, fittingCard, heading, line, under } from './parts.ts'

export const DRAFTS = 'drafts.list'
export const DRAFT_CONTINUE = 'draft.continue'
export const DRAFT_DISCARD = 'draft.discard'

/** How much of a line about a draft is shown, in characters. */
const LINE = 300

/** The forms that somebody put aside, newest first. */
export function draftListCard(drafts: DraftEntry[]): AdaptiveCard {
  const title = drafts.length === 0 ? 'You have no drafts' : 'Your drafts'
  return fittingCard(drafts.map(draftElement), (shown) => {
    const left = drafts.length - shown.length
    return card(title, [
      heading(title),
      ...(drafts.length === 0 ? [line('“Save as draft” in the form puts it aside as it is, also half filled.')] : []),
      ...shown,
      ...(left > 0 ? [line(`${left} more show once these are sent or discarded.`, { isSubtle: true })] : []),
    ])
  })
}

function draftElement({ draftId, text, kept }: DraftEntry): Element {
  const question = [line(DISCARD_WORDS.question, { weight: 'bolder' }), under(DISCARD_WORDS.what)]
  const plain = { associatedInputs: 'none' } as const
  const yes = execute(DRAFT_DISCARD, DISCARD_WORDS.yes, { draftId }, { style: 'destructive', ...plain })
  return {
    type: 'Container',
    separator: true,
    items: [
      line(clipped(text, LINE)),
      under(kept, { isSubtle: true }),
      row([execute(DRAFT_CONTINUE, 'Continue', { draftId }, plain), asking('Discard', question, yes)]),
    ],
  }
}
