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
import { readWorkingHours, type WorkingHours } from './working-hours.ts'

export const SITE_COLUMNS = { required: ['name', 'time_zone', 'working_days'], optional: ['working_hours'] } as const
type Column = (typeof SITE_COLUMNS.required)[number] | (typeof SITE_COLUMNS.optional)[number]
export type SitesTable = ImportTable<Column>

const COLUMNS = [...SITE_COLUMNS.required, ...SITE_COLUMNS.optional]

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
  /** Undefined: the file has no such column. */
  workingHours: WorkingHours | null | undefined
}

/**
 * What importing these rows comes to. The name is the identity, however it is typed. Without a time zone a site keeps its own, and a
 * new one has the company's; without working days, or with an empty cell for its hours, it has the company's. A file without the
 * column of hours leaves them as they are.
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
  if (problems.length > 0) return { kind: 'refused', problems: inFileOrder(problems, COLUMNS) }
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
  const hours = text('working_hours')
  const workingHours = hours === '' ? null : readWorkingHours(hours)
  if (hours !== '' && !workingHours) {
    refuse('working_hours', `must be hours of one day such as 08:00-18:00, or empty, not ${quoted(hours)}`)
  }
  const states = row.cells.working_hours !== undefined
  return { line: row.line, name, timeZone, workingDays, workingHours: states ? workingHours : undefined }
}

function plan(read: ReadSite[], sites: readonly Site[], companyTimeZone: string): SitesPlan {
  const result: SitesPlan = { added: [], changed: [], unchanged: 0, notNamed: sites.length }
  for (const { name, timeZone, workingDays, workingHours } of read) {
    const before = siteNamed(sites, name)
    if (!before) {
      const site = { id: crypto.randomUUID(), name, timeZone: timeZone ?? companyTimeZone, workingDays }
      result.added.push({ ...site, workingHours: workingHours ?? null })
      continue
    }
    result.notNamed -= 1
    const hours = workingHours === undefined ? before.workingHours : workingHours
    const after: Site = { id: before.id, name, timeZone: timeZone ?? before.timeZone, workingDays, workingHours: hours }
    if (saysTheSame(flat(after), flat(before))) result.unchanged += 1
    else result.changed.push({ before, after })
  }
  return result
}

function flat({ workingDays, workingHours, ...site }: Site) {
  const hours = workingHours && `${workingHours.from}-${workingHours.until}`
  return { ...site, workingDays: workingDays?.join() ?? null, workingHours: hours }
}
