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

export const SITE_COLUMNS = {
  required: ['name'],
  optional: ['time_zone', 'working_days', 'working_hours'],
} as const
export type SiteColumn = (typeof SITE_COLUMNS)['required' | 'optional'][number]
export type SitesTable = ImportTable<SiteColumn>

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
  /** Null: the company's; undefined: as they were. */
  workingDays: number[] | null | undefined
  workingHours: WorkingHours | null | undefined
}

/**
 * What importing these rows comes to. The name is the identity, however it is typed. Without a time zone a site keeps its own, and a
 * new one has the company's. An empty cell for working days or hours means the company's; a file without the column leaves them as
 * they are.
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

function readSite(row: ImportRow<SiteColumn>, problems: ImportProblem[]): ReadSite {
  const { text, has, refuse } = cellReader(row, problems)
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
  return {
    line: row.line,
    name,
    timeZone,
    workingDays: has('working_days') ? workingDays : undefined,
    workingHours: has('working_hours') ? workingHours : undefined,
  }
}

function plan(read: ReadSite[], sites: readonly Site[], companyTimeZone: string): SitesPlan {
  const result: SitesPlan = { added: [], changed: [], unchanged: 0, notNamed: sites.length }
  for (const { name, timeZone, workingDays, workingHours } of read) {
    const before = siteNamed(sites, name)
    if (!before) {
      result.added.push({
        id: crypto.randomUUID(),
        name,
        timeZone: timeZone ?? companyTimeZone,
        workingDays: workingDays ?? null,
        workingHours: workingHours ?? null,
      })
      continue
    }
    result.notNamed -= 1
    const days = workingDays === undefined ? before.workingDays : workingDays
    const hours = workingHours === undefined ? before.workingHours : workingHours
    const after: Site = {
      id: before.id,
      name,
      timeZone: timeZone ?? before.timeZone,
      workingDays: days,
      workingHours: hours,
    }
    if (saysTheSame(flat(after), flat(before))) result.unchanged += 1
    else result.changed.push({ before, after })
  }
  return result
}

function flat({ workingDays, workingHours, ...site }: Site) {
  const hours = workingHours && `${workingHours.from}-${workingHours.until}`
  return { ...site, workingDays: workingDays?.join() ?? null, workingHours: hours }
}
