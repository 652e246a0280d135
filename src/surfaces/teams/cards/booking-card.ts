import type { BookingCard } from '../../view-models/booking-card.ts'
import type { Outcome } from '../../view-models/card-outcomes.ts'
import { clipped } from '../../view-models/clipped.ts'
import type { AdaptiveCard, Element, TextLook } from './adaptive-card.ts'
import { decideActions, ownActions } from './booking-actions.ts'
import { bytesOf, LIMITS } from './limits.ts'
import { card, heading, line, warning } from './parts.ts'

/** The colour `good` is a light green in Teams, too light to be read on white. */
const MARK: Record<Outcome['mark'], { sign: string; look: TextLook }> = {
  good: { sign: '✅', look: {} },
  bad: { sign: '🚫', look: { color: 'attention' } },
  neutral: { sign: '⏩', look: {} },
}

/** A booking card: one glance first, buttons last; once decided, its outcome stands in their place. */
export function bookingCard(booking: BookingCard): AdaptiveCard {
  const whole = drawn(booking)
  return bytesOf(whole) <= LIMITS.card ? whole : drawn(briefly(booking, BRIEF))
}

/** What is left of a message whose card stands further down now. */
export function movedCard(words: string): AdaptiveCard {
  return card(words, [line(words, { isSubtle: true })])
}

/** What stands above the buttons. */
export function bookingBody(booking: BookingCard): Element[] {
  const { announcement = [], headline, part, changes, facts, details, remarks, outcomes, waiting } = booking
  return [
    ...announcement.map((text, index) => line(text, index === 0 ? { weight: 'bolder' } : {})),
    heading(headline),
    ...(part ? [line(part, { isSubtle: true })] : []),
    ...(changes ? changeElements(changes) : []),
    ...facts.map(factRow),
    ...(details ? [{ type: 'Container' as const, style: 'emphasis' as const, items: [line(details)] }] : []),
    ...remarks.map(warning),
    ...outcomes.map(({ mark, text }) => line(`${MARK[mark].sign} ${text}`, MARK[mark].look)),
    ...(waiting ? [line(`⏳ ${waiting}`, { isSubtle: true })] : []),
  ]
}

/** How much of each text is shown, in characters. */
export interface Brevity {
  fact: number
  outcome: number
  details: number
}

/** For where a card would be too large: what approvers have to read stays whole, a busload of names does not. */
const BRIEF: Brevity = { fact: 800, outcome: 1500, details: 3000 }

export function briefly(booking: BookingCard, most: Brevity): BookingCard {
  return {
    ...booking,
    details: clipped(booking.details, most.details),
    changes: booking.changes && {
      ...booking.changes,
      lines: booking.changes.lines.map(({ label, was, is }) => ({
        label,
        was: clipped(was, most.fact),
        is: clipped(is, most.fact),
      })),
    },
    facts: booking.facts.map(({ label, text }) => ({ label, text: clipped(text, most.fact) })),
    outcomes: booking.outcomes.map(({ mark, text }) => ({ mark, text: clipped(text, most.outcome) })),
  }
}

function drawn(booking: BookingCard): AdaptiveCard {
  const { announcement = [], headline, outcomes, action, bookingId } = booking
  const fallback = [...announcement.slice(0, 1), headline, ...outcomes.map(({ text }) => text)].join('. ')
  return card(fallback, [
    ...bookingBody(booking),
    ...(action?.kind === 'decide' ? decideActions(action.stepId) : []),
    ...(action?.kind === 'own' ? ownActions(action, { bookingId, about: null, requesterName: null }) : []),
  ])
}

/** Old beside new. */
function changeElements({ title, lines }: NonNullable<BookingCard['changes']>): Element[] {
  return [
    line(title, { weight: 'bolder' }),
    ...lines.map(({ label, was, is }, index) => factRow({ label, text: `${was} → ${is}` }, index)),
  ]
}

function factRow({ label, text }: BookingCard['facts'][number], index: number): Element {
  return {
    type: 'ColumnSet',
    spacing: index === 0 ? 'default' : 'small',
    columns: [
      { type: 'Column', width: '124px', items: [line(label, { isSubtle: true })] },
      { type: 'Column', width: 'stretch', items: [line(text)] },
    ],
  }
}
