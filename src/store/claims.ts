import { isFinal } from '../core/booking/status.ts'
import { BookingStatus } from './generated/enums.ts'

/** How long a claimed attempt may take before somebody else may try, in seconds: more than all its calls' timeouts. */
export const LEASE_SECONDS = 120

const FINAL = Object.values(BookingStatus)
  .filter(isFinal)
  .map((status) => `'${status}'`)
  .join(', ')

/** When booking `b` came to its end; null while it is live. */
export const ENDED_AT = `CASE WHEN b.status IN (${FINAL}) THEN b.changed_at END`

/** The person `p` of site `s` as a recipient on the channel `$channel`. */
const recipient = (channel: string) => `jsonb_build_object(
  'personId', p.id, 'name', p.name, 'email', p.email,
  'platform', (SELECT a.platform FROM chat_accounts a WHERE a.person_id = p.id ORDER BY a.last_used_at DESC LIMIT 1),
  'zone', coalesce((SELECT a.time_zone FROM chat_accounts a WHERE a.person_id = p.id ORDER BY a.last_used_at DESC LIMIT 1),
    p.time_zone, s.time_zone),
  'account', (SELECT jsonb_build_object('tenantId', a.tenant_id, 'userId', a.user_id,
    'conversation', a.conversation) FROM chat_accounts a
    WHERE a.person_id = p.id AND a.platform::text = ${channel}::text ORDER BY a.last_used_at DESC LIMIT 1))`

/** What posting to `$person` asks of a chat, as SQL: they are looked up where no account is known, an earlier message where one may have been sent. */
const posting = (person: string, channel: string, tried: string) => `array_remove(ARRAY['everything', 'posting',
  CASE WHEN ${tried} IS NOT NULL THEN 'finding_messages' END,
  CASE WHEN NOT EXISTS (SELECT FROM chat_accounts a WHERE a.person_id = ${person} AND a.platform::text = ${channel}::text)
    THEN 'finding_people' END], NULL)`

/** True if the whole channel `$1` waits: then nothing is looked at but the message that tries for all. */
const CHANNEL_WAITS = `EXISTS (SELECT FROM channel_pauses p WHERE p.channel = $1::text::delivery_channel
  AND p.act = 'everything' AND p.person_id IS NULL AND p.paused_until > now())`

/** True if something that `acts` asks for waits; the message that tries for all waits only for its own time. */
const waits = (id: string, person: string) => `EXISTS (SELECT FROM channel_pauses p
  WHERE p.channel = $1::text::delivery_channel AND p.act = ANY (uses.acts) AND p.paused_until > now()
    AND (p.person_id IS NULL OR p.person_id = ${person}) AND p.probe_id IS DISTINCT FROM ${id})`

const PROBES = `SELECT p.probe_id FROM channel_pauses p WHERE p.channel = $1::text::delivery_channel AND p.probe_id IS NOT NULL`

/**
 * More than anybody claims at once. PostgreSQL takes a LIMIT that it does not know for a tenth of the table, and would read the
 * table; no more rows are locked than `$2` asks for, for they are only read as they are taken.
 */
const MOST_CLAIMED = 100

/**
 * `$1` channel, `$2` how many, `$3` the claim. Claiming moves `due_at` past the lease: an attempt whose process was killed comes up
 * again by itself.
 */
export const CLAIM_DELIVERIES = `
  WITH due AS (
    SELECT d.id, d.first_tried_at, uses.acts FROM deliveries d JOIN notifications n ON n.id = d.notification_id
      CROSS JOIN LATERAL (SELECT CASE WHEN $1 = 'email' THEN ARRAY['everything', 'posting']
        ELSE ${posting('n.person_id', '$1', 'd.first_tried_at')} END AS acts) uses
    WHERE d.status = 'pending' AND d.due_at <= now() AND d.channel = $1::text::delivery_channel
      AND NOT ${CHANNEL_WAITS} AND NOT ${waits('d.id', 'n.person_id')}
    ORDER BY d.due_at LIMIT ${MOST_CLAIMED} FOR UPDATE OF d SKIP LOCKED
  ), probing AS (
    SELECT d.id, d.first_tried_at, ARRAY['everything', 'posting'] AS acts FROM deliveries d
    WHERE d.id IN (${PROBES}) AND d.status = 'pending' AND d.due_at <= now() AND d.channel = $1::text::delivery_channel
      AND ${CHANNEL_WAITS} FOR UPDATE OF d SKIP LOCKED
  ), taken AS (
    (SELECT * FROM due LIMIT $2) UNION ALL SELECT * FROM probing
  ), claimed AS (
    UPDATE deliveries d SET attempt = d.attempt + 1, due_at = now() + make_interval(secs => ${LEASE_SECONDS}),
      first_tried_at = coalesce(d.first_tried_at, now()), claim_id = $3::uuid
    FROM taken WHERE d.id = taken.id AND d.id = ANY (ARRAY(SELECT taken.id FROM taken))
    RETURNING d.id, d.channel, d.attempt, d.failures, d.notification_id, taken.first_tried_at AS tried, taken.acts
  )
  SELECT claimed.id, claimed.channel, claimed.attempt, claimed.failures, claimed.tried AS "triedSince", claimed.acts, n.kind,
    n.facts || jsonb_build_object('number', b.number) AS facts, n.person_id = b.requester_id AS "isRequester",
    n.created_at AS "createdAt", ${ENDED_AT} AS "bookingEndedAt", ${recipient('claimed.channel')} AS recipient
  FROM claimed JOIN notifications n ON n.id = claimed.notification_id JOIN events e ON e.id = n.event_id
    JOIN bookings b ON b.id = e.booking_id JOIN people p ON p.id = n.person_id JOIN sites s ON s.id = p.site_id`

const CARD_ACTS = `CASE WHEN c.kind = 'home' THEN ARRAY['everything', 'homes']
  WHEN c.external_id IS NOT NULL AND (c.announce_id IS NULL OR c.announce_id = c.announced_id)
    THEN ARRAY['everything', 'redrawing']
  ELSE ${posting('c.person_id', '$1', 'c.first_tried_at')} END`

const CARD_IS_DUE = `c.drawn_version < c.wanted_version AND c.due_at <= now() AND c.platform = $1::text::chat_platform
  AND (c.leased_until IS NULL OR c.leased_until <= now())`

/** `$1` platform, `$2` how many, `$3` the claim. What an attempt may change is not certain until it is settled, so the digest goes. */
export const CLAIM_CARDS = `
  WITH due AS (
    SELECT c.id, c.first_tried_at, c.drawn_digest, uses.acts FROM cards c
      CROSS JOIN LATERAL (SELECT ${CARD_ACTS} AS acts) uses
    WHERE ${CARD_IS_DUE} AND NOT ${CHANNEL_WAITS} AND NOT ${waits('c.id', 'c.person_id')}
    ORDER BY c.due_at LIMIT ${MOST_CLAIMED} FOR UPDATE OF c SKIP LOCKED
  ), probing AS (
    SELECT c.id, c.first_tried_at, c.drawn_digest, ${CARD_ACTS} AS acts FROM cards c
    WHERE c.id IN (${PROBES}) AND ${CARD_IS_DUE} AND ${CHANNEL_WAITS} FOR UPDATE OF c SKIP LOCKED
  ), taken AS (
    (SELECT * FROM due LIMIT $2) UNION ALL SELECT * FROM probing
  ), claimed AS (
    UPDATE cards c SET attempt = c.attempt + 1, leased_until = now() + make_interval(secs => ${LEASE_SECONDS}),
      first_tried_at = coalesce(c.first_tried_at, now()), drawn_digest = NULL, claim_id = $3::uuid
    FROM taken WHERE c.id = taken.id AND c.id = ANY (ARRAY(SELECT taken.id FROM taken))
    RETURNING c.*, taken.first_tried_at AS tried, taken.drawn_digest AS digest, taken.acts
  )
  SELECT claimed.id, claimed.booking_id AS "bookingId", claimed.platform, claimed.kind, claimed.attempt, claimed.failures,
    claimed.tried AS "triedSince", claimed.acts, claimed.digest AS "drawnDigest", claimed.external_id AS "externalId",
    claimed.announce_id IS NOT DISTINCT FROM claimed.announced_id AS "isAnnounced",
    claimed.left_external_id AS "leftExternalId", (
      SELECT jsonb_build_object('id', n.id, 'kind', n.kind, 'facts', n.facts || jsonb_build_object('number', b.number),
        'isRequester', n.person_id = b.requester_id, 'createdAt', n.created_at)
      FROM notifications n WHERE n.id = claimed.announce_id) AS announcement,
    claimed.view_state AS "viewState", claimed.wanted_version AS version, ${ENDED_AT} AS "bookingEndedAt",
    ${recipient('claimed.platform')} AS recipient
  FROM claimed LEFT JOIN bookings b ON b.id = claimed.booking_id JOIN people p ON p.id = claimed.person_id
    JOIN sites s ON s.id = p.site_id`
