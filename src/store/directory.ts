import type { Directory } from '../core/people/identify-person.ts'
import type { Person } from '../core/people/person.ts'
import type { Database } from './database.ts'
import { personOf } from './documents.ts'
import { PERSON, toPerson } from './rows.ts'

/** When somebody was last seen is good to this many minutes, so that not every press writes a row; where is always right. */
const SEEN_WITHIN_MINUTES = 5

/** Whose account this is, and whether that is to be written down: every press asks. */
const FIND_ACCOUNT = `
  SELECT ${personOf('c.person_id')} AS person, c.time_zone AS "timeZone",
    c.last_used_at < now() - make_interval(mins => ${SEEN_WITHIN_MINUTES}) OR EXISTS (
      SELECT FROM chat_accounts other WHERE other.person_id = c.person_id AND other.last_used_at > c.last_used_at
    ) AS "isNews"
  FROM chat_accounts c WHERE c.platform = $1::chat_platform AND c.tenant_id = $2 AND c.user_id = $3`

/** The company directory, as the chat surfaces ask it who somebody is. */
export function createDirectory({ prisma, sql }: Database): Directory {
  return {
    findByAccount: async ({ platform, tenantId, userId }) => {
      const [account] = await sql.unsafe<{ person: Person; timeZone: string | null; isNews: boolean }[]>(
        FIND_ACCOUNT,
        [platform, tenantId, userId],
        { prepare: true },
      )
      if (!account) return null
      const { person, timeZone, isNews } = account
      if (isNews) {
        const where = { platform_tenantId_userId: { platform, tenantId, userId } }
        await prisma.chatAccount.update({ where, data: { lastUsedAt: new Date() } })
      }
      return { ...person, lastSeen: { platform, timeZone } }
    },

    findByEmail: async (email) => {
      const person = await prisma.person.findUnique({ where: { email }, include: PERSON })
      return person && toPerson(person)
    },

    linkAccount: async (personId, { platform, tenantId, userId }, timeZone) => {
      const seen = { personId, timeZone, lastUsedAt: new Date() }
      await prisma.card.updateMany({ where: { personId, platform }, data: { dueAt: new Date() } })
      await prisma.chatAccount.upsert({
        where: { platform_tenantId_userId: { platform, tenantId, userId } },
        create: { platform, tenantId, userId, ...seen },
        update: seen,
      })
    },
  }
}
