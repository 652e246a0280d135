import type { Button, KnownBlock } from '@slack/types'
import type { BookingCard } from '../../view-models/booking-card.ts'
import { CANCEL_WORDS, type CancelChoice, cancelConsequences } from '../../view-models/cancel-choice.ts'
import { clipped } from '../../view-models/clipped.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, mrkdwn, plain, quotedSections, sections } from '../mrkdwn.ts'
import { outcomeLines } from './list-blocks.ts'

export const APPROVE = 'booking_approve'
export const APPROVE_WITH_COMMENT = 'booking_approve_with_comment'
export const REJECT = 'booking_reject'
export const CANCEL = 'booking_cancel'

export interface SlackMessage {
  /** Shown in notifications and where blocks cannot be drawn. */
  text: string
  blocks: KnownBlock[]
}

/** How much of each text a brief card shows, in characters. */
const BRIEF = 400

/** A booking card as a Slack message: one glance first, buttons last; once decided, its outcome stands in their place. */
export function bookingCardMessage(card: BookingCard): SlackMessage {
  const outcomes = outcomeLines(card.outcomes)
  return {
    text: clippedMrkdwn(
      escaped([card.headline, ...card.outcomes.map((outcome) => outcome.text)].join('. ')),
      LIMITS.messageText,
    ),
    blocks: [
      ...sections(`*${escaped(card.headline)}*`),
      ...factBlocks(card),
      ...(card.details ? quotedSections(card.details) : []),
      ...(card.remarks.length > 0 ? [context(card.remarks.map((remark) => `:warning: ${escaped(remark)}`))] : []),
      ...outcomes.flatMap(sections),
      ...(card.waiting ? [context([`:hourglass_flowing_sand: ${escaped(card.waiting)}`])] : []),
      ...buttons(card),
    ],
  }
}

/** The same card for where Slack takes no more: the mail has it whole. */
export function briefly(card: BookingCard): BookingCard {
  const brief = (text: string) => clipped(text, BRIEF)
  return {
    ...card,
    details: brief(card.details),
    facts: card.facts.map(({ label, text }) => ({ label, text: brief(text) })),
    outcomes: card.outcomes.map(({ mark, text }) => ({ mark, text: brief(text) })),
  }
}

/** Side by side; what is too long for that (a busload of travellers) has the whole width. */
function factBlocks({ facts }: BookingCard): KnownBlock[] {
  const texts = facts.map(({ label, text }) => `*${escaped(label)}*\n${escaped(text)}`)
  const fields = texts.filter((text) => text.length <= LIMITS.fieldText)
  const long = texts.filter((text) => text.length > LIMITS.fieldText)
  return [
    ...(fields.length > 0 ? [{ type: 'section' as const, fields: fields.map(mrkdwn) }] : []),
    ...long.flatMap(sections),
  ]
}

function buttons({ action, bookingId }: BookingCard): KnownBlock[] {
  if (!action) return []
  return [
    {
      type: 'actions',
      elements:
        action.kind === 'decide'
          ? decideButtons(action.stepId)
          : [cancelButton({ bookingId, about: null, requesterName: null })],
    },
  ]
}

/** The likely one first; each names the step it answers. */
export function decideButtons(stepId: string): Button[] {
  return [
    { type: 'button', action_id: APPROVE, style: 'primary', text: plain('Approve'), value: stepId },
    { type: 'button', action_id: REJECT, style: 'danger', text: plain('Reject'), value: stepId },
    { type: 'button', action_id: APPROVE_WITH_COMMENT, text: plain('Approve with a comment'), value: stepId },
  ]
}

export function cancelButton(choice: CancelChoice): Button {
  return {
    type: 'button',
    action_id: CANCEL,
    text: plain('Cancel'),
    value: choice.bookingId,
    confirm: {
      title: plain(CANCEL_WORDS.question),
      text: plain(cancelConsequences(choice)),
      confirm: plain(CANCEL_WORDS.yes),
      deny: plain('Keep it'),
      style: 'danger',
    },
  }
}

function context(lines: string[]): KnownBlock {
  return { type: 'context', elements: lines.map((line) => mrkdwn(clippedMrkdwn(line, LIMITS.sectionText))) }
}
