import { nameKey } from '../text/look-alike-key.ts'
import {
  cellReader,
  type ImportDecision,
  type ImportProblem,
  type ImportRow,
  type ImportTable,
  inFileOrder,
  quoted,
  saysTheSame,
  siteNamed,
} from './import-table.ts'
import type { Site } from './person.ts'
import { isTimeZone } from './time-zone.ts'
import { readWorkingDays } from './working-days.ts'

export const SITE_COLUMNS = ['name', 'time_zone', 'working_days'] as const
type Column = (typeof SITE_COLUMNS)[number]
export type SitesTable = ImportTable<Column>

/** What an import writes. */
export interface SitesPlan {
  added: Site[]
  changed: { before: Site; after: Site }[]
  unchanged: number
  /** Sites that the file does not name: they are left as they are. */
  notNamed: number
}

interface ReadSite {
  line: number
  name: string
  timeZone: string | null
  workingDays: number[] | null
}

/**
 * What importing these rows comes to. The name is the identity, however it is typed. Without a time zone a site keeps its own, and a
 * new one has the company's; without working days it has the company's.
 */
export function planSitesImport(
  { rows, problems: ofRows }: SitesTable,
  sites: readonly Site[],
  companyTimeZone: string,
): ImportDecision<SitesPlan> {
  const problems = [...ofRows]
  const read = rows.map((row) => readSite(row, problems))
  const first = new Map<string, number>()
  for (const { line, name } of read) {
    const before = first.get(nameKey(name))
    if (before === undefined) first.set(nameKey(name), line)
    else if (name !== '') problems.push({ line, field: 'name', reason: `${name} is already in line ${before}` })
  }
  if (problems.length > 0) return { kind: 'refused', problems: inFileOrder(problems, SITE_COLUMNS) }
  return { kind: 'planned', plan: plan(read, sites, companyTimeZone) }
}

function readSite(row: ImportRow<Column>, problems: ImportProblem[]): ReadSite {
  const { text, refuse } = cellReader(row, problems)
  const name = text('name', { required: true })
  const timeZone = text('time_zone') || null
  if (timeZone && !isTimeZone(timeZone)) {
    refuse('time_zone', `${quoted(timeZone)} is no IANA time zone such as Europe/Berlin`)
  }
  const days = text('working_days')
  const workingDays = days === '' ? null : readWorkingDays(days)
  if (days !== '' && !workingDays) {
    refuse(
      'working_days',
      `must be days such as mon,tue,wed, or a range such as sun-thu, or empty, not ${quoted(days)}`,
    )
  }
  return { line: row.line, name, timeZone, workingDays }
}

function plan(read: ReadSite[], sites: readonly Site[], companyTimeZone: string): SitesPlan {
  const result: SitesPlan = { added: [], changed: [], unchanged: 0, notNamed: sites.length }
  for (const { name, timeZone, workingDays } of read) {
    const before = siteNamed(sites, name)
    if (!before) {
      result.added.push({ id: crypto.randomUUID(), name, timeZone: timeZone ?? companyTimeZone, workingDays })
      continue
    }
    result.notNamed -= 1
    const after: Site = { id: before.id, name, timeZone: timeZone ?? before.timeZone, workingDays }
    if (saysTheSame(flat(after), flat(before))) result.unchanged += 1
    else result.changed.push({ before, after })
  }
  return result
}

function flat({ workingDays, ...site }: Site) {
  return { ...site, workingDays: workingDays?.join() ?? null }
}
