import type { ChatPlatform } from '../people/person.ts'

/** A card that somebody pressed. */
export interface Press {
  platform: ChatPlatform
  /** Where the message is, on its platform. */
  externalId: string
  /** Null where nobody may act any more: a card that is known is still drawn anew. */
  personId: string | null
  about: { stepId: string } | { bookingId: string }
  /** True if the message is certainly one of ours: only then may it become a second card beside the one that is known. */
  isOurs: boolean
  /** True if the press has changed the booking that it is about. */
  hasChanged: boolean
}

/** A card that was pressed is drawn anew; a message that is not known becomes one where it can be. */
export interface PressedCards {
  /** Returns false where the message is no card, and becomes none. */
  pressed(press: Press): Promise<boolean>
}
