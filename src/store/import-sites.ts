import { planSitesImport, type SitesPlan, type SitesTable } from '../core/people/import-sites.ts'
import type { ImportDecision } from '../core/people/import-table.ts'
import type { Site } from '../core/people/person.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { auditImport, type ImportedFacts, importTransaction, readSites } from './import-transaction.ts'

/** Imports sites whole or not at all. `companyTimeZone` is for those that are new and state none. */
export function importSites(
  prisma: PrismaClient,
  table: SitesTable,
  companyTimeZone: string,
  at: Date,
): Promise<ImportDecision<SitesPlan>> {
  return importTransaction(
    prisma,
    async (tx) => planSitesImport(table, await readSites(tx), companyTimeZone),
    async (tx, { added, changed }) => {
      await write(tx, [...added, ...changed.map(({ after }) => after)])
      const trail = changed.map(({ before, after }) => ({ before: factsOf(before), after: factsOf(after) }))
      await auditImport(tx, 'site', { added: added.map(factsOf), changed: trail }, at)
    },
  )
}

async function write(tx: Prisma.TransactionClient, sites: Site[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO sites (id, name, time_zone, working_days)
    SELECT s.id, s.name, s."timeZone", s."workingDays"
    FROM jsonb_to_recordset(${JSON.stringify(sites)}::jsonb)
      AS s(id uuid, name text, "timeZone" text, "workingDays" smallint[])
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone,
      working_days = excluded.working_days`
}

function factsOf({ id, timeZone, workingDays }: Site): ImportedFacts {
  return { id, timeZone, workingDays: workingDays?.join() ?? null }
}
