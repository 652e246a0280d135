import {
  type DirectoryPerson,
  type PeopleDirectory,
  type PeoplePlan,
  type PeopleTable,
  planPeopleImport,
} from '../core/people/import-people.ts'
import type { ImportDecision } from '../core/people/import-table.ts'
import { noteDirectoryChange } from './directory-changes.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { addSites, auditImport, type ImportedFacts, importTransaction, readSites } from './import-transaction.ts'

/** Imports people whole or not at all. `companyTimeZone` is for sites that are new. */
export function importPeople(
  prisma: PrismaClient,
  table: PeopleTable,
  companyTimeZone: string,
  at: Date,
): Promise<ImportDecision<PeoplePlan>> {
  return importTransaction(
    prisma,
    async (tx) => planPeopleImport(table, await readDirectory(tx), companyTimeZone),
    async (tx, { newSites, added, changed }) => {
      await noteDirectoryChange(tx, at)
      await addSites(tx, newSites)
      await write(tx, [...added, ...changed.map(({ after }) => after)])
      const left = changed.filter(({ before, after }) => before.active && !after.active).map(({ after }) => after.id)
      // Nobody who has left is shown a Home any more.
      await tx.card.deleteMany({ where: { kind: 'home', personId: { in: left } } })
      const trail = changed.map(({ before, after }) => ({ before: factsOf(before), after: factsOf(after) }))
      await auditImport(tx, 'person', { added: added.map(factsOf), changed: trail }, at)
    },
  )
}

async function readDirectory(tx: Prisma.TransactionClient): Promise<PeopleDirectory> {
  const people = await tx.person.findMany({ omit: { createdAt: true } })
  return { people, sites: await readSites(tx) }
}

/**
 * One statement, so that managers may come in any order: foreign keys are checked at its end. By id, for bookings that are
 * being written hold several people in that order.
 */
async function write(tx: Prisma.TransactionClient, people: DirectoryPerson[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO people (id, email, name, role, department, manager_id, site_id, time_zone, active)
    SELECT p.id, p.email, p.name, p.role, p.department, p."managerId", p."siteId", p."timeZone", p.active
    FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS p(id uuid, email text, name text, role person_role,
      department text, "managerId" uuid, "siteId" uuid, "timeZone" text, active boolean)
    ORDER BY p.id
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, department = excluded.department,
      manager_id = excluded.manager_id, site_id = excluded.site_id, time_zone = excluded.time_zone,
      active = excluded.active`
}

function factsOf({ id, role, managerId, siteId, active }: DirectoryPerson): ImportedFacts {
  return { id, role, managerId, siteId, active }
}
