import type { ImportDecision } from '../core/people/import-table.ts'
import type { Site } from '../core/people/person.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { toSite } from './rows.ts'

/** The number of the advisory lock under which one import plans and writes and the others wait. */
const IMPORT_LOCK = 72707370

/** Some 10,000 rows take a second or two; a directory of any company is done long before this. Milliseconds. */
const LONGEST = 120_000

/** Reads, decides and writes under a lock that keeps other imports out: all of it or nothing. */
export function importTransaction<Plan>(
  prisma: PrismaClient,
  decide: (tx: Prisma.TransactionClient) => Promise<ImportDecision<Plan>>,
  write: (tx: Prisma.TransactionClient, plan: Plan) => Promise<unknown>,
): Promise<ImportDecision<Plan>> {
  return prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${IMPORT_LOCK}::bigint)`
      const decision = await decide(tx)
      if (decision.kind === 'planned') await write(tx, decision.plan)
      return decision
    },
    { timeout: LONGEST, maxWait: LONGEST },
  )
}

export async function readSites(tx: Prisma.TransactionClient): Promise<Site[]> {
  return (await tx.site.findMany()).map(toSite)
}

export async function addSites(tx: Prisma.TransactionClient, sites: Site[]): Promise<void> {
  await tx.site.createMany({ data: sites.map(({ id, name, timeZone }) => ({ id, name, timeZone })) })
}

/** What the trail says of an imported row: ids and codes alone, for it can never be changed. */
export interface ImportedFacts {
  id: string
  [fact: string]: string | number | boolean | null
}

/** One entry for each row that was added or changed, by nobody in particular. */
export async function auditImport(
  tx: Prisma.TransactionClient,
  subject: 'person' | 'site' | 'vehicle',
  { added, changed }: { added: ImportedFacts[]; changed: { before: ImportedFacts; after: ImportedFacts }[] },
  at: Date,
): Promise<void> {
  const facts = ({ id: _, ...rest }: ImportedFacts) => rest
  const entries = [
    ...added.map((after) => ({ id: after.id, action: `${subject}.added`, old: null, new: facts(after) })),
    ...changed.map(({ before, after }) => ({
      id: after.id,
      action: `${subject}.changed`,
      old: facts(before),
      new: facts(after),
    })),
  ]
  await tx.$executeRaw`
    INSERT INTO audit_entries (at, action, subject, subject_id, old_values, new_values)
    SELECT ${at}, e.action, ${subject}, e.id, nullif(e.old, 'null'::jsonb), e.new
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS e(id uuid, action text, old jsonb, new jsonb)`
}
