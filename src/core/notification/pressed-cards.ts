import type { ChatPlatform } from '../people/person.ts'

/** A card that somebody pressed. */
export interface Press {
  platform: ChatPlatform
  /** Where the message is, on its platform. */
  externalId: string
  /** Null where nobody may act any more: a card that is known is still drawn anew. */
  personId: string | null
  about: { stepId: string } | { bookingId: string }
}

/** Known or not, a card that was pressed is ours from now on, and drawn anew. */
export interface PressedCards {
  pressed(press: Press): Promise<void>
}
