import type { KnownBlock } from '@slack/types'
import type { BookingCard } from '../../view-models/booking-card.ts'
import { type ApprovalList, approvalsTitle, laterWords } from '../../view-models/lists.ts'
import type { DecidedEntry } from '../../view-models/trip-entry.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, mrkdwn, sections } from '../mrkdwn.ts'
import { cancelButton, decideButtons } from './booking-buttons.ts'
import { briefly, changeLines, type SlackMessage } from './booking-card-message.ts'
import { fittingEntries } from './fitting-blocks.ts'
import { listBlockId, outcomeLines } from './list-blocks.ts'

/** What waits for somebody's decision, and what they decided. `notice`: why a press in the list did not count. */
export function approvalListMessage({ waiting, more, decided }: ApprovalList, notice: string | null): SlackMessage {
  const title = approvalsTitle(waiting.length + more)
  const entries = waiting.map(requestBlocks)
  const reminder = decidedBlocks(decided)
  const beside = fittingEntries(entries, reminder)
  // Texts at their longest leave room for one of the two: what waits.
  const crowded = beside.left > 0 && beside.blocks.length === 0
  const { blocks, left } = crowded ? fittingEntries(entries) : beside
  const before = crowded ? [] : reminder
  const later = left + more
  return {
    text: notice === null ? title : escaped(notice),
    blocks: [
      ...(notice === null ? [] : sections(`:warning: ${escaped(notice)}`)),
      ...sections(`*${title}*`),
      ...blocks,
      ...(later > 0 ? sections(laterWords(later)) : []),
      ...before,
    ],
  }
}

/** What was decided is a reminder; names at their longest must not crowd out what waits. Characters. */
const DECIDED_MOST = { all: 1500, one: 300 }

/** A line each, except where one of them has a button. */
function decidedBlocks(decided: DecidedEntry[]): KnownBlock[] {
  const title = '*Decided by you*'
  const lines = decided.map(({ text }) => `• ${escaped(text)}`)
  if (lines.length === 0) return []
  if (decided.every(({ cancel }) => cancel === null)) {
    return sections(clippedMrkdwn([title, ...lines].join('\n'), DECIDED_MOST.all))
  }
  const entries = decided.map(({ bookingId, text, cancel }): KnownBlock => {
    const shown = mrkdwn(clippedMrkdwn(escaped(text), DECIDED_MOST.one))
    const button = cancel && { accessory: cancelButton(bookingId) }
    return { type: 'section', block_id: listBlockId('approvals', bookingId), text: shown, ...button }
  })
  return [...sections(title), ...entries]
}

function requestBlocks(card: BookingCard): KnownBlock[] {
  if (card.action?.kind !== 'decide') return []
  const { stepId } = card.action
  const { headline, part, changes, facts, details, remarks, outcomes, waiting } = briefly(card)
  const lines = [
    `*${escaped(headline)}*`,
    ...(part ? [escaped(part)] : []),
    ...(changes ? changeLines(changes) : []),
    ...facts.map(({ label, text }) => `${escaped(label)}: ${escaped(text)}`),
    ...(details ? [`“${escaped(details)}”`] : []),
    ...remarks.map((remark) => `:warning: ${escaped(remark)}`),
    ...outcomeLines(outcomes),
    ...(waiting ? [`:hourglass_flowing_sand: ${escaped(waiting)}`] : []),
  ]
  return [
    { type: 'section', text: mrkdwn(clippedMrkdwn(lines.join('\n'), LIMITS.sectionText)) },
    { type: 'actions', block_id: listBlockId('approvals', stepId), elements: decideButtons(stepId) },
  ]
}
