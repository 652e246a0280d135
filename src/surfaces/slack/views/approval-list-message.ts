import type { KnownBlock } from '@slack/types'
import type { BookingCard } from '../../view-models/booking-card.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, mrkdwn, sections } from '../mrkdwn.ts'
import { briefly, decideButtons, type SlackMessage } from './booking-card-message.ts'
import { fittingEntries } from './fitting-blocks.ts'
import { listBlockId } from './list-blocks.ts'

export interface ApprovalList {
  /** Cards that the reader may decide, the most urgent first. */
  waiting: BookingCard[]
  /** What they decided before, a line each. */
  decided: string[]
}

/** What waits for somebody's decision, and what they decided. `notice`: why a press in the list did not count. */
export function approvalListMessage({ waiting, decided }: ApprovalList, notice: string | null): SlackMessage {
  const title = titleOf(waiting.length)
  const { blocks, left } = fittingEntries(waiting.map(requestBlocks))
  const before = decided.map((line) => `• ${escaped(line)}`)
  return {
    text: notice === null ? title : escaped(notice),
    blocks: [
      ...(notice === null ? [] : sections(`:warning: ${escaped(notice)}`)),
      ...sections(`*${title}*`),
      ...blocks,
      ...(left > 0 ? sections(`${left} more are shown once you have answered these.`) : []),
      ...(before.length > 0 ? sections(clippedMrkdwn(`*Decided by you*\n${before.join('\n')}`, DECIDED_MOST)) : []),
    ],
  }
}

/** What was decided is a reminder; names at their longest must not crowd out what waits. */
const DECIDED_MOST = 1500

function titleOf(waiting: number): string {
  if (waiting === 0) return 'Nothing waits for your decision'
  return waiting === 1 ? '1 request waits for your decision' : `${waiting} requests wait for your decision`
}

function requestBlocks(card: BookingCard): KnownBlock[] {
  if (card.action?.kind !== 'decide') return []
  const { stepId } = card.action
  const { headline, facts, details, remarks, waiting } = briefly(card)
  const lines = [
    `*${escaped(headline)}*`,
    ...facts.map(({ label, text }) => `${escaped(label)}: ${escaped(text)}`),
    ...(details ? [`“${escaped(details)}”`] : []),
    ...remarks.map((remark) => `:warning: ${escaped(remark)}`),
    ...(waiting ? [`:hourglass_flowing_sand: ${escaped(waiting)}`] : []),
  ]
  return [
    { type: 'section', text: mrkdwn(clippedMrkdwn(lines.join('\n'), LIMITS.sectionText)) },
    { type: 'actions', block_id: listBlockId('approvals', stepId), elements: decideButtons(stepId) },
  ]
}
