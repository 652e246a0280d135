import type { Directory } from '../core/people/identify-person.ts'
import type { PrismaClient } from './generated/client.ts'
import { PERSON, toPerson } from './rows.ts'

/** When somebody was last seen is good to this many minutes, so that not every press writes a row; where is always right. */
const SEEN_WITHIN_MINUTES = 5

/** The company directory, as the chat surfaces ask it who somebody is. */
export function createDirectory(prisma: PrismaClient): Directory {
  return {
    findByAccount: async ({ platform, tenantId, userId }) => {
      const where = { platform_tenantId_userId: { platform, tenantId, userId } }
      const account = await prisma.chatAccount.findUnique({ where, include: { person: { include: PERSON } } })
      if (!account) return null
      const isLastUsed = account.person.chatAccounts[0]?.id === account.id
      if (!isLastUsed || account.lastUsedAt.getTime() < Date.now() - SEEN_WITHIN_MINUTES * 60_000) {
        await prisma.chatAccount.update({ where, data: { lastUsedAt: new Date() } })
      }
      return { ...toPerson(account.person), lastSeen: { platform, timeZone: account.timeZone } }
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
