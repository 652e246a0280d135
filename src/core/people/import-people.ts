import { managerCircles } from './import-manager-circles.ts'
import {
  cellReader,
  type ImportDecision,
  type ImportProblem,
  type ImportRow,
  type ImportTable,
  inFileOrder,
  quoted,
  saysTheSame,
  siteFinder,
} from './import-table.ts'
import type { Role, Site } from './person.ts'
import { isTimeZone } from './time-zone.ts'

export const PEOPLE_COLUMNS = {
  required: ['email', 'name', 'site'],
  optional: ['role', 'manager_email', 'department', 'time_zone', 'active'],
} as const
export type PeopleColumn = (typeof PEOPLE_COLUMNS)['required' | 'optional'][number]
type PeopleRow = ImportRow<PeopleColumn>
export type PeopleTable = ImportTable<PeopleColumn>

/** Somebody as the directory keeps them. */
export interface DirectoryPerson {
  id: string
  email: string
  name: string
  role: Role
  department: string
  managerId: string | null
  siteId: string
  timeZone: string | null
  active: boolean
}

/** What stands before an import. */
export interface PeopleDirectory {
  people: DirectoryPerson[]
  sites: Site[]
}

/** What an import writes. */
export interface PeoplePlan {
  added: DirectoryPerson[]
  changed: { before: DirectoryPerson; after: DirectoryPerson }[]
  unchanged: number
  newSites: Site[]
  /** People of the directory whom the file does not name: they are left as they are. */
  notNamed: number
}

/** HTML's own rule for an address, with a dot in the domain. https://html.spec.whatwg.org/#valid-e-mail-address */
const ADDRESS = /^[a-z\d.!#$%&'*+/=?^_`{|}~-]+@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/
const LONGEST_ADDRESS = 254
const ROLES: Record<Role, true> = { employee: true, manager: true, hr: true, admin: true }
const ACTIVE = new Map([
  ...['yes', 'true', '1'].map((word) => [word, true] as const),
  ...['no', 'false', '0'].map((word) => [word, false] as const),
])

/** A row as it was read: by addresses and names, for ids are known only when all rows are. */
interface ReadPerson extends Pick<DirectoryPerson, 'email' | 'name'> {
  line: number
  site: string
  /** What the row says; what is missing here is as it was. */
  said: Partial<Pick<DirectoryPerson, 'role' | 'department' | 'timeZone' | 'active'>>
  /** Null: nobody; undefined: as it was. */
  managerEmail: string | null | undefined
}

/**
 * What importing these rows into the directory comes to. The address is the identity. A manager may be anywhere in the
 * file or in the directory. A column that the file does not have, and an empty `active`, leave somebody as they are; somebody new is
 * an active employee without a manager.
 */
export function planPeopleImport(
  { rows, problems: ofRows }: PeopleTable,
  directory: PeopleDirectory,
  companyTimeZone: string,
): ImportDecision<PeoplePlan> {
  const problems = [...ofRows]
  const read = rows.map((row) => readPerson(row, problems))
  checkAddressesAreUnique(read, problems)
  checkManagers(read, directory.people, problems)
  if (problems.length > 0) {
    return { kind: 'refused', problems: inFileOrder(problems, PEOPLE_COLUMNS) }
  }
  return { kind: 'planned', plan: plan(read, directory, companyTimeZone) }
}

function readPerson(row: PeopleRow, problems: ImportProblem[]): ReadPerson {
  const { text, has, refuse } = cellReader(row, problems)
  const email = text('email', { required: true, longest: LONGEST_ADDRESS }).toLowerCase()
  if (email !== '' && !ADDRESS.test(email)) refuse('email', `${quoted(email)} is no email address`)
  const role = text('role').toLowerCase() || 'employee'
  if (!isRole(role)) refuse('role', `must be employee, manager, hr or admin, not ${quoted(role)}`)
  const timeZone = text('time_zone') || null
  if (timeZone && !isTimeZone(timeZone)) {
    refuse('time_zone', `${quoted(timeZone)} is no IANA time zone such as Europe/Berlin`)
  }
  const activeWord = text('active').toLowerCase()
  const active = ACTIVE.get(activeWord)
  if (activeWord !== '' && active === undefined) refuse('active', `must be yes or no, not ${quoted(activeWord)}`)
  const department = text('department')
  const managerEmail = text('manager_email', { longest: LONGEST_ADDRESS }).toLowerCase() || null
  return {
    line: row.line,
    email,
    name: text('name', { required: true }),
    site: text('site', { required: true }),
    said: {
      ...(has('role') && { role: isRole(role) ? role : 'employee' }),
      ...(has('department') && { department }),
      ...(has('time_zone') && { timeZone }),
      ...(active !== undefined && { active }),
    },
    managerEmail: has('manager_email') ? managerEmail : undefined,
  }
}

function isRole(word: string): word is Role {
  return Object.hasOwn(ROLES, word)
}

function checkAddressesAreUnique(read: ReadPerson[], problems: ImportProblem[]): void {
  const first = new Map<string, number>()
  for (const { line, email } of read) {
    const before = first.get(email)
    if (before === undefined) first.set(email, line)
    else if (email !== '') problems.push({ line, field: 'email', reason: `${email} is already in line ${before}` })
  }
}

function checkManagers(read: ReadPerson[], known: DirectoryPerson[], problems: ImportProblem[]): void {
  const emails = new Set([...read, ...known].map((person) => person.email))
  const refuse = (line: number, reason: string) => problems.push({ line, field: 'manager_email', reason })
  for (const { line, email, managerEmail } of read) {
    if (managerEmail === null || managerEmail === undefined) continue
    if (managerEmail === email) refuse(line, 'nobody is their own manager')
    else if (!emails.has(managerEmail)) {
      refuse(line, `${quoted(managerEmail)} is neither in this file nor in the directory`)
    }
  }
  const emailOf = new Map(known.map(({ id, email }) => [id, email]))
  const managers = new Map(known.map((one) => [one.email, (one.managerId && emailOf.get(one.managerId)) || null]))
  for (const { email, managerEmail } of read.toReversed()) {
    if (managerEmail === undefined) continue
    managers.set(email, managerEmail === email ? null : managerEmail)
  }
  const emailsInFile = read.map((person) => person.email)
  for (const circle of managerCircles(managers, emailsInFile)) {
    const line = read.find((person) => person.email === circle[0])?.line ?? 0
    refuse(line, `the managers go round in a circle: ${[...circle, circle[0]].join(' → ')}`)
  }
}

const DEFAULTS = { role: 'employee', department: '', timeZone: null, active: true } as const

function plan(read: ReadPerson[], { people, sites }: PeopleDirectory, companyTimeZone: string): PeoplePlan {
  const before = new Map(people.map((person) => [person.email, person]))
  const ids = new Map([...before].map(([email, { id }]) => [email, id]))
  for (const { email } of read) if (!ids.has(email)) ids.set(email, crypto.randomUUID())
  const { find, added: newSites } = siteFinder(sites, companyTimeZone)
  const result: PeoplePlan = { added: [], changed: [], unchanged: 0, newSites, notNamed: ids.size - read.length }
  for (const { email, name, site, said, managerEmail } of read) {
    const known = before.get(email)
    const named = managerEmail ? (ids.get(managerEmail) ?? null) : null
    const after: DirectoryPerson = {
      ...(known ?? DEFAULTS),
      ...said,
      id: ids.get(email) ?? '',
      email,
      name,
      managerId: managerEmail === undefined ? (known?.managerId ?? null) : named,
      siteId: find(site).id,
    }
    if (!known) result.added.push(after)
    else if (saysTheSame(after, known)) result.unchanged += 1
    else result.changed.push({ before: known, after })
  }
  return result
}
