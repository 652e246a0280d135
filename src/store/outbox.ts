import type postgres from 'postgres'
import type { DueCard, DueDelivery } from '../core/notification/delivery.ts'
import type { Channel } from '../core/notification/notice.ts'
import type { CardSettlement, DeliverySettlement, Outbox } from '../core/notification/outbox.ts'
import { CLAIM_CARDS, CLAIM_DELIVERIES } from './claims.ts'
import { createKnownMessages } from './known-messages.ts'
import { holdForSetup, pause } from './pauses.ts'
import { type DrawnCard, type SentDelivery, settleDrawn, settleSent } from './settle-sent.ts'
import { together } from './together.ts'

/**
 * What waits to be sent and drawn, for the relays of every process. An attempt is fenced by its number: one that comes back
 * after its lease does not settle a newer one. `known` hears of the messages that are cards now.
 */
export function createOutbox(sql: postgres.Sql, known = createKnownMessages()): Outbox {
  const claimDeliveries = claimer<DueDelivery>(sql, CLAIM_DELIVERIES, (claimId) => giveBackDeliveries(sql, claimId))
  const claimCards = claimer<DueCard>(sql, CLAIM_CARDS, (claimId) => giveBackCards(sql, claimId))
  const sent = ofChannel((channel) => together<SentDelivery>((some) => settleSent(sql, channel, some)))
  const drawn = ofChannel((channel) =>
    together<DrawnCard>(async (some) => {
      const written = await settleDrawn(sql, channel, some)
      for (const { card, settlement } of some) {
        const { externalId } = settlement
        const before = 'externalId' in card ? card.externalId : null
        if (externalId !== null && written.has(card.id)) known.note(card.platform, externalId, before)
      }
    }),
  )
  return {
    claimDeliveries,
    claimCards,
    settleDelivery: (delivery, settlement) =>
      settlement.kind === 'sent'
        ? sent(delivery.channel)({ delivery, settlement })
        : settleUnsent(sql, delivery, settlement),
    settleCard: (card, settlement) =>
      settlement.kind === 'drawn' ? drawn(card.platform)({ card, settlement }) : settleUndrawn(sql, card, settlement),
    pause: (about, seconds) => pause(sql, about, seconds),
    holdForSetup: (...held) => holdForSetup(sql, ...held),
  }
}

/** One for each channel, made when it is needed first. */
function ofChannel<Part>(make: (channel: Channel) => Part): (channel: Channel) => Part {
  const made = new Map<Channel, Part>()
  return (channel) => {
    const part = made.get(channel) ?? make(channel)
    made.set(channel, part)
    return part
  }
}

/** Claims; and where the answer to an earlier claim was lost, first gives back what it may have taken, which nobody works on. */
function claimer<Due>(sql: postgres.Sql, statement: string, giveBack: (claimId: string) => Promise<unknown>) {
  const lost = new Set<string>()
  return async (channel: Channel, limit: number): Promise<Due[]> => {
    for (const claimId of lost) {
      await giveBack(claimId)
      lost.delete(claimId)
    }
    const claimId = crypto.randomUUID()
    try {
      return [...(await sql.unsafe<Due[]>(statement, [channel, limit, claimId], { prepare: true }))]
    } catch (error) {
      lost.add(claimId)
      throw error
    }
  }
}

function giveBackDeliveries(sql: postgres.Sql, claimId: string) {
  return sql`UPDATE deliveries SET due_at = now() WHERE claim_id = ${claimId} AND status = 'pending'`
}

function giveBackCards(sql: postgres.Sql, claimId: string) {
  return sql`UPDATE cards SET leased_until = NULL WHERE claim_id = ${claimId} AND drawn_version < wanted_version`
}

async function settleUnsent(
  sql: postgres.Sql,
  delivery: DueDelivery,
  settlement: Exclude<DeliverySettlement, { kind: 'sent' }>,
): Promise<void> {
  const fence = sql`WHERE id = ${delivery.id} AND attempt = ${delivery.attempt} AND status = 'pending'`
  switch (settlement.kind) {
    case 'retry':
      await sql`UPDATE deliveries SET last_error = ${settlement.error}, ${counted(sql, delivery, settlement.counts)},
        due_at = now() + make_interval(secs => ${settlement.afterSeconds}) ${fence}`
      return
    case 'superseded':
    case 'dead':
      await sql`UPDATE deliveries SET status = ${settlement.kind}, last_error = ${settlement.error}, settled_at = now() ${fence}`
  }
}

async function settleUndrawn(
  sql: postgres.Sql,
  card: DueCard,
  settlement: Exclude<CardSettlement, { kind: 'drawn' }>,
): Promise<void> {
  const fence = sql`WHERE id = ${card.id} AND attempt = ${card.attempt}`
  switch (settlement.kind) {
    case 'given_up':
      await sql`UPDATE cards SET drawn_version = ${card.version}, leased_until = NULL, last_error = ${settlement.error},
        failures = failures + 1 ${fence}`
      return
    case 'retry':
      // A change that came during the attempt has asked for the card again; it does not wait for this attempt's pause.
      await sql`UPDATE cards SET leased_until = NULL, last_error = ${settlement.error}, ${counted(sql, card, settlement.counts)},
        due_at = CASE WHEN wanted_version = ${card.version} THEN now() + make_interval(secs => ${settlement.afterSeconds}) ELSE now() END ${fence}`
  }
}

/** An attempt that does not count leaves no trace: nothing of it can have been sent. */
function counted(sql: postgres.Sql, { triedSince }: Pick<DueDelivery, 'triedSince'>, counts: boolean) {
  return counts ? sql`failures = failures + 1` : sql`first_tried_at = ${triedSince}`
}
