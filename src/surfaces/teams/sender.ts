import type { Booking } from '../../core/booking/booking.ts'
import type { DueBookingCard, DueDelivery, DueHome, Recipient, SendOutcome } from '../../core/notification/delivery.ts'
import { movedWords } from '../view-models/announcement-words.ts'
import { cardFor } from '../view-models/booking-card.ts'
import { digestOf } from '../view-models/digest-of.ts'
import { noticeWords } from '../view-models/notice-words.ts'
import type { TeamsAdapter } from './adapter.ts'
import type { AdaptiveCard } from './cards/adaptive-card.ts'
import { bookingCard, movedCard } from './cards/booking-card.ts'
import { noticeCard } from './cards/notice-card.ts'
import { Conversation } from './conversation.ts'
import { messageWith } from './message-with.ts'
import { cannotBeChanged, outcomeOf, Undeliverable } from './outcome-of.ts'

export interface TeamsSenderDeps {
  adapter: Pick<TeamsAdapter, 'post' | 'update'>
  now(): Date
}

/**
 * Brings notices and cards to people's chats with the bot. Nothing here throws: an outcome says what happened. Teams cannot be
 * asked what arrived, so an attempt after a lost answer posts again.
 */
export function createTeamsSender({ adapter, now }: TeamsSenderDeps) {
  async function post(conversation: Conversation, card: AdaptiveCard): Promise<string> {
    return externalId(conversation.conversationId, await adapter.post(conversation, messageWith(card)))
  }

  /** Returns false where this message cannot be changed any more. */
  async function update(conversation: Conversation, id: string, card: AdaptiveCard): Promise<boolean> {
    const { conversationId, activityId } = placeOf(id)
    try {
      await adapter.update({ ...conversation, conversationId }, activityId, messageWith(card))
      return true
    } catch (error) {
      if (cannotBeChanged(error)) return false
      throw error
    }
  }

  return {
    channel: 'teams' as const,
    platform: 'teams' as const,

    deliver: ({ kind, facts, recipient, createdAt, isRequester }: DueDelivery): Promise<SendOutcome> =>
      outcomeOf(async () => {
        const words = noticeWords(kind, facts, recipient.zone, createdAt, { isRequester })
        return { externalId: await post(conversationWith(recipient), noticeCard(words)) }
      }, now),

    draw: (due: DueBookingCard, booking: Booking): Promise<SendOutcome> =>
      outcomeOf(async () => {
        const conversation = conversationWith(due.recipient)
        const shown = cardFor(due, booking, now())
        const card = bookingCard(shown)
        const digest = digestOf(card)
        if (due.leftExternalId) await update(conversation, due.leftExternalId, movedCard(movedWords(booking)))
        if (shown.announcement && !due.isAnnounced) {
          return { externalId: await post(conversation, card), digest, leftExternalId: due.externalId }
        }
        if (due.externalId && (digest === due.drawnDigest || (await update(conversation, due.externalId, card)))) {
          return { externalId: due.externalId, digest }
        }
        return { externalId: await post(conversation, card), digest }
      }, now),

    /** Only Slack has one: nothing makes a Home due here. */
    drawHome: async (_home: DueHome): Promise<SendOutcome> => ({ kind: 'refused', error: 'there is no Home in Teams' }),
  }
}

/** A bot cannot open a chat by email: it is known from the moment somebody adds the app. */
function conversationWith({ account }: Recipient): Conversation {
  const known = Conversation.safeParse(account?.conversation)
  if (!known.success) throw new Undeliverable('has not added Motorpool in Teams yet')
  return known.data
}

/** A message's place in Teams, as the store keeps it. */
export function externalId(conversationId: string, activityId: string): string {
  return `${conversationId}|${activityId}`
}

function placeOf(id: string): { conversationId: string; activityId: string } {
  const end = id.lastIndexOf('|')
  return { conversationId: id.slice(0, end), activityId: id.slice(end + 1) }
}
