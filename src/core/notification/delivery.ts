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

/** What one attempt asks of a channel. A pause is about one of these, or about `everything`. */
export type ChannelAct = 'everything' | 'posting' | 'redrawing' | 'homes' | 'finding_people' | 'finding_messages'

/** Something that was claimed for one attempt. */
interface Claimed {
  /** The same delivery sent again is the same message to a receiver that can tell. */
  id: string
  /** Never the same twice for one delivery or card. */
  attempt: number
  /** Attempts in a row that came to nothing. */
  failures: number
  /** When the first attempt was made that may have sent it without our knowing; null: there was none. */
  triedSince: Date | null
  /** When its booking came to its end (business time); null while it is live, and for a Home. */
  bookingEndedAt: Date | null
  /** What this attempt may ask of its channel, `everything` among it. */
  acts: ChannelAct[]
  recipient: Recipient
}

/** One notice on one channel, claimed for one attempt. */
export interface DueDelivery extends Claimed {
  channel: Channel
  kind: NoticeKind
  facts: NoticeFacts & { number: number }
  isRequester: boolean
  /** When it happened, not when it is sent. */
  createdAt: Date
}

interface DueDrawing extends Claimed {
  platform: ChatPlatform
  /** The version that was wanted when it was claimed: what is read afterwards is at least as new. */
  version: number
  /** The digest of what is shown; null where that is not certain. */
  drawnDigest: string | null
}

/** A card about a booking whose picture is older than the booking, claimed for one attempt. */
export interface DueBookingCard extends DueDrawing {
  kind: CardKind
  bookingId: string
  /** Where the message is, on its platform; null when it was never posted (as far as we know). */
  externalId: string | null
  /** What it is posted again to say; null where nothing is. */
  announcement: Announcement | null
  /** True if the message was posted for that announcement. */
  isAnnounced: boolean
  /** The message it had before it was posted again, as long as that has not shrunk to a line. */
  leftExternalId: string | null
}

/** A notice that a card says in its first line. */
export interface Announcement {
  id: string
  kind: NoticeKind
  facts: NoticeFacts & { number: number }
  isRequester: boolean
  /** ISO 8601. */
  createdAt: string
}

/** Somebody's Home, which shows what all their bookings have become. `viewState`: what they have chosen to see. */
export interface DueHome extends DueDrawing {
  kind: 'home'
  viewState: unknown
}

export type DueCard = DueBookingCard | DueHome

/**
 * What one attempt to send or draw something came to. Only `unreachable` and `refused` say something about this person or this
 * message, so only what is certain may be called so: every answer that nobody knows is `passing`.
 */
export type SendOutcome =
  /** `digest`: what the message shows now, for cards and Homes. `leftExternalId`: the message before, which has to shrink. */
  | { kind: 'sent'; externalId: string | null; digest?: string; leftExternalId?: string | null }
  /** May pass by itself. */
  | Failed<'passing'>
  /** The channel asks to wait that long (429): for this act, and where `personOnly` for this person's conversation alone. */
  | (Failed<'paused'> & { seconds: number; act: ChannelAct; personOnly: boolean })
  /** Our own set-up is wrong (token, scope, key, plan): an admin has to mend it, and no message is to blame. */
  | (Failed<'setup'> & { act: ChannelAct })
  /** This person cannot be reached on this platform until something changes there. */
  | Failed<'unreachable'>
  /** The platform never takes this very message. */
  | Failed<'refused'>

interface Failed<Kind> {
  kind: Kind
  error: string
}

export type FailedOutcome = Exclude<SendOutcome, { kind: 'sent' }>
