import { OPTIONAL_SITE_COLUMNS, SITE_COLUMNS, type SitesPlan } from '../core/people/import-sites.ts'
import { openDatabase } from '../store/database.ts'
import { importSites } from '../store/import-sites.ts'
import { importedWords, refusedWords, worksWords } from './import-words.ts'
import { readTable } from './read-table.ts'
import { CommandRefused, explained, onDatabase } from './run-command.ts'

await explained(async () => {
  const columns = { required: SITE_COLUMNS, optional: OPTIONAL_SITE_COLUMNS }
  const table = await readTable(process.argv[2], columns, 'npm run import:sites -- sites.csv')
  await onDatabase('import:sites', async (url, { companyTimeZone }) => {
    const database = openDatabase(url, 4)
    try {
      const decision = await importSites(database.prisma, table, companyTimeZone, new Date())
      if (decision.kind === 'refused') throw new CommandRefused(refusedWords(table.fileName, decision.problems))
      const { plan } = decision
      const words = importedWords({ one: 'site', many: 'sites' }, { ...plan, newSites: plan.added })
      for (const line of [...words, ...plan.changed.map(changedWords)]) console.log(line)
    } finally {
      await database.close()
    }
  })
})

/** "Changed: Cairo: Africa/Cairo (was: UTC), works sun, mon, tue, wed, thu (was: works on the company's days)". */
function changedWords({ before, after }: SitesPlan['changed'][number]): string {
  const facts = [
    { now: after.name, was: before.name },
    { now: after.timeZone, was: before.timeZone },
    { now: worksWords(after), was: worksWords(before) },
  ]
  const differing = facts.filter(({ now, was }) => now !== was).map(({ now, was }) => `${now} (was: ${was})`)
  return `Changed: ${after.name}: ${differing.join(', ')}`
}
