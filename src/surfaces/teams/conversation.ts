import type { Activity } from 'botbuilder'
import { z } from 'zod'

/** Where somebody's 1:1 chat with the bot is: what is kept of a conversation reference, so that it can be continued. */
export const Conversation = z.object({
  /** Where the Bot Connector takes calls for this conversation. */
  serviceUrl: z.url({ protocol: /^https?$/ }),
  conversationId: z.string().min(1),
  /** The person's Teams id (`29:…`), which is theirs with this bot only. */
  userId: z.string().min(1),
  /** The bot's own id in Teams (`28:…`). */
  botId: z.string().min(1),
})
export type Conversation = z.infer<typeof Conversation>

/** The conversation an activity belongs to; null when it is no 1:1 chat, or says too little to be continued. */
export function conversationOf(activity: Partial<Activity>): Conversation | null {
  if (activity.conversation?.conversationType !== 'personal') return null
  const found = Conversation.safeParse({
    serviceUrl: activity.serviceUrl,
    conversationId: activity.conversation.id,
    userId: activity.from?.id,
    botId: activity.recipient?.id,
  })
  return found.success ? found.data : null
}

/** The tenant an activity comes from; null when it names none. */
export function tenantOf(activity: Partial<Activity>): string | null {
  const { tenant } = ChannelData.safeParse(activity.channelData).data ?? {}
  return activity.conversation?.tenantId ?? tenant?.id ?? null
}

const ChannelData = z.object({ tenant: z.object({ id: z.string() }).optional() })
