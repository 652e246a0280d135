import type { Booking } from '../../core/booking/booking.ts'
import type {
  DueBookingCard,
  DueDelivery,
  DueHome,
  ReachableAccount,
  Recipient,
  SendOutcome,
} from '../../core/notification/delivery.ts'
import { movedWords } from '../view-models/announcement-words.ts'
import { type BookingCard, cardFor } from '../view-models/booking-card.ts'
import { digestOf } from '../view-models/digest-of.ts'
import type { Home } from '../view-models/home.ts'
import { noticeWords } from '../view-models/notice-words.ts'
import { callAsText } from './call-as-text.ts'
import { type ConversationDeps, createConversations } from './conversations.ts'
import { calling, codeOf, outcomeOf, Undeliverable } from './outcome-of.ts'
import { findPosted, isIn, post, update } from './posts.ts'
import { bookingCardMessage, briefly, movedMessage, type SlackMessage } from './views/booking-card-message.ts'
import { homeView } from './views/home-view.ts'
import { noticeMessage } from './views/notice-message.ts'

export interface SlackSenderDeps extends ConversationDeps {
  now(): Date
  /** What a Home shows now; null for somebody who is gone. */
  readHome(home: DueHome): Promise<Home | null>
  /** Closes the Home of an account that lost its way in. */
  closeIfOut(account: ReachableAccount): Promise<void>
}

/**
 * Blocks of some 13,000 characters in all, a limit that no page of Slack's states, or a text that is too long.
 * https://github.com/slackapi/bolt-js/issues/2509
 */
const TOO_LONG: ReadonlySet<string> = new Set(['msg_blocks_too_long', 'msg_too_long'])

/** Brings notices and cards to people's conversations with the app. Nothing here throws: an outcome says what happened. */
export function createSlackSender({ client, now, readHome, closeIfOut, ...deps }: SlackSenderDeps) {
  const conversations = createConversations({ client, ...deps })

  /** Posts once: what an earlier attempt may have left is looked for first. */
  function postOnce(recipient: Recipient, key: string, triedSince: Date | null, message: SlackMessage) {
    return conversations.writeTo(recipient, async (channel) => {
      const earlier = triedSince && (await findPosted(client, channel, key, triedSince))
      return earlier
        ? { id: earlier, isEarlier: true }
        : { id: await post(client, channel, key, message), isEarlier: false }
    })
  }

  /**
   * Returns the card as it may be drawn for somebody whose account is not known: their account may have lost its way in, and what
   * stands in its conversation is left as it is. Throws where they have no other.
   */
  function asReachable(card: DueBookingCard): Promise<DueBookingCard> | DueBookingCard {
    const stands = card.externalId !== null || card.leftExternalId !== null
    if (card.recipient.account || !stands) return card
    return conversations.writeTo(card.recipient, async (channel) => {
      const theirs = (id: string | null) => (id !== null && isIn(channel, id) ? id : null)
      return { ...card, externalId: theirs(card.externalId), leftExternalId: theirs(card.leftExternalId) }
    })
  }

  async function show(card: DueBookingCard, message: SlackMessage, canEdit = true): Promise<string> {
    if (canEdit && card.externalId && (await update(client, card.externalId, message))) return card.externalId
    // A key of its own where the message cannot be edited: the old one is not found again.
    return postAs(card.externalId ? `${card.id}:${card.externalId}` : card.id, card, message)
  }

  async function postAs(key: string, card: DueBookingCard, message: SlackMessage): Promise<string> {
    const posted = await postOnce(card.recipient, key, card.triedSince, message)
    if (posted.isEarlier) await update(client, posted.id, message)
    return posted.id
  }

  /** Shows the whole card; briefly where Slack takes no more; and in a new message where it takes even that in no edit. */
  async function showAsMuchAsFits(card: DueBookingCard, whole: SlackMessage, brief: SlackMessage): Promise<string> {
    const attempts = [() => show(card, whole), () => show(card, brief)]
    for (const attempt of attempts) {
      try {
        return await attempt()
      } catch (error) {
        if (!TOO_LONG.has(codeOf(error) ?? '')) throw error
      }
    }
    return show(card, brief, false)
  }

  async function postBriefly(key: string, card: DueBookingCard, shown: BookingCard): Promise<string> {
    try {
      return await postAs(key, card, bookingCardMessage(shown))
    } catch (error) {
      if (!TOO_LONG.has(codeOf(error) ?? '')) throw error
      return postAs(key, card, bookingCardMessage(briefly(shown)))
    }
  }

  return {
    channel: 'slack' as const,
    platform: 'slack' as const,

    deliver: (delivery: DueDelivery): Promise<SendOutcome> =>
      outcomeOf(async () => {
        const { kind, facts, recipient, createdAt, isRequester } = delivery
        const words = noticeWords(kind, facts, recipient.zone, createdAt, { isRequester })
        const { id } = await postOnce(recipient, delivery.id, delivery.triedSince, noticeMessage(words))
        return { externalId: id }
      }),

    /** Only those who opened it have a Home, so the account is known; one that is gone needs no picture. */
    drawHome: (due: DueHome): Promise<SendOutcome> =>
      outcomeOf(async () => {
        const { account } = due.recipient
        const home = account && (await readHome(due))
        if (!home) throw new Undeliverable('nobody to show a Home to')
        const shown = { user_id: account.userId, view: homeView(home) }
        const digest = digestOf(shown)
        if (digest !== due.drawnDigest) {
          await calling('homes', () => callAsText(client, 'views.publish', shown))
          await closeIfOut(account)
        }
        return { externalId: null, digest }
      }),

    draw: (due: DueBookingCard, booking: Booking): Promise<SendOutcome> =>
      outcomeOf(async () => {
        const card = await asReachable(due)
        const shown = cardFor(card, booking, now())
        const message = bookingCardMessage(shown)
        const digest = digestOf(message)
        if (card.leftExternalId) await update(client, card.leftExternalId, movedMessage(movedWords(booking)))
        if (shown.announcement && card.announcement && !card.isAnnounced) {
          const key = `${card.id}:${card.announcement.id}`
          return { externalId: await postBriefly(key, card, shown), digest, leftExternalId: card.externalId }
        }
        // Slack is not asked to show what it shows already.
        if (card.externalId && digest === card.drawnDigest) return { externalId: card.externalId, digest }
        return { externalId: await showAsMuchAsFits(card, message, bookingCardMessage(briefly(shown))), digest }
      }),
  }
}
