import type { Directory, Sighting } from '../core/people/identify-person.ts'
import type { Person } from '../core/people/person.ts'
import type { Database } from './database.ts'
import { personOf } from './documents.ts'
import { Prisma } from './generated/client.ts'
import { PERSON, toPerson } from './rows.ts'

/** When somebody was last seen is good to this many minutes, so that not every press writes a row; where is always right. */
const SEEN_WITHIN_MINUTES = 5

/** Whose account this is, and whether that is to be written down: every press asks. */
const FIND_ACCOUNT = `
  SELECT ${personOf('c.person_id')} AS person, c.time_zone AS "timeZone",
    c.conversation IS DISTINCT FROM coalesce($4::jsonb, c.conversation)
    OR c.last_used_at < now() - make_interval(mins => ${SEEN_WITHIN_MINUTES}) OR EXISTS (
      SELECT FROM chat_accounts other WHERE other.person_id = c.person_id AND other.last_used_at > c.last_used_at
    ) AS "isNews"
  FROM chat_accounts c WHERE c.platform = $1::chat_platform AND c.tenant_id = $2 AND c.user_id = $3`

/** The company directory, as the chat surfaces ask it who somebody is. */
export function createDirectory({ prisma, sql }: Database): Directory {
  return {
    findByAccount: async ({ platform, tenantId, userId, conversation }) => {
      const [account] = await sql.unsafe<{ person: Person; timeZone: string | null; isNews: boolean }[]>(
        FIND_ACCOUNT,
        [platform, tenantId, userId, conversation === undefined ? null : sql.json(conversation)],
        { prepare: true },
      )
      if (!account) return null
      const { person, timeZone, isNews } = account
      if (isNews) {
        const where = { platform_tenantId_userId: { platform, tenantId, userId } }
        await prisma.chatAccount.update({ where, data: { lastUsedAt: new Date(), ...kept(conversation) } })
      }
      return { ...person, lastSeen: { platform, timeZone } }
    },

    findByEmail: async (email) => {
      const person = await prisma.person.findUnique({ where: { email }, include: PERSON })
      return person && toPerson(person)
    },

    linkAccount: async (personId, { platform, tenantId, userId, conversation }, timeZone) => {
      const seen = { personId, timeZone, lastUsedAt: new Date(), ...kept(conversation) }
      await prisma.card.updateMany({ where: { personId, platform }, data: { dueAt: new Date() } })
      await prisma.chatAccount.upsert({
        where: { platform_tenantId_userId: { platform, tenantId, userId } },
        create: { platform, tenantId, userId, ...seen },
        update: seen,
      })
    },

    // A profile changes for many reasons, and only one of them is worth drawing everything anew.
    zoneChanged: async ({ platform, tenantId, userId }, timeZone) => {
      await sql`
        WITH moved AS (
          UPDATE chat_accounts SET time_zone = ${timeZone}
          WHERE platform = ${platform} AND tenant_id = ${tenantId} AND user_id = ${userId}
            AND time_zone IS DISTINCT FROM ${timeZone}
          RETURNING person_id
        )
        UPDATE cards SET wanted_version = wanted_version + 1, due_at = now()
        FROM moved WHERE cards.person_id = moved.person_id AND cards.platform = ${platform} AND (
          cards.booking_id IS NULL OR EXISTS (SELECT FROM bookings b WHERE b.id = cards.booking_id AND b.ends_at > now()))`
    },
  }
}

/** Where nothing is said about the conversation, what was kept of it stays. */
function kept(conversation: Sighting['conversation']) {
  return conversation === undefined ? {} : { conversation: conversation ?? Prisma.JsonNull }
}
