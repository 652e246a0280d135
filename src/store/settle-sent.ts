import type postgres from 'postgres'
import type { DueCard, DueDelivery } from '../core/notification/delivery.ts'
import type { Channel } from '../core/notification/notice.ts'
import type { CardSettlement, DeliverySettlement } from '../core/notification/outbox.ts'
import { LEASE_SECONDS } from './claims.ts'

/** `$1`: the channel. `$2`: attempts that got through, as JSON. `$3`: their ids, by which the planner finds the rows. */

/** Reads what `$2` says of each attempt. */
const ATTEMPTS = `
  attempts AS (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS a(id uuid, attempt int, acts text[], person_id uuid, external_id text,
      version int, left_id text, announced_id uuid, digest text)
  )`

/**
 * What they say of the channel and of their people. The set-up works where a message was the one that tried it; somebody who was
 * unreachable is not any more, and what waited for them is due. A message that is due within the lease may be on its way: it
 * keeps its time, so that nobody sends it a second time.
 */
const GOT_THROUGH = `
  mended AS (
    DELETE FROM channel_pauses p USING attempts a WHERE p.channel = $1::text::delivery_channel AND p.error IS NOT NULL
      AND p.act = ANY (a.acts) AND (p.probe_id = a.id OR p.paused_until <= now()) RETURNING p.error
  ), told AS (
    DELETE FROM admin_alerts WHERE channel = $1::text::delivery_channel AND kind = 'setup'
      AND error IN (SELECT error FROM mended)
  ), reached AS (
    DELETE FROM admin_alerts WHERE channel = $1::text::delivery_channel AND kind = 'unreachable'
      AND person_id IN (SELECT person_id FROM attempts) RETURNING person_id
  ), deliveries_back AS (
    UPDATE deliveries SET due_at = now() WHERE id IN (
      SELECT d.id FROM deliveries d JOIN notifications n ON n.id = d.notification_id
      WHERE EXISTS (SELECT FROM reached) AND n.person_id = ANY (ARRAY(SELECT person_id FROM reached))
        AND d.channel = $1::text::delivery_channel AND d.status = 'pending' AND d.failures > 0
        AND d.due_at > now() + make_interval(secs => ${LEASE_SECONDS}) AND d.id <> ALL ($3::uuid[])
      FOR UPDATE OF d SKIP LOCKED)
  ), cards_back AS (
    UPDATE cards SET due_at = now() WHERE id IN (
      SELECT c.id FROM cards c WHERE EXISTS (SELECT FROM reached)
        AND c.person_id = ANY (ARRAY(SELECT person_id FROM reached)) AND c.platform::text = $1::text
        AND c.drawn_version < c.wanted_version AND c.failures > 0 AND c.id <> ALL ($3::uuid[])
      FOR UPDATE SKIP LOCKED)
  )`

/** A row that somebody else holds is left to a statement of its own: of two that each hold what the other wants, neither would end. */
type Lock = '' | 'SKIP LOCKED'

const SENT = (lock: Lock) => `
  WITH ${ATTEMPTS}, ${GOT_THROUGH}, sent AS (
    SELECT d.id, a.external_id FROM deliveries d JOIN attempts a ON a.id = d.id
    WHERE d.id = ANY ($3::uuid[]) AND d.attempt = a.attempt AND d.status = 'pending' FOR UPDATE OF d ${lock}
  )
  UPDATE deliveries d SET status = 'sent', external_id = sent.external_id, last_error = NULL, settled_at = now()
  FROM sent WHERE d.id = sent.id AND d.id = ANY ($3::uuid[]) RETURNING d.id`

/**
 * A message that was pressed before it was known to be this card's has become a card of its own (see `createPressedCards`). It is
 * the same message, so it is one card again.
 */
const TWINS = `
  twins AS (
    DELETE FROM cards WHERE id = ANY (ARRAY(
      SELECT twin.id FROM attempts a JOIN cards c ON c.id = a.id AND c.attempt = a.attempt
        JOIN cards twin ON twin.booking_id = c.booking_id AND twin.person_id = c.person_id
          AND twin.platform = c.platform AND twin.kind = c.kind AND twin.external_id = a.external_id
      WHERE c.id = ANY ($3::uuid[]) AND twin.id <> c.id FOR UPDATE OF twin SKIP LOCKED))
    RETURNING external_id
  )`

/**
 * A message that was left is drawn once more: it has to shrink. What the card shows is certain only where nobody asked for it
 * meanwhile: somebody who pressed it in the middle of an attempt is shown it again, be it the same.
 */
const DRAWN = (lock: Lock) => `
  WITH ${ATTEMPTS}, ${GOT_THROUGH}, ${TWINS}, drawn AS (
    SELECT a.*, a.external_id IN (SELECT twins.external_id FROM twins) AS is_pressed
    FROM cards c JOIN attempts a ON a.id = c.id
    WHERE c.id = ANY ($3::uuid[]) AND c.attempt = a.attempt FOR UPDATE OF c ${lock}
  )
  UPDATE cards c SET drawn_version = drawn.version, external_id = coalesce(drawn.external_id, c.external_id),
    wanted_version = c.wanted_version + CASE WHEN drawn.left_id IS NOT NULL OR drawn.is_pressed THEN 1 ELSE 0 END,
    left_external_id = drawn.left_id, announced_id = coalesce(drawn.announced_id, c.announced_id),
    drawn_digest = CASE WHEN c.wanted_version = drawn.version AND drawn.is_pressed IS NOT TRUE THEN drawn.digest END,
    leased_until = NULL, first_tried_at = NULL, last_error = NULL, failures = 0
  FROM drawn WHERE c.id = drawn.id AND c.id = ANY ($3::uuid[]) RETURNING c.id`

export interface SentDelivery {
  delivery: DueDelivery
  settlement: Extract<DeliverySettlement, { kind: 'sent' }>
}

export interface DrawnCard {
  card: DueCard
  settlement: Extract<CardSettlement, { kind: 'drawn' }>
}

/** Writes down that messages were sent, all on one channel. */
export function settleSent(sql: postgres.Sql, channel: Channel, sent: SentDelivery[]): Promise<unknown> {
  const rows = sent.map(({ delivery, settlement }) => ({
    ...attemptOf(delivery),
    external_id: settlement.externalId,
  }))
  return settle(sql, SENT, channel, rows)
}

/** Writes down what cards show now, all on one platform; gives the ids of those whose attempt was still the newest. */
export function settleDrawn(sql: postgres.Sql, channel: Channel, drawn: DrawnCard[]): Promise<Set<string>> {
  const rows = drawn.map(({ card, settlement }) => ({
    ...attemptOf(card),
    version: card.version,
    external_id: settlement.externalId,
    left_id: settlement.leftExternalId ?? null,
    announced_id: 'announcement' in card ? (card.announcement?.id ?? null) : null,
    digest: settlement.digest ?? null,
  }))
  return settle(sql, DRAWN, channel, rows)
}

function attemptOf({ id, attempt, acts, recipient: { personId } }: DueDelivery | DueCard) {
  return { id, attempt, acts, person_id: personId }
}

async function settle(
  sql: postgres.Sql,
  statement: (lock: Lock) => string,
  channel: Channel,
  rows: { id: string }[],
): Promise<Set<string>> {
  const write = async (lock: Lock, some: { id: string }[]) => {
    const ids = some.map(({ id }) => id)
    const found = await sql.unsafe<{ id: string }[]>(statement(lock), [channel, sql.json(some), ids], { prepare: true })
    return new Set(found.map(({ id }) => id))
  }
  const written = rows.length > 1 ? await write('SKIP LOCKED', rows).catch(noneOfThem) : new Set<string>()
  for (const row of rows) {
    if (written.has(row.id)) continue
    for (const id of await write('', [row])) written.add(id)
  }
  return written
}

/** One row that the database refuses takes nothing else with it. https://www.postgresql.org/docs/18/errcodes-appendix.html */
function noneOfThem(error: unknown): Set<string> {
  if (String((error as { code?: unknown }).code).startsWith('23')) return new Set()
  throw error
}
