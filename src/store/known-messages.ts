import type { ChatPlatform } from '../core/people/person.ts'

/** The newest are kept in mind: each costs some fifty bytes. */
const MOST = 10_000

/** The messages that this process has written down as cards: whoever presses one of them presses a card. */
export interface KnownMessages {
  has(platform: ChatPlatform, externalId: string): boolean
  /** Keeps in mind where a card is now; it may have been in another message before. */
  note(platform: ChatPlatform, externalId: string, before: string | null): void
}

export function createKnownMessages(): KnownMessages {
  const known = new Set<string>()
  const keyOf = (platform: ChatPlatform, externalId: string) => `${platform} ${externalId}`
  return {
    has: (platform, externalId) => known.has(keyOf(platform, externalId)),
    note: (platform, externalId, before) => {
      if (before !== null) known.delete(keyOf(platform, before))
      known.delete(keyOf(platform, externalId))
      known.add(keyOf(platform, externalId))
      for (const oldest of known) {
        if (known.size <= MOST) break
        known.delete(oldest)
      }
    },
  }
}
