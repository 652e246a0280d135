import type { KnownBlock } from '@slack/types'
import type { BookingCard } from '../../view-models/booking-card.ts'
import type { ListLook } from '../../view-models/list-look.ts'
import { type ApprovalList, approvalsTitle, isCard, rowIdOf } from '../../view-models/lists.ts'
import type { DecidedEntry } from '../../view-models/trip-entry.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, mrkdwn, sections } from '../mrkdwn.ts'
import { cancelButton, decideButtons } from './booking-buttons.ts'
import { briefly, changeLines, type SlackMessage } from './booking-card-message.ts'
import { fittingEntries } from './fitting-blocks.ts'
import { doneLine, listBlockId, outcomeLines } from './list-blocks.ts'
import { pageBlocks } from './page-buttons.ts'

/** A page of what waits for somebody's decision, and what they decided. `notice`: why a press in the list did not count. */
export function approvalListMessage(
  { waiting, offset = 0, more, decided }: ApprovalList,
  notice: string | null,
): SlackMessage {
  const title = approvalsTitle(offset + waiting.filter(isCard).length + more)
  const lookAt = (rows: ApprovalList['waiting']): ListLook => ({ offset, rows: rows.map(rowIdOf) })
  const draw = (rows: ApprovalList['waiting']) => rows.map((row) => rowBlocks(row, lookAt(rows)))
  const beside = fittingEntries(draw(waiting), decidedBlocks(decided, lookAt(waiting)))
  // Texts at their longest leave room for one of the two: what waits.
  const crowded = beside.left > 0 && beside.blocks.length === 0
  const { left } = crowded ? fittingEntries(draw(waiting)) : beside
  const shown = waiting.slice(0, waiting.length - left)
  const gone = shown.filter((row) => !isCard(row)).length
  return {
    text: notice === null ? title : escaped(notice),
    blocks: [
      ...(notice === null ? [] : sections(`:warning: ${escaped(notice)}`)),
      ...sections(`*${title}*`),
      ...draw(shown).flat(),
      ...pageBlocks('approvals', { offset, shown: shown.length, gone, more: left + more }),
      ...(crowded ? [] : decidedBlocks(decided, lookAt(shown))),
    ],
  }
}

function rowBlocks(row: ApprovalList['waiting'][number], look: ListLook): KnownBlock[] {
  return isCard(row) ? requestBlocks(row, look) : sections(clippedMrkdwn(doneLine(row.text), DECIDED_MOST.one))
}

/** What was decided is a reminder; names at their longest must not crowd out what waits. Characters. */
const DECIDED_MOST = { all: 1500, one: 300 }

/** A line each, except where one of them has a button. */
function decidedBlocks(decided: DecidedEntry[], look: ListLook): KnownBlock[] {
  const title = '*Decided by you*'
  const lines = decided.map(({ text }) => `• ${escaped(text)}`)
  if (lines.length === 0) return []
  if (decided.every(({ cancel }) => cancel === null)) {
    return sections(clippedMrkdwn([title, ...lines].join('\n'), DECIDED_MOST.all))
  }
  const entries = decided.map(({ bookingId, text, cancel }): KnownBlock => {
    const shown = mrkdwn(clippedMrkdwn(escaped(text), DECIDED_MOST.one))
    const button = cancel && { accessory: cancelButton(bookingId) }
    return { type: 'section', block_id: listBlockId('approvals', bookingId, look), text: shown, ...button }
  })
  return [...sections(title), ...entries]
}

function requestBlocks(card: BookingCard, look: ListLook): KnownBlock[] {
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
    { type: 'actions', block_id: listBlockId('approvals', stepId, look), elements: decideButtons(stepId) },
  ]
}
