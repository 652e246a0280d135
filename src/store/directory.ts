import type { ChatIdentity, Directory, Sighting } from '../core/people/identify-person.ts'
import type { Person } from '../core/people/person.ts'
import { LEASE_SECONDS } from './claims.ts'
import type { Database } from './database.ts'
import { personOf } from './documents.ts'
import { Prisma } from './generated/client.ts'
import { PERSON, toPerson } from './rows.ts'
import { LIVE } from './statuses.ts'

/** When somebody was last seen is good to this many minutes, so that not every press writes a row; where is always right. */
const SEEN_WITHIN_MINUTES = 5

/** How long an account is good before its platform is asked about it again, and after it could not be, in hours. */
const CHECKED_FOR_HOURS = 12
const PUT_OFF_HOURS = 1

const IS_CHECK_DUE = `(c.checked_at IS NULL OR c.checked_at < now() - make_interval(hours => ${CHECKED_FOR_HOURS}))`

/** Of several presses at once, one asks the platform. */
const CLAIM_CHECK = `
  UPDATE chat_accounts c SET checked_at = now()
  WHERE c.platform = $1::chat_platform AND c.tenant_id = $2 AND c.user_id = $3 AND ${IS_CHECK_DUE} RETURNING c.id`

const FIND_HOLDER = `
  SELECT ${personOf('c.person_id')} AS person FROM chat_accounts c
  WHERE c.platform = $1::chat_platform AND c.tenant_id = $2 AND c.user_id = $3`

/** Whose account this is, and whether that is to be written down: every press asks. */
const FIND_ACCOUNT = `
  SELECT ${personOf('c.person_id')} AS person, c.time_zone AS "timeZone",
    c.conversation IS DISTINCT FROM coalesce($4::jsonb, c.conversation)
    OR c.last_used_at < now() - make_interval(mins => ${SEEN_WITHIN_MINUTES}) OR EXISTS (
      SELECT FROM chat_accounts other WHERE other.person_id = c.person_id AND other.last_used_at > c.last_used_at
    ) AS "isNews", ${IS_CHECK_DUE} AS "isCheckDue"
  FROM chat_accounts c WHERE c.platform = $1::chat_platform AND c.tenant_id = $2 AND c.user_id = $3`

/** The ids of a person's Home and of their cards about live bookings, on one platform: as many as they can still act on. */
const liveCards = (personId: string, platform: string) => `ARRAY(
  SELECT c.id FROM cards c WHERE c.kind = 'home' AND c.person_id = ${personId} AND c.platform = ${platform}
  UNION ALL
  SELECT c.id FROM cards c WHERE c.person_id = ${personId} AND c.platform = ${platform} AND c.booking_id = ANY (ARRAY(
    SELECT b.id FROM bookings b WHERE b.status IN ${LIVE} AND b.ends_at > now())))`

/** Cards that could not be drawn for the person `$1` on the platform `$2` need not wait any longer. */
const DRAW_NOW = `
  WITH behind AS (
    SELECT c.id FROM cards c WHERE c.id = ANY (${liveCards('$1::uuid', '$2::chat_platform')})
      AND c.drawn_version < c.wanted_version
    -- In one order, for changes of bookings touch the same cards at the same time.
    ORDER BY c.id FOR UPDATE
  )
  UPDATE cards SET due_at = now() WHERE id = ANY (ARRAY(SELECT behind.id FROM behind))`

/**
 * Messages that could not be brought to the person `$1` on the platform `$2` need not wait any longer. One that is due within the
 * lease may be on its way, and keeps its time.
 */
const SEND_NOW = `
  UPDATE deliveries SET due_at = now() WHERE id = ANY (ARRAY(
    SELECT d.id FROM deliveries d JOIN notifications n ON n.id = d.notification_id
    WHERE EXISTS (SELECT FROM admin_alerts a WHERE a.person_id = $1::uuid AND a.kind = 'unreachable'
        AND a.channel::text = $2::text)
      AND n.person_id = $1::uuid AND d.channel = $2::text::delivery_channel AND d.status = 'pending' AND d.failures > 0
      AND d.due_at > now() + make_interval(secs => ${LEASE_SECONDS})
    FOR UPDATE OF d SKIP LOCKED))`

/** The account `$1`, `$2`, `$3` is in the zone `$4` now: what its person can still act on is drawn again. */
const MOVE = `
  WITH moved AS (
    UPDATE chat_accounts SET time_zone = $4
    WHERE platform = $1::chat_platform AND tenant_id = $2 AND user_id = $3 AND time_zone IS DISTINCT FROM $4
    RETURNING person_id
  ), shown AS (
    SELECT c.id FROM cards c
    WHERE c.id = ANY (${liveCards('(SELECT person_id FROM moved)', '$1::chat_platform')}) AND EXISTS (SELECT FROM moved)
    ORDER BY c.id FOR UPDATE
  )
  UPDATE cards SET wanted_version = wanted_version + 1, due_at = now() WHERE id = ANY (ARRAY(SELECT shown.id FROM shown))`

/** The company directory, as the chat surfaces ask it who somebody is. */
export function createDirectory({ prisma, sql }: Database): Directory {
  const claimCheck = async ({ platform, tenantId, userId }: ChatIdentity) =>
    (await sql.unsafe(CLAIM_CHECK, [platform, tenantId, userId], { prepare: true })).length > 0

  return {
    findByAccount: async ({ platform, tenantId, userId, conversation }) => {
      type Account = { person: Person; timeZone: string | null; isNews: boolean; isCheckDue: boolean }
      const [account] = await sql.unsafe<Account[]>(
        FIND_ACCOUNT,
        [platform, tenantId, userId, conversation === undefined ? null : sql.json(conversation)],
        { prepare: true },
      )
      if (!account) return null
      const { person, timeZone, isNews } = account
      if (isNews) {
        // Many, for it may have been revoked meanwhile.
        const where = { platform, tenantId, userId }
        await prisma.chatAccount.updateMany({ where, data: { lastUsedAt: new Date(), ...kept(conversation) } })
      }
      const isCheckDue = account.isCheckDue && (await claimCheck({ platform, tenantId, userId }))
      return { ...person, lastSeen: { platform, timeZone }, isCheckDue }
    },

    holderOf: async ({ platform, tenantId, userId }) => {
      const [row] = await sql.unsafe<{ person: Person }[]>(FIND_HOLDER, [platform, tenantId, userId], { prepare: true })
      return row?.person ?? null
    },

    revokeAccount: async ({ platform, tenantId, userId }) => {
      await sql.begin(async (tx) => {
        const revoked = await tx<{ personId: string }[]>`
          DELETE FROM chat_accounts WHERE platform = ${platform} AND tenant_id = ${tenantId} AND user_id = ${userId}
          RETURNING person_id AS "personId"`
        // There is nobody to show a Home to. A statement of its own sees one that was opened while the first one waited.
        const people = revoked.map(({ personId }) => personId)
        await tx`DELETE FROM cards WHERE person_id = ANY (${people}::uuid[]) AND platform = ${platform} AND kind = 'home'`
      })
    },

    putOffCheck: async ({ platform, tenantId, userId }) => {
      await sql`
        UPDATE chat_accounts SET checked_at = now() - make_interval(hours => ${CHECKED_FOR_HOURS - PUT_OFF_HOURS})
        WHERE platform = ${platform} AND tenant_id = ${tenantId} AND user_id = ${userId}`
    },

    findByEmail: async (email) => {
      const person = await prisma.person.findUnique({ where: { email }, include: PERSON })
      return person && toPerson(person)
    },

    linkAccount: async (personId, { platform, tenantId, userId, conversation }, timeZone) => {
      const seen = { personId, timeZone, lastUsedAt: new Date(), checkedAt: new Date(), ...kept(conversation) }
      await prisma.chatAccount.upsert({
        where: { platform_tenantId_userId: { platform, tenantId, userId } },
        create: { platform, tenantId, userId, ...seen },
        update: seen,
      })
      await sql.unsafe(DRAW_NOW, [personId, platform], { prepare: true })
      await sql.unsafe(SEND_NOW, [personId, platform], { prepare: true })
    },

    // A profile changes for many reasons, and only one of them is worth drawing everything anew.
    zoneChanged: async ({ platform, tenantId, userId }, timeZone) => {
      await sql.unsafe(MOVE, [platform, tenantId, userId, timeZone], { prepare: true })
    },
  }
}

/** Where nothing is said about the conversation, what was kept of it stays. */
function kept(conversation: Sighting['conversation']) {
  return conversation === undefined ? {} : { conversation: conversation ?? Prisma.JsonNull }
}
