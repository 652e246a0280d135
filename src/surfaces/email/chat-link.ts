import type { Recipient } from '../../core/notification/delivery.ts'
import type { ChatPlatform } from '../../core/people/person.ts'

/** The address at which somebody's chat with Motorpool opens. */
export interface ChatLink {
  platform: ChatPlatform
  url: string
}

/** The chats of a company in order of preference, each with its address; null for one that it does not use. */
type ChatUrls = Record<ChatPlatform, string | (() => Promise<string | null>) | null | undefined>

/** Returns a function that finds a reader's own chat: the one in which they were last seen, else the company's first. */
export function chatLinks(urls: ChatUrls): (reader: Pick<Recipient, 'platform'>) => Promise<ChatLink | null> {
  const inUse = (Object.keys(urls) as ChatPlatform[]).filter((platform) => urls[platform])
  return async ({ platform: seen }) => {
    const platform = inUse.find((one) => one === seen) ?? inUse[0]
    const known = platform ? urls[platform] : null
    const url = typeof known === 'function' ? await known() : known
    return platform && url ? { platform, url } : null
  }
}

const CHAT_NAMES: Record<ChatPlatform, string> = { slack: 'Slack', teams: 'Teams' }

/** Returns what the link says: "Open in Slack". */
export function linkLabel({ platform }: Pick<ChatLink, 'platform'>): string {
  return `Open in ${CHAT_NAMES[platform]}`
}
