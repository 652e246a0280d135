import { describe, expect, it } from 'vitest'
import { type DirectoryPerson, type PeopleDirectory, planPeopleImport } from '../../src/core/people/import-people.ts'

type Cells = Partial<
  Record<'email' | 'name' | 'role' | 'manager_email' | 'department' | 'site' | 'time_zone', string>
> & {
  active?: string
}

/** Rows from line 2 on; a name and a site where none are given. */
function table(...rows: Cells[]) {
  return {
    rows: rows.map((cells, index) => ({ line: index + 2, cells: { name: 'Somebody', site: 'Berlin', ...cells } })),
    problems: [],
  }
}

const BERLIN = { id: 'berlin', name: 'Berlin', timeZone: 'Europe/Berlin', workingDays: null, workingHours: null }
const known = (email: string, changes: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  id: `id of ${email}`,
  email,
  name: 'Somebody',
  role: 'employee',
  department: '',
  managerId: null,
  siteId: BERLIN.id,
  timeZone: null,
  active: true,
  ...changes,
})
const EMPTY: PeopleDirectory = { people: [], sites: [] }

function planned(file: ReturnType<typeof table>, directory = EMPTY) {
  const decision = planPeopleImport(file, directory, 'Europe/Paris')
  if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.problems))
  return decision.plan
}

function refused(file: ReturnType<typeof table>, directory = EMPTY): string[] {
  const decision = planPeopleImport(file, directory, 'Europe/Paris')
  return decision.kind === 'refused'
    ? decision.problems.map(({ line, field, reason }) => `${line} ${field}: ${reason}`)
    : []
}

describe('a person that is new', () => {
  it('has what the row says, and defaults where it says nothing', () => {
    const { added, newSites } = planned(table({ email: 'Anna@Example.com' }))
    const id = expect.any(String)
    const siteId = newSites[0]?.id
    expect(added).toEqual([known('anna@example.com', { id, siteId: siteId ?? '' })])
    expect(newSites).toEqual([
      { id: siteId, name: 'Berlin', timeZone: 'Europe/Paris', workingDays: null, workingHours: null },
    ])
  })

  it.each([
    ['HR', 'hr'],
    ['Manager', 'manager'],
    ['', 'employee'],
    ['admin', 'admin'],
  ])('has the role %j in any case: %s', (cell, role) => {
    expect(planned(table({ email: 'a@example.com', role: cell })).added[0]?.role).toBe(role)
  })

  it.each([
    ['yes', true],
    ['TRUE', true],
    ['1', true],
    ['No', false],
    ['false', false],
    ['0', false],
    ['', true],
  ])('is active with %j: %s', (active, expected) => {
    expect(planned(table({ email: 'a@example.com', active })).added[0]?.active).toBe(expected)
  })

  it('has a manager from further down, from further up, or from the directory', () => {
    const file = table(
      { email: 'a@example.com', manager_email: 'B@example.com' },
      { email: 'b@example.com', manager_email: 'boss@example.com' },
      { email: 'c@example.com', manager_email: 'a@example.com' },
    )
    const { added } = planned(file, { people: [known('boss@example.com')], sites: [BERLIN] })
    const [a, b, c] = added
    expect([a?.managerId, b?.managerId, c?.managerId]).toEqual([b?.id, 'id of boss@example.com', a?.id])
  })
})

describe('a person that is known', () => {
  const directory = { people: [known('anna@example.com', { active: false })], sites: [BERLIN] }

  it.each([
    ['the same row', {}, 'unchanged'],
    ['the address in capitals', { email: 'ANNA@EXAMPLE.COM' }, 'unchanged'],
    ['the site in capitals', { site: 'BERLIN' }, 'unchanged'],
    ['no word on whether they are active', { active: '' }, 'unchanged'],
    ['another name', { name: 'Anna' }, 'changed'],
    ['another role', { role: 'hr' }, 'changed'],
    ['another department', { department: 'Sales' }, 'changed'],
    ['another site', { site: 'Lisbon' }, 'changed'],
    ['a time zone', { time_zone: 'Europe/Lisbon' }, 'changed'],
    ['being active again', { active: 'yes' }, 'changed'],
  ])('with %s: %s', (_what, cells, outcome) => {
    const plan = planned(table({ email: 'anna@example.com', ...cells }), directory)
    expect([plan.added.length, plan.changed.length, plan.unchanged]).toEqual(
      outcome === 'changed' ? [0, 1, 0] : [0, 0, 1],
    )
  })

  it('is left alone where the file does not name them, and counted', () => {
    const plan = planned(table({ email: 'ben@example.com' }), directory)
    expect(plan).toMatchObject({ changed: [], notNamed: 1 })
  })
})

it('a site that two rows name in different cases is one', () => {
  const { newSites } = planned(
    table({ email: 'a@example.com', site: 'Lyon' }, { email: 'b@example.com', site: 'LYON' }),
  )
  expect(newSites.map((site) => site.name)).toEqual(['Lyon'])
})

describe('a row is refused', () => {
  it.each([
    ['without an address', { email: '' }, '2 email: is missing'],
    ['with no address', { email: 'anna' }, '2 email: "anna" is no email address'],
    [
      'with an address that has a blank',
      { email: 'a b@example.com' },
      '2 email: "a b@example.com" is no email address',
    ],
    ['with a domain without a dot', { email: 'anna@local' }, '2 email: "anna@local" is no email address'],
    ['without a name', { name: '' }, '2 name: is missing'],
    ['with an endless name', { name: 'x'.repeat(101) }, '2 name: is longer than 100 characters'],
    ['without a site', { site: '' }, '2 site: is missing'],
    ['with an unknown role', { role: 'boss' }, '2 role: must be employee, manager, hr or admin, not "boss"'],
    [
      'with a role of JavaScript’s',
      { role: 'constructor' },
      '2 role: must be employee, manager, hr or admin, not "constructor"',
    ],
    [
      'with a zone that is none',
      { time_zone: 'CEST!' },
      '2 time_zone: "CEST!" is no IANA time zone such as Europe/Berlin',
    ],
    ['with an offset', { time_zone: '+01:00' }, '2 time_zone: "+01:00" is no IANA time zone such as Europe/Berlin'],
    ['with an unclear active', { active: 'maybe' }, '2 active: must be yes or no, not "maybe"'],
    [
      'with an unknown manager',
      { manager_email: 'x@example.com' },
      '2 manager_email: "x@example.com" is neither in this file nor in the directory',
    ],
    ['with themselves as manager', { manager_email: 'A@example.com' }, '2 manager_email: nobody is their own manager'],
  ])('%s', (_what, cells, problem) => {
    expect(refused(table({ email: 'a@example.com', ...cells }))).toEqual([problem])
  })

  it('when its address was there before, whatever the case', () => {
    expect(refused(table({ email: 'a@example.com' }, { email: 'b@example.com' }, { email: 'A@example.com' }))).toEqual([
      '4 email: a@example.com is already in line 2',
    ])
  })

  it('with all that is wrong with it, in the order of the columns, and no row hides another', () => {
    const file = table(
      { email: 'a', name: '', active: 'x', manager_email: 'b@example.com' },
      { email: 'b@example.com', site: '' },
    )
    const problems = refused(file).map((problem) => problem.split(':')[0])
    expect(problems).toEqual(['2 email', '2 name', '2 active', '3 site'])
  })
})

describe('managers that go round in a circle are refused', () => {
  const circle = (line: number, ...emails: string[]) =>
    `${line} manager_email: the managers go round in a circle: ${emails.map((name) => `${name}@example.com`).join(' → ')}`
  const row = (name: string, manager: string) => ({
    email: `${name}@example.com`,
    manager_email: `${manager}@example.com`,
  })

  it('in the file, once, beginning with the first of them', () => {
    const file = table(row('x', 'b'), row('b', 'c'), row('c', 'a'), row('a', 'b'))
    expect(refused(file)).toEqual([circle(3, 'b', 'c', 'a', 'b')])
  })

  it('through people of the directory', () => {
    const b = known('b@example.com', { managerId: 'id of c@example.com' })
    const c = known('c@example.com', { managerId: 'id of a@example.com' })
    const directory = { people: [known('a@example.com'), b, c], sites: [BERLIN] }
    expect(refused(table(row('a', 'b')), directory)).toEqual([circle(2, 'a', 'b', 'c', 'a')])
  })

  it('but not where the file resolves what the directory says', () => {
    const b = known('b@example.com', { managerId: 'id of a@example.com' })
    const directory = { people: [known('a@example.com'), b], sites: [BERLIN] }
    expect(refused(table(row('a', 'b'), { email: 'b@example.com', manager_email: '' }), directory)).toEqual([])
  })

  it('two circles are two', () => {
    const file = table(row('a', 'b'), row('b', 'a'), row('c', 'd'), row('d', 'c'))
    expect(refused(file)).toEqual([circle(2, 'a', 'b', 'a'), circle(4, 'c', 'd', 'c')])
  })
})

describe('a column that the file leaves out', () => {
  const mara = known('mara@example.com', { role: 'manager' })
  const anna = known('anna@example.com', {
    role: 'hr',
    managerId: mara.id,
    department: 'Sales',
    timeZone: 'Europe/Lisbon',
    active: false,
  })
  const directory = { people: [mara, anna], sites: [BERLIN] }

  it('leaves somebody who is known as they are, where an empty cell empties it', () => {
    expect(planned(table({ email: anna.email }), directory).unchanged).toBe(1)
    const emptied = { email: anna.email, role: '', manager_email: '', department: '', time_zone: '', active: '' }
    expect(planned(table(emptied), directory).changed).toMatchObject([
      { after: { role: 'employee', managerId: null, department: '', timeZone: null, active: false } },
    ])
  })

  it('is as if it were empty for somebody new', () => {
    expect(planned(table({ email: 'new@example.com' }), directory).added).toMatchObject([
      { role: 'employee', managerId: null, department: '', timeZone: null, active: true },
    ])
  })

  it('still has its managers looked at for circles', () => {
    const rows = table({ email: mara.email, manager_email: anna.email }, { email: anna.email })
    delete rows.rows[1]?.cells.manager_email
    expect(refused(rows, directory)).toEqual([expect.stringMatching(/the managers go round in a circle/)])
  })
})
