import type { WebClient } from '@slack/web-api'
import { callAsText } from './call-as-text.ts'
import { calling, cannotBeEdited, isRefusedForGood } from './outcome-of.ts'
import type { SlackMessage } from './views/booking-card-message.ts'

/** Marks our messages with what they are, so that one whose answer was lost is found again. */
const METADATA = 'motorpool_message'

/** Slack gives apps that are sold outside its Marketplace no more at once. https://docs.slack.dev/reference/methods/conversations.history */
const PAGE = 15

/** Our clock and Slack's may differ by so much. Milliseconds. */
const CLOCKS_DIFFER = 5 * 60_000

/** A message's place in Slack, as the store keeps it. */
export function externalId(channel: string, ts: string): string {
  return `${channel}:${ts}`
}

/** True if the message at `id` is in this channel. */
export function isIn(channel: string, id: string): boolean {
  return id.startsWith(`${channel}:`)
}

/** Posts a message, and returns where it is. `key`: what a later attempt finds it by. */
export async function post(client: WebClient, channel: string, key: string, message: SlackMessage): Promise<string> {
  const metadata = { event_type: METADATA, event_payload: { key } }
  const send = () =>
    callAsText(client, 'chat.postMessage', {
      channel,
      ...message,
      metadata,
      unfurl_links: false,
      unfurl_media: false,
    })
  const posted = await calling('posting', send, { personOnly: true })
  if (!posted.ts) throw new Error('chat.postMessage returned no ts')
  return externalId(posted.channel ?? channel, posted.ts)
}

/**
 * Returns where the message of this key is that was posted since then, or null. A question that Slack refuses for good is no reason
 * to lose the message: then nobody knows of an earlier one.
 * https://docs.slack.dev/messaging/message-metadata
 */
export async function findPosted(client: WebClient, channel: string, key: string, since: Date): Promise<string | null> {
  const about = { channel, oldest: String((+since - CLOCKS_DIFFER) / 1000), limit: PAGE, include_all_metadata: true }
  let cursor: string | undefined
  do {
    const ask = () => client.conversations.history({ ...about, ...(cursor && { cursor }) })
    let page: Awaited<ReturnType<typeof ask>>
    try {
      page = await calling('finding_messages', ask)
    } catch (error) {
      if (isRefusedForGood(error)) return null
      throw error
    }
    const found = page.messages?.find(({ metadata }) => {
      const payload = metadata?.event_payload as { key?: unknown } | undefined
      return metadata?.event_type === METADATA && payload?.key === key
    })
    if (found?.ts) return externalId(channel, found.ts)
    cursor = page.has_more ? page.response_metadata?.next_cursor : undefined
  } while (cursor)
  return null
}

/** Shows this in the message at `id`. Returns false where that message can no longer be edited. */
export async function update(client: WebClient, id: string, message: SlackMessage): Promise<boolean> {
  const [channel = '', ts = ''] = id.split(':')
  try {
    await calling('redrawing', () => callAsText(client, 'chat.update', { channel, ts, ...message }))
    return true
  } catch (error) {
    if (cannotBeEdited(error)) return false
    throw error
  }
}
