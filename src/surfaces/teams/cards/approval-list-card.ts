import type { BookingCard } from '../../view-models/booking-card.ts'
import { clipped } from '../../view-models/clipped.ts'
import { type ApprovalList, approvalsTitle, laterWords } from '../../view-models/lists.ts'
import type { DecidedEntry } from '../../view-models/trip-entry.ts'
import type { AdaptiveCard, Element } from './adaptive-card.ts'
import { cancelAction, decideActions, row } from './booking-actions.ts'
import { type Brevity, bookingBody, briefly } from './booking-card.ts'
import { card, fittingCard, heading, line, remarks } from './parts.ts'

const BRIEF: Brevity = { fact: 400, outcome: 400, details: 400 }
/** How much is shown of what was decided: a reminder, in characters. */
const LINE = 300

/** What waits for somebody's decision, and what they decided. */
export function approvalListCard({ waiting, more, decided, away }: ApprovalList & { away: string[] }): AdaptiveCard {
  const title = approvalsTitle(waiting.length + more)
  return fittingCard(waiting.flatMap(requestEntry), (shown) => {
    const left = waiting.length - shown.length + more
    return card(title, [
      heading(title),
      ...remarks(away),
      ...shown,
      ...(left > 0 ? [line(laterWords(left), { isSubtle: true })] : []),
      ...decidedBody(decided),
    ])
  })
}

function requestEntry(booking: BookingCard): Element[] {
  if (booking.action?.kind !== 'decide') return []
  const { stepId } = booking.action
  return [
    {
      type: 'Container',
      separator: true,
      spacing: 'large',
      items: [...bookingBody(briefly(booking, BRIEF)), ...decideActions(stepId, 'approvals')],
    },
  ]
}

function decidedBody(decided: DecidedEntry[]): Element[] {
  if (decided.length === 0) return []
  return [
    { ...heading('Decided by you'), separator: true, spacing: 'large' },
    ...decided.flatMap(({ text, cancel }): Element[] => [
      line(clipped(text, LINE)),
      ...(cancel ? [row([cancelAction(cancel, 'approvals')])] : []),
    ]),
  ]
}
