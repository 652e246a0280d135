import { planSitesImport, type SitesPlan, type SitesTable } from '../core/people/import-sites.ts'
import type { ImportDecision } from '../core/people/import-table.ts'
import type { Site } from '../core/people/person.ts'
import { workingHoursWords } from '../core/people/working-hours.ts'
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
    INSERT INTO sites (id, name, time_zone, working_days, working_hours)
    SELECT s.id, s.name, s."timeZone", s."workingDays", s."workingHours"
    FROM jsonb_to_recordset(${JSON.stringify(sites.map(toRow))}::jsonb)
      AS s(id uuid, name text, "timeZone" text, "workingDays" smallint[], "workingHours" smallint[])
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone,
      working_days = excluded.working_days, working_hours = excluded.working_hours`
}

function toRow({ workingHours, ...site }: Site) {
  return { ...site, workingHours: workingHours && [workingHours.from, workingHours.until] }
}

function factsOf({ id, timeZone, workingDays, workingHours }: Site): ImportedFacts {
  const hours = workingHours && workingHoursWords(workingHours)
  return { id, timeZone, workingDays: workingDays?.join() ?? null, workingHours: hours }
}
