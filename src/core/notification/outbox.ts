import type { ChatPlatform } from '../people/person.ts'
import type { ChannelAct, DueCard, DueDelivery } from './delivery.ts'
import type { Channel } from './notice.ts'

/** Tries again later. `counts`: the attempt may have sent something, and the next pause is longer. */
interface Retry {
  kind: 'retry'
  afterSeconds: number
  counts: boolean
  error: string
}

export type DeliverySettlement =
  | { kind: 'sent'; externalId: string | null }
  | Retry
  /** `superseded`: what it says no longer matters. `dead`: the channel never takes it. */
  | { kind: 'superseded' | 'dead'; error: string }

export type CardSettlement =
  | { kind: 'drawn'; externalId: string | null; digest?: string; leftExternalId?: string | null }
  | Retry
  /** Not drawn until its booking changes again. */
  | { kind: 'given_up'; error: string }

/** What a pause is about. `personId` null: everybody on this channel. */
export interface PausedAct {
  channel: Channel
  act: ChannelAct
  personId: string | null
}

/** What waits to be sent and drawn. What is claimed belongs to the claimer until its lease ends or it is settled. */
export interface Outbox {
  claimDeliveries(channel: Channel, limit: number): Promise<DueDelivery[]>
  settleDelivery(delivery: DueDelivery, settlement: DeliverySettlement): Promise<void>
  claimCards(platform: ChatPlatform, limit: number): Promise<DueCard[]>
  settleCard(card: DueCard, settlement: CardSettlement): Promise<void>
  /** Nothing that needs this is claimed by anybody for so long. */
  pause(about: PausedAct, seconds: number): Promise<void>
  /**
   * Holds back what needs this act until one message gets through. Returns the seconds after which the message `id` may try,
   * 0 where another one tries for all.
   */
  holdForSetup(channel: Channel, act: ChannelAct, id: string, error: string): Promise<number>
}
