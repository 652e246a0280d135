import { SITE_COLUMNS, type SiteColumn, type SitesPlan } from '../../core/people/import-sites.ts'
import { importSites } from '../../store/import-sites.ts'
import type { Import } from './import-table.ts'
import { importedWords, worksWords } from './import-words.ts'

export const sites: Import<SiteColumn, SitesPlan> = {
  command: 'import:sites',
  example: 'sites.csv',
  columns: SITE_COLUMNS,
  write: importSites,
  finish: (plan) => [
    ...importedWords({ one: 'site', many: 'sites' }, { ...plan, newSites: plan.added }),
    ...plan.changed.map(changedWords),
  ],
}

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
