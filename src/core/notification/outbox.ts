import type { ChatPlatform } from '../people/person.ts'
import type { DueCard, DueDelivery } from './delivery.ts'
import type { Channel } from './notice.ts'

type DeliverySettlement =
  | { kind: 'sent'; externalId: string | null }
  | { kind: 'retry'; afterSeconds: number; error: string }
  | { kind: 'dead'; error: string }

type CardSettlement =
  | { kind: 'drawn'; externalId: string | null }
  | { kind: 'retry'; afterSeconds: number; error: string }

/** What waits to be sent and drawn. What is claimed belongs to the claimer until its lease ends or it is settled. */
export interface Outbox {
  claimDeliveries(channel: Channel, limit: number): Promise<DueDelivery[]>
  settleDelivery(delivery: DueDelivery, settlement: DeliverySettlement): Promise<void>
  claimCards(platform: ChatPlatform, limit: number): Promise<DueCard[]>
  settleCard(card: DueCard, settlement: CardSettlement): Promise<void>
  /** Nothing of this channel is claimed by anybody for so long. */
  pauseChannel(channel: Channel, seconds: number): Promise<void>
}
