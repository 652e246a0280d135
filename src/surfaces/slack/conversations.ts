import type { WebClient } from '@slack/web-api'
import type { Recipient } from '../../core/notification/delivery.ts'
import type { Directory } from '../../core/people/identify-person.ts'
import { ACCOUNT_GONE, CONVERSATION_GONE, calling, codeOf, Undeliverable } from './outcome-of.ts'
import type { SlackProfiles } from './profiles.ts'

export interface ConversationDeps {
  client: WebClient
  profiles: Pick<SlackProfiles, 'findByEmail'>
  directory: Pick<Directory, 'linkAccount'>
}

/** People's direct conversations with the app. */
export interface SlackConversations {
  /**
   * Writes into somebody's conversation. One that is gone is opened again, and an account that is closed is looked up by email once
   * more, before anything is said of the person.
   */
  writeTo<T>(recipient: Recipient, write: (channel: string) => Promise<T>): Promise<T>
}

export function createConversations({ client, profiles, directory }: ConversationDeps): SlackConversations {
  /** By user id: each question for it counts against Slack's rate limits. */
  const known = new Map<string, string>()

  async function open(userId: string): Promise<string> {
    const opened = await calling('posting', () => client.conversations.open({ users: userId }))
    if (!opened.channel?.id) throw new Error('conversations.open returned no channel')
    known.set(userId, opened.channel.id)
    return opened.channel.id
  }

  async function inConversation<T>(userId: string, write: (channel: string) => Promise<T>): Promise<T> {
    const channel = known.get(userId)
    if (channel === undefined) return write(await open(userId))
    try {
      return await write(channel)
    } catch (error) {
      if (!CONVERSATION_GONE.has(codeOf(error) ?? '')) throw error
      known.delete(userId)
      return write(await open(userId))
    }
  }

  /** Looks somebody up and links the account that has their address now. */
  async function findByEmail({ personId, email }: Recipient): Promise<string | null> {
    const found = await calling('finding_people', () => profiles.findByEmail(email))
    if (!found) return null
    await directory.linkAccount(personId, found.identity, found.profile.timeZone)
    return found.identity.userId
  }

  return {
    writeTo: async (recipient, write) => {
      const userId = recipient.account?.userId ?? (await findByEmail(recipient))
      if (userId === null) throw new Undeliverable('no full member of this Slack has their email address')
      try {
        return await inConversation(userId, write)
      } catch (error) {
        const code = codeOf(error) ?? ''
        if (!recipient.account || !(ACCOUNT_GONE.has(code) || CONVERSATION_GONE.has(code))) throw error
        known.delete(userId)
        const another = await findByEmail(recipient)
        if (another === null || another === userId) throw error
        return inConversation(another, write)
      }
    },
  }
}
