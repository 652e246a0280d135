import type { Person, Site } from '../core/people/person.ts'
import type { Prisma } from './generated/client.ts'

/** What Prisma has to fetch for the core's objects, and how its rows become them. */

export const PERSON = {
  site: true,
  chatAccounts: { orderBy: { lastUsedAt: 'desc' }, take: 1 },
} as const satisfies Prisma.PersonInclude

type PersonRow = Prisma.PersonGetPayload<{ include: typeof PERSON }>

export function toPerson(row: PersonRow): Person {
  const { id, email, name, role, department, managerId, site, timeZone, active, awayVersion } = row
  const seen = row.chatAccounts[0]
  const lastSeen = seen ? { platform: seen.platform, timeZone: seen.timeZone } : null
  return { id, email, name, role, department, managerId, site: toSite(site), timeZone, active, awayVersion, lastSeen }
}

/** Prisma knows no list that is null, and reads one as empty. */
export function toSite({ workingDays, workingHours, ...site }: Prisma.SiteGetPayload<object>): Site {
  const [from, until] = workingHours
  return {
    ...site,
    workingDays: workingDays.length > 0 ? workingDays : null,
    workingHours: from === undefined || until === undefined ? null : { from, until },
  }
}
