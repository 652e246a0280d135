import type { KnownBlock } from '@slack/types'
import type { BookingCard } from '../../view-models/booking-card.ts'
import { clipped } from '../../view-models/clipped.ts'
import { changeLine } from '../../view-models/trip-changes.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, mrkdwn, quotedSections, sections } from '../mrkdwn.ts'
import { decideButtons, ownButtons } from './booking-buttons.ts'
import { outcomeLines } from './list-blocks.ts'

export interface SlackMessage {
  /** Shown in notifications and where blocks cannot be drawn. */
  text: string
  blocks: KnownBlock[]
}

/** How much of each text a brief card shows, in characters. */
const BRIEF = 400
/** What stands twice, old beside new. */
const BRIEF_CHANGE = 150

/** A booking card as a Slack message: one glance first, buttons last; once decided, its outcome stands in their place. */
export function bookingCardMessage(card: BookingCard): SlackMessage {
  const outcomes = outcomeLines(card.outcomes)
  return {
    text: clippedMrkdwn(
      escaped(
        [...(card.announcement ?? []).slice(0, 1), card.headline, ...card.outcomes.map((outcome) => outcome.text)].join(
          '. ',
        ),
      ),
      LIMITS.messageText,
    ),
    blocks: [
      ...(card.announcement ? announcementBlocks(card.announcement) : []),
      ...sections(`*${escaped(card.headline)}*`),
      ...(card.part ? [context([escaped(card.part)])] : []),
      ...(card.changes ? sections(changeLines(card.changes).join('\n')) : []),
      ...factBlocks(card),
      ...(card.details ? quotedSections(card.details) : []),
      ...(card.remarks.length > 0 ? [context(card.remarks.map((remark) => `:warning: ${escaped(remark)}`))] : []),
      ...outcomes.flatMap(sections),
      ...(card.waiting ? [context([`:hourglass_flowing_sand: ${escaped(card.waiting)}`])] : []),
      ...buttons(card),
    ],
  }
}

/** What is left of a message whose card stands further down now. */
export function movedMessage(words: string): SlackMessage {
  return { text: escaped(words), blocks: [context([escaped(words)])] }
}

function announcementBlocks([first = '', ...more]: string[]): KnownBlock[] {
  return sections([`*${escaped(first)}*`, ...more.map(escaped)].join('\n'))
}

/** The same card for where Slack takes no more: the mail has it whole. */
export function briefly(card: BookingCard): BookingCard {
  const brief = (text: string) => clipped(text, BRIEF)
  return {
    ...card,
    details: brief(card.details),
    changes: card.changes && {
      ...card.changes,
      lines: card.changes.lines.map(({ label, was, is }) => ({
        label,
        was: clipped(was, BRIEF_CHANGE),
        is: clipped(is, BRIEF_CHANGE),
      })),
    },
    facts: card.facts.map(({ label, text }) => ({ label, text: brief(text) })),
    outcomes: card.outcomes.map(({ mark, text }) => ({ mark, text: brief(text) })),
  }
}

/** Old beside new. */
export function changeLines({ title, lines }: NonNullable<BookingCard['changes']>): string[] {
  return [`*${escaped(title)}*`, ...lines.map((line) => `• ${escaped(changeLine(line))}`)]
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
      elements: action.kind === 'decide' ? decideButtons(action.stepId) : ownButtons(bookingId, action),
    },
  ]
}

function context(lines: string[]): KnownBlock {
  return { type: 'context', elements: lines.map((line) => mrkdwn(clippedMrkdwn(line, LIMITS.sectionText))) }
}
