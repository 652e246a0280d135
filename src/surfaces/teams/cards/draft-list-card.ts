import { clipped } from '../../view-models/clipped.ts'
import { DISCARD_WORDS, type DraftEntry, type DraftList } from '../../view-models/draft-words.ts'
import type { AdaptiveCard, Element } from './adaptive-card.ts'
import { asking, execute, inList, row, type ShownList } from './booking-actions.ts'
import { pageElements } from './page-actions.ts'
import { card, fittingCard, heading, line, under } from './parts.ts'

export const DRAFTS = 'drafts.list'
export const DRAFT_CONTINUE = 'draft.continue'
export const DRAFT_DISCARD = 'draft.discard'

/** How much of a line about a draft is shown, in characters. */
const LINE = 300

/** A page of the forms that somebody put aside, newest first. */
export function draftListCard({ drafts, offset = 0, more }: DraftList): AdaptiveCard {
  const title = drafts.length === 0 ? 'You have no drafts' : 'Your drafts'
  const list: ShownList = { name: 'drafts', look: { offset, rows: drafts.map(({ draftId }) => draftId) } }
  return fittingCard(
    drafts.map((draft) => draftElement(draft, list)),
    (shown) => {
      const gone = drafts.slice(0, shown.length).filter(({ kept }) => kept === null).length
      return card(title, [
        heading(title),
        ...(drafts.length === 0 ? [line('“Save as draft” in the form puts it aside as it is, also half filled.')] : []),
        ...shown,
        ...pageElements('drafts', { offset, shown: shown.length, gone, more: drafts.length - shown.length + more }),
      ])
    },
  )
}

function draftElement({ draftId, text, kept }: DraftEntry, list: ShownList): Element {
  const look = { type: 'Container', separator: true } as const
  if (kept === null) return { ...look, items: [line(text, { isSubtle: true })] }
  const question = [line(DISCARD_WORDS.question, { weight: 'bolder' }), under(DISCARD_WORDS.what)]
  const plain = { associatedInputs: 'none' } as const
  const data = { draftId, ...inList(list) }
  const yes = execute(DRAFT_DISCARD, DISCARD_WORDS.yes, data, { style: 'destructive', ...plain })
  return {
    ...look,
    items: [
      line(clipped(text, LINE)),
      under(kept, { isSubtle: true }),
      row([execute(DRAFT_CONTINUE, 'Continue', { draftId }, plain), asking('Discard', question, yes)]),
    ],
  }
}
