import type postgres from 'postgres'
import type { DueCard, DueDelivery } from '../core/notification/delivery.ts'
import type { Channel } from '../core/notification/notice.ts'
import type { CardSettlement, DeliverySettlement, Outbox } from '../core/notification/outbox.ts'
import { CLAIM_CARDS, CLAIM_DELIVERIES, LEASE_SECONDS } from './claims.ts'
import { holdForSetup, pause } from './pauses.ts'

/**
 * What waits to be sent and drawn, for the relays of every process. An attempt is fenced by its number: one that comes back
 * after its lease does not settle a newer one.
 */
export function createOutbox(sql: postgres.Sql): Outbox {
  const claimDeliveries = claimer<DueDelivery>(sql, CLAIM_DELIVERIES, (claimId) => giveBackDeliveries(sql, claimId))
  const claimCards = claimer<DueCard>(sql, CLAIM_CARDS, (claimId) => giveBackCards(sql, claimId))
  return {
    claimDeliveries,
    claimCards,
    settleDelivery: (delivery, settlement) => settleDelivery(sql, delivery, settlement),
    settleCard: (card, settlement) => settleCard(sql, card, settlement),
    pause: (about, seconds) => pause(sql, about, seconds),
    holdForSetup: (...held) => holdForSetup(sql, ...held),
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

/**
 * What it says of the channel and of this person that something got through. The set-up works where the message was the one
 * that tried it; somebody who was unreachable is not any more, and what waited for them is due. A message that is due within the
 * lease may be on its way: it keeps its time, so that nobody sends it a second time.
 */
function gotThrough(
  sql: postgres.Sql,
  channel: Channel,
  { id, acts, recipient: { personId } }: Pick<DueDelivery, 'id' | 'acts' | 'recipient'>,
) {
  return sql`mended AS (
    DELETE FROM channel_pauses WHERE channel = ${channel} AND error IS NOT NULL AND act = ANY (${acts}::text[])
      AND (probe_id = ${id} OR paused_until <= now()) RETURNING error
  ), told AS (
    DELETE FROM admin_alerts WHERE channel = ${channel} AND kind = 'setup' AND error IN (SELECT error FROM mended)
  ), reached AS (
    DELETE FROM admin_alerts WHERE channel = ${channel} AND kind = 'unreachable' AND person_id = ${personId} RETURNING id
  ), deliveries_back AS (
    UPDATE deliveries SET due_at = now() WHERE id IN (
      SELECT d.id FROM deliveries d JOIN notifications n ON n.id = d.notification_id
      WHERE EXISTS (SELECT FROM reached) AND n.person_id = ${personId} AND d.channel = ${channel} AND d.status = 'pending'
        AND d.failures > 0 AND d.due_at > now() + make_interval(secs => ${LEASE_SECONDS})
        AND d.id <> ${id} FOR UPDATE OF d SKIP LOCKED)
  ), cards_back AS (
    UPDATE cards SET due_at = now() WHERE id IN (
      SELECT c.id FROM cards c WHERE EXISTS (SELECT FROM reached) AND c.person_id = ${personId}
        AND c.platform::text = ${channel} AND c.drawn_version < c.wanted_version AND c.failures > 0 AND c.id <> ${id}
      FOR UPDATE SKIP LOCKED)
  )`
}

async function settleDelivery(sql: postgres.Sql, delivery: DueDelivery, settlement: DeliverySettlement): Promise<void> {
  const fence = sql`WHERE id = ${delivery.id} AND attempt = ${delivery.attempt} AND status = 'pending'`
  switch (settlement.kind) {
    case 'sent':
      await sql`WITH ${gotThrough(sql, delivery.channel, delivery)}
        UPDATE deliveries SET status = 'sent', external_id = ${settlement.externalId}, last_error = NULL, settled_at = now() ${fence}`
      return
    case 'retry':
      await sql`UPDATE deliveries SET last_error = ${settlement.error}, ${counted(sql, delivery, settlement.counts)},
        due_at = now() + make_interval(secs => ${settlement.afterSeconds}) ${fence}`
      return
    case 'superseded':
    case 'dead':
      await sql`UPDATE deliveries SET status = ${settlement.kind}, last_error = ${settlement.error}, settled_at = now() ${fence}`
  }
}

async function settleCard(sql: postgres.Sql, card: DueCard, settlement: CardSettlement): Promise<void> {
  const fence = sql`WHERE id = ${card.id} AND attempt = ${card.attempt}`
  switch (settlement.kind) {
    case 'drawn': {
      const left = settlement.leftExternalId ?? null
      const announced = 'announcement' in card ? (card.announcement?.id ?? null) : null
      // A message that was left is drawn once more: it has to shrink.
      await sql`WITH ${gotThrough(sql, card.platform, card)}
        UPDATE cards SET drawn_version = ${card.version}, external_id = coalesce(${settlement.externalId}, external_id),
          wanted_version = CASE WHEN ${left}::text IS NULL THEN wanted_version ELSE wanted_version + 1 END,
          left_external_id = ${left}, announced_id = coalesce(${announced}, announced_id),
          drawn_digest = ${settlement.digest ?? null}, leased_until = NULL, first_tried_at = NULL, last_error = NULL, failures = 0 ${fence}`
      return
    }
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
