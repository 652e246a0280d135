import type { ChatPlatform } from '../people/person.ts'
import type { CardKind, Channel, NoticeFacts, NoticeKind } from './notice.ts'

/** A chat account; `conversation` is what its platform's surface kept of where to write to it. */
export interface ReachableAccount {
  tenantId: string
  userId: string
  conversation: unknown
}

/** Somebody to be reached. `account` is theirs on the platform at hand, when it is known. */
export interface Recipient {
  personId: string
  name: string
  email: string
  /** The platform on which they last used Motorpool; null if they never did. */
  platform: ChatPlatform | null
  /** The zone they read times in (IANA). */
  zone: string
  account: ReachableAccount | null
}

/** One notice on one channel, claimed for one attempt. */
export interface DueDelivery {
  /** The key of the message: the same delivery sent again is the same message to a receiver that can tell. */
  id: string
  channel: Channel
  /** 1 for the first; from the second on, an earlier attempt may have been sent without our knowing. */
  attempt: number
  kind: NoticeKind
  facts: NoticeFacts & { number: number }
  isRequester: boolean
  recipient: Recipient
  /** When it happened, not when it is sent. */
  createdAt: Date
}

interface Due {
  id: string
  platform: ChatPlatform
  /** Never the same twice for one card; from 2 on, an earlier one may have posted without our knowing. */
  attempt: number
  /** Attempts in a row that came to nothing. */
  failures: number
  /** The version that was wanted when it was claimed: what is read afterwards is at least as new. */
  version: number
  recipient: Recipient
}

/** A card about a booking whose picture is older than the booking, claimed for one attempt. */
export interface DueBookingCard extends Due {
  kind: CardKind
  bookingId: string
  /** Where the message is, on its platform; null when it was never posted (as far as we know). */
  externalId: string | null
}

/** Somebody's Home, which shows what all their bookings have become. `viewState`: what they have chosen to see. */
export interface DueHome extends Due {
  kind: 'home'
  viewState: unknown
}

export type DueCard = DueBookingCard | DueHome

/** What became of one attempt to send or draw something. */
export type SendOutcome =
  | { kind: 'sent'; externalId: string | null }
  /** May pass by itself. `pauseSeconds`: the channel asked everybody to wait that long (429). */
  | { kind: 'retry'; error: string; pauseSeconds?: number }
  /** Will not pass by itself. `forEverybody`: it is not about this person, nothing goes out on this channel. */
  | { kind: 'failed'; error: string; forEverybody?: boolean }
