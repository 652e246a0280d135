import { clipped } from '../../view-models/clipped.ts'
import { type ApprovalList, approvalsTitle, isCard, rowIdOf } from '../../view-models/lists.ts'
import type { DecidedEntry } from '../../view-models/trip-entry.ts'
import type { AdaptiveCard, Element } from './adaptive-card.ts'
import { cancelAction, decideActions, row, type ShownList } from './booking-actions.ts'
import { type Brevity, bookingBody, briefly } from './booking-card.ts'
import { pageElements } from './page-actions.ts'
import { card, fittingCard, heading, line, remarks } from './parts.ts'

const BRIEF: Brevity = { fact: 400, outcome: 400, details: 400 }
/** How much is shown of what was decided: a reminder, in characters. */
const LINE = 300

/** A page of what waits for somebody's decision, and what they decided. */
export function approvalListCard({
  waiting,
  offset = 0,
  more,
  decided,
  away,
}: ApprovalList & { away: string[] }): AdaptiveCard {
  const title = approvalsTitle(offset + waiting.filter(isCard).length + more)
  const list: ShownList = { name: 'approvals', look: { offset, rows: waiting.map(rowIdOf) } }
  return fittingCard(
    waiting.map((entry) => rowElement(entry, list)),
    (shown) => {
      const rows = waiting.slice(0, shown.length)
      const gone = rows.filter((entry) => !isCard(entry)).length
      return card(title, [
        heading(title),
        ...remarks(away),
        ...shown,
        ...pageElements('approvals', { offset, shown: shown.length, gone, more: waiting.length - shown.length + more }),
        ...decidedBody(decided, list),
      ])
    },
  )
}

function rowElement(entry: ApprovalList['waiting'][number], list: ShownList): Element {
  const look = { type: 'Container', separator: true, spacing: 'large' } as const
  if (!isCard(entry)) return { ...look, items: [line(clipped(`☑️ ${entry.text}`, LINE))] }
  const stepId = rowIdOf(entry)
  return { ...look, items: [...bookingBody(briefly(entry, BRIEF)), ...decideActions(stepId, list)] }
}

function decidedBody(decided: DecidedEntry[], list: ShownList): Element[] {
  if (decided.length === 0) return []
  return [
    { ...heading('Decided by you'), separator: true, spacing: 'large' },
    ...decided.flatMap(({ text, cancel }): Element[] => [
      line(clipped(text, LINE)),
      ...(cancel ? [row([cancelAction(cancel, list)])] : []),
    ]),
  ]
}
