import type postgres from 'postgres'
import type { DueCard, DueDelivery } from '../core/notification/delivery.ts'
import type { Channel } from '../core/notification/notice.ts'
import type { Outbox } from '../core/notification/outbox.ts'

/** How long a claimed attempt may take before somebody else may try, in seconds: more than all its calls' timeouts. */
const LEASE_SECONDS = 120

/** The person `p` of site `s` as a recipient on the channel `$channel`. */
const recipient = (channel: string) => `jsonb_build_object(
  'personId', p.id, 'name', p.name, 'email', p.email,
  'platform', (SELECT a.platform FROM chat_accounts a WHERE a.person_id = p.id ORDER BY a.last_used_at DESC LIMIT 1),
  'zone', coalesce((SELECT a.time_zone FROM chat_accounts a WHERE a.person_id = p.id ORDER BY a.last_used_at DESC LIMIT 1),
    p.time_zone, s.time_zone),
  'account', (SELECT jsonb_build_object('tenantId', a.tenant_id, 'userId', a.user_id,
    'conversation', a.conversation) FROM chat_accounts a
    WHERE a.person_id = p.id AND a.platform::text = ${channel}::text ORDER BY a.last_used_at DESC LIMIT 1))`

/**
 * Claiming moves `due_at` past the lease: an attempt whose process was killed comes up again by itself. Whether the channel
 * `$1` pauses is asked once and not of each row, so that the index serves the order, and a claim costs the same however
 * much waits.
 */
const CLAIM_DELIVERIES = `
  WITH due AS (
    SELECT d.id FROM deliveries d
    WHERE d.status = 'pending' AND d.due_at <= now() AND d.channel = $1
      AND NOT EXISTS (SELECT FROM channel_pauses c WHERE c.channel = $1 AND c.paused_until > now())
    ORDER BY d.due_at LIMIT $2 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE deliveries d SET attempt = d.attempt + 1, due_at = now() + make_interval(secs => ${LEASE_SECONDS})
    WHERE d.id = ANY (ARRAY(SELECT due.id FROM due)) RETURNING d.id, d.channel, d.attempt, d.notification_id
  )
  SELECT claimed.id, claimed.channel, claimed.attempt, n.kind,
    n.facts || jsonb_build_object('number', b.number) AS facts, n.person_id = b.requester_id AS "isRequester",
    n.created_at AS "createdAt", ${recipient('claimed.channel')} AS recipient
  FROM claimed JOIN notifications n ON n.id = claimed.notification_id JOIN events e ON e.id = n.event_id
    JOIN bookings b ON b.id = e.booking_id JOIN people p ON p.id = n.person_id JOIN sites s ON s.id = p.site_id`

const CLAIM_CARDS = `
  WITH due AS (
    SELECT c.id FROM cards c
    WHERE c.drawn_version < c.wanted_version AND c.due_at <= now() AND c.platform = $1
      AND (c.leased_until IS NULL OR c.leased_until <= now())
      AND NOT EXISTS (SELECT FROM channel_pauses p WHERE p.channel::text = $1::chat_platform::text AND p.paused_until > now())
    ORDER BY c.due_at LIMIT $2 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE cards c SET attempt = c.attempt + 1, leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
    WHERE c.id = ANY (ARRAY(SELECT due.id FROM due))
    RETURNING c.*
  )
  SELECT claimed.id, claimed.booking_id AS "bookingId", claimed.platform, claimed.kind, claimed.attempt, claimed.failures,
    claimed.external_id AS "externalId", claimed.view_state AS "viewState", claimed.wanted_version AS version, ${recipient('claimed.platform')} AS recipient
  FROM claimed JOIN people p ON p.id = claimed.person_id JOIN sites s ON s.id = p.site_id`

/** Whoever is reached again is news when they are not. */
function gotThrough(sql: postgres.Sql, channel: Channel, personId: string | null) {
  return sql`reached AS (
    DELETE FROM admin_alerts WHERE channel = ${channel} AND ${personId}::uuid IS NOT NULL
      AND (person_id IS NULL OR person_id = ${personId}))`
}

/**
 * What waits to be sent and drawn, for the relays of every process. An attempt is fenced by its number: one that comes back
 * after its lease does not settle a newer one.
 */
export function createOutbox(sql: postgres.Sql): Outbox {
  return {
    claimDeliveries: (channel, limit) =>
      sql.unsafe<DueDelivery[]>(CLAIM_DELIVERIES, [channel, limit], { prepare: true }),

    settleDelivery: async ({ id, attempt, channel, recipient, kind }, settlement) => {
      // A report that arrives is no sign that what it reports has been mended.
      const reached = gotThrough(sql, channel, kind === 'delivery_failed' ? null : recipient.personId)
      const fence = sql`WHERE id = ${id} AND attempt = ${attempt} AND status = 'pending'`
      switch (settlement.kind) {
        case 'sent':
          await sql`WITH ${reached} UPDATE deliveries SET status = 'sent', external_id = ${settlement.externalId}, last_error = NULL,
            settled_at = now() ${fence}`
          return
        case 'retry':
          await sql`UPDATE deliveries SET last_error = ${settlement.error},
            due_at = now() + make_interval(secs => ${settlement.afterSeconds}) ${fence}`
          return
        case 'dead':
          await sql`UPDATE deliveries SET status = 'dead', last_error = ${settlement.error}, settled_at = now() ${fence}`
      }
    },

    claimCards: (platform, limit) => sql.unsafe<DueCard[]>(CLAIM_CARDS, [platform, limit], { prepare: true }),

    settleCard: async (card, settlement) => {
      const fence = sql`WHERE id = ${card.id} AND attempt = ${card.attempt}`
      if (settlement.kind === 'drawn') {
        await sql`WITH ${gotThrough(sql, card.platform, card.recipient.personId)} UPDATE cards SET drawn_version = ${card.version}, external_id = coalesce(${settlement.externalId}, external_id),
          leased_until = NULL, last_error = NULL, failures = 0 ${fence}`
        return
      }
      // A change that came during the attempt has asked for the card anew; it does not wait for this attempt's pause.
      await sql`UPDATE cards SET leased_until = NULL, last_error = ${settlement.error}, failures = failures + 1,
        due_at = CASE WHEN wanted_version = ${card.version} THEN now() + make_interval(secs => ${settlement.afterSeconds}) ELSE now() END ${fence}`
    },

    pauseChannel: async (channel, seconds) => {
      await sql`INSERT INTO channel_pauses (channel, paused_until) VALUES (${channel}, now() + make_interval(secs => ${seconds}))
        ON CONFLICT (channel) DO UPDATE SET paused_until = greatest(channel_pauses.paused_until, excluded.paused_until)`
    },
  }
}
