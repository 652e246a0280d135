import type { KnownBlock, MessageMetadata } from '@slack/types'
import { fillIds } from './block-kit/fill-ids.ts'
import type { WorkspaceMessage } from './page-api.ts'

/** A message as Slack keeps it: what the client shows, and the metadata that only the app sees. */
export interface StoredMessage extends WorkspaceMessage {
  metadata?: MessageMetadata
}

interface NewMessage {
  channel: string
  from: 'bot' | 'person'
  text: string
  blocks?: unknown
  metadata?: MessageMetadata
  ephemeral?: boolean
}

/** What replaces a message; what is absent stays as it is. */
export interface MessageChange {
  text?: string
  blocks?: unknown
  metadata?: MessageMetadata | null
}

export interface Conversations {
  /** Oldest first. */
  in(channel: string): readonly StoredMessage[]
  find(channel: string, ts: string): StoredMessage | undefined
  add(message: NewMessage): StoredMessage
  change(message: StoredMessage, change: MessageChange): void
  remove(message: StoredMessage): void
  /** A point in time in Slack's form, `seconds.microseconds`; never the same twice. */
  nextTs(): string
  all(): StoredMessage[]
}

/** The conversations of all people with the bot, in memory. `stored`: from an earlier run. */
export function createConversations(now: () => number, stored: StoredMessage[], changed: () => void): Conversations {
  let messages = [...stored]
  let lastMicros = Math.max(0, ...stored.map((message) => Math.round(Number(message.ts) * 1e6)))

  function nextTs(): string {
    lastMicros = Math.max(now() * 1000, lastMicros + 1)
    return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`
  }

  return {
    in: (channel) => messages.filter((message) => message.channel === channel),
    find: (channel, ts) => messages.find((message) => message.channel === channel && message.ts === ts),
    all: () => messages,
    nextTs,
    add(message) {
      const stored: StoredMessage = {
        channel: message.channel,
        ts: nextTs(),
        from: message.from,
        text: message.text,
        blocks: fillIds(message.blocks) as unknown as KnownBlock[],
        ephemeral: message.ephemeral ?? false,
        edited: false,
        at: new Date(now()).toISOString(),
        ...(message.metadata && { metadata: message.metadata }),
      }
      messages.push(stored)
      changed()
      return stored
    },
    change(message, change) {
      if (change.text !== undefined) message.text = change.text
      if (change.blocks !== undefined) message.blocks = fillIds(change.blocks) as unknown as KnownBlock[]
      if (change.metadata === null) delete message.metadata
      else if (change.metadata) message.metadata = change.metadata
      message.edited = message.blocks.length === 0
      changed()
    },
    remove(message) {
      messages = messages.filter((other) => other !== message)
      changed()
    },
  }
}
