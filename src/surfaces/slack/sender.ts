import { ErrorCode, type WebAPICallError, type WebClient } from '@slack/web-api'
import type { Booking } from '../../core/booking/booking.ts'
import type { DueBookingCard, DueDelivery, DueHome, Recipient, SendOutcome } from '../../core/notification/delivery.ts'
import type { Directory } from '../../core/people/identify-person.ts'
import { cardFor } from '../view-models/booking-card.ts'
import type { Home } from '../view-models/home.ts'
import { noticeWords } from '../view-models/notice-words.ts'
import { platformError } from './platform-error.ts'
import type { SlackProfiles } from './profiles.ts'
import { bookingCardMessage, briefly, type SlackMessage } from './views/booking-card-message.ts'
import { homeView } from './views/home-view.ts'
import { noticeMessage } from './views/notice-message.ts'

export interface SlackSenderDeps {
  client: WebClient
  profiles: SlackProfiles
  directory: Pick<Directory, 'linkAccount'>
  now(): Date
  /** What a Home shows now; null for somebody who is gone. */
  readHome(home: DueHome): Promise<Home | null>
}

/** Blocks of some 13,000 characters in all, a limit that no page of Slack's states. https://github.com/slackapi/bolt-js/issues/2509 */
const TOO_LONG = 'msg_blocks_too_long'

/** Marks our messages with what they are, so that one whose answer was lost is found again. */
const METADATA = 'motorpool_message'

/** Brings notices and cards to people's conversations with the app. Nothing here throws: an outcome says what happened. */
export function createSlackSender({ client, profiles, directory, now, readHome }: SlackSenderDeps) {
  /** By user id. A direct conversation stays the same, and each question for it counts against Slack's rate limits. */
  const conversations = new Map<string, string>()

  /** The direct conversation with somebody, looked up by email where they never used the app. */
  async function conversationWith(recipient: Recipient): Promise<string> {
    const userId = recipient.account?.userId ?? (await findByEmail(recipient))
    const known = conversations.get(userId)
    if (known) return known
    const opened = await client.conversations.open({ users: userId })
    if (!opened.channel?.id) throw new Error('conversations.open gave no channel')
    conversations.set(userId, opened.channel.id)
    return opened.channel.id
  }

  async function findByEmail(recipient: Recipient): Promise<string> {
    const found = await profiles.findByEmail(recipient.email)
    if (!found) throw new Undeliverable('no full member of this Slack has their email address')
    await directory.linkAccount(recipient.personId, found.identity, found.profile.timeZone)
    return found.identity.userId
  }

  /** Posts once: from the second attempt on, what an earlier one may have left is looked for first. */
  async function post(recipient: Recipient, key: string, attempt: number, message: SlackMessage) {
    const channel = await conversationWith(recipient)
    const earlier = attempt > 1 ? await findPosted(channel, key) : null
    if (earlier) return { id: earlier, isEarlier: true }
    const metadata = { event_type: METADATA, event_payload: { key } }
    const posted = await client.chat.postMessage({
      channel,
      ...message,
      metadata,
      unfurl_links: false,
      unfurl_media: false,
    })
    return { id: externalId(posted.channel ?? channel, posted.ts ?? ''), isEarlier: false }
  }

  /** https://docs.slack.dev/messaging/message-metadata */
  async function findPosted(channel: string, key: string): Promise<string | null> {
    const { messages } = await client.conversations.history({ channel, limit: 100, include_all_metadata: true })
    const found = messages?.find(({ metadata }) => {
      const payload = metadata?.event_payload as { key?: unknown } | undefined
      return metadata?.event_type === METADATA && payload?.key === key
    })
    return found?.ts ? externalId(channel, found.ts) : null
  }

  async function update(id: string, message: SlackMessage): Promise<boolean> {
    const [channel = '', ts = ''] = id.split(':')
    try {
      await client.chat.update({ channel, ts, ...message })
      return true
    } catch (error) {
      if (platformError(error) === 'message_not_found') return false
      throw error
    }
  }

  async function show(card: DueBookingCard, message: SlackMessage): Promise<string> {
    if (card.externalId && (await update(card.externalId, message))) return card.externalId
    // A key of its own for a card that somebody deleted: the old message is not found again.
    const key = card.externalId ? `${card.id}:${card.externalId}` : card.id
    const posted = await post(card.recipient, key, card.attempt, message)
    if (posted.isEarlier) await update(posted.id, message)
    return posted.id
  }

  return {
    channel: 'slack' as const,
    platform: 'slack' as const,

    deliver: (delivery: DueDelivery): Promise<SendOutcome> =>
      outcomeOf(async () => {
        const { kind, facts, recipient, createdAt, isRequester } = delivery
        const words = noticeWords(kind, facts, recipient.zone, createdAt, { isRequester })
        return (await post(recipient, delivery.id, delivery.attempt, noticeMessage(words))).id
      }),

    /** Only those who opened it have a Home, so the account is known; one that is gone needs no picture. */
    drawHome: (due: DueHome): Promise<SendOutcome> =>
      outcomeOf(async () => {
        const { account } = due.recipient
        const home = account && (await readHome(due))
        if (!home) throw new Undeliverable('nobody to show a Home to')
        await client.views.publish({ user_id: account.userId, view: homeView(home) })
        return null
      }),

    draw: (card: DueBookingCard, booking: Booking): Promise<SendOutcome> =>
      outcomeOf(async () => {
        const shown = cardFor(card, booking, now())
        try {
          return await show(card, bookingCardMessage(shown))
        } catch (error) {
          if (platformError(error) !== TOO_LONG) throw error
          return show(card, bookingCardMessage(briefly(shown)))
        }
      }),
  }
}

/** A message's place in Slack, as the store keeps it. */
export function externalId(channel: string, ts: string): string {
  return `${channel}:${ts}`
}

class Undeliverable extends Error {}

/** Errors of Slack's own that pass by themselves; every other one stays as it is. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const PASSING = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
])

/** Errors about our token, which concern everybody. https://docs.slack.dev/reference/methods/auth.test#errors */
const OUR_TOKEN = new Set(['account_inactive', 'invalid_auth', 'not_authed', 'token_expired', 'token_revoked'])

async function outcomeOf(send: () => Promise<string | null>): Promise<SendOutcome> {
  try {
    return { kind: 'sent', externalId: await send() }
  } catch (error) {
    if (error instanceof Undeliverable) return { kind: 'failed', error: error.message }
    const { code } = error as WebAPICallError
    if (code === ErrorCode.RateLimitedError) {
      const { retryAfter } = error as WebAPICallError & { retryAfter: number }
      return { kind: 'retry', error: 'rate limited', pauseSeconds: retryAfter }
    }
    const platform = platformError(error)
    if (platform && !PASSING.has(platform))
      return { kind: 'failed', error: platform, forEverybody: OUR_TOKEN.has(platform) }
    return { kind: 'retry', error: platform ?? String(error) }
  }
}
