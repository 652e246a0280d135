import { describe, expect, it } from 'vitest'
import { planSitesImport, type SitesTable } from '../../src/core/people/import-sites.ts'
import { aSite } from '../support/builders.ts'

type Cells = SitesTable['rows'][number]['cells']
const BERLIN = aSite()
const CAIRO = aSite({
  id: 'cairo',
  name: 'Cairo',
  timeZone: 'Africa/Cairo',
  workingDays: [1, 2, 3, 4, 7],
  workingHours: { from: 420, until: 900 },
})

function decide(rows: Cells[], sites = [BERLIN, CAIRO]) {
  const table: SitesTable = { rows: rows.map((cells, index) => ({ line: index + 2, cells })), problems: [] }
  return planSitesImport(table, sites, 'Europe/Paris')
}

function planned(...rows: Cells[]) {
  const decision = decide(rows)
  if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.problems))
  return decision.plan
}

it('a site that is new has what the row says, and the company’s where it says nothing', () => {
  const id = expect.any(String)
  const plan = planned(
    { name: 'Dubai', time_zone: 'Asia/Dubai', working_days: 'mon-thu, sat', working_hours: '8-14' },
    { name: 'Lyon' },
  )
  expect(plan).toEqual({
    added: [
      {
        id,
        name: 'Dubai',
        timeZone: 'Asia/Dubai',
        workingDays: [1, 2, 3, 4, 6],
        workingHours: { from: 480, until: 840 },
      },
      { id, name: 'Lyon', timeZone: 'Europe/Paris', workingDays: null, workingHours: null },
    ],
    changed: [],
    unchanged: 0,
    notNamed: 2,
  })
})

it('a column that the file leaves out leaves a site as it is', () => {
  expect(planned({ name: 'Cairo' })).toMatchObject({ changed: [], unchanged: 1 })
})

it.each(['Cairo\u200B', ' CAIRO\u00A0'])('a name that looks the same is the same site: %j', (name) => {
  expect(planned({ name })).toMatchObject({ added: [], notNamed: 1 })
  expect(decide([{ name: 'Cairo' }, { name }])).toMatchObject({
    kind: 'refused',
    problems: [{ line: 3, field: 'name' }],
  })
})

describe('a site that is known', () => {
  it.each<[string, Cells, Partial<typeof CAIRO>]>([
    ['has other days', { working_days: 'sat-wed' }, { workingDays: [1, 2, 3, 6, 7] }],
    ['has as many, but others', { working_days: 'mon-fri' }, { workingDays: [1, 2, 3, 4, 5] }],
    ['has the company’s days where the cell is empty', { working_days: '' }, { workingDays: null }],
    [
      'has other hours',
      { working_days: 'sun-thu', working_hours: '9-17' },
      { workingHours: { from: 540, until: 1020 } },
    ],
    [
      'has the company’s hours where the cell is empty',
      { working_days: 'sun-thu', working_hours: '' },
      { workingHours: null },
    ],
    ['has another zone', { working_days: 'sun-thu', time_zone: 'Asia/Dubai' }, { timeZone: 'Asia/Dubai' }],
    ['is found in any case, and written as in the file', { name: 'CAIRO', working_days: 'sun-thu' }, { name: 'CAIRO' }],
  ])('%s', (_case, cells, changes) => {
    const plan = planned({ name: 'Cairo', ...cells })
    expect(plan).toEqual({
      added: [],
      changed: [{ before: CAIRO, after: { ...CAIRO, ...changes } }],
      unchanged: 0,
      notNamed: 1,
    })
  })

  it('keeps its hours where the file has no such column, and is as it was where the cell says the same', () => {
    const plan = planned({ name: 'Cairo', working_days: 'sun-thu', working_hours: '07:00-15:00' })
    expect(plan).toMatchObject({ changed: [], unchanged: 1 })
    expect(planned({ name: 'Cairo', working_days: 'mon' }).changed).toMatchObject([
      { after: { workingHours: CAIRO.workingHours } },
    ])
  })

  it('keeps its zone where the cell is empty, and is as it was where all is the same', () => {
    const plan = planned({ name: 'Cairo', time_zone: '', working_days: 'thu,sun-wed' }, { name: 'Berlin' })
    expect(plan).toEqual({ added: [], changed: [], unchanged: 2, notNamed: 0 })
  })
})

it('every bad row is named, and nothing is planned', () => {
  const decision = decide([
    { name: 'Lyon' },
    { name: '', time_zone: 'Berlin', working_days: 'weekdays', working_hours: '22:00-06:00' },
    { name: 'a'.repeat(101) },
    { name: 'LYON' },
    { name: '' },
  ])
  expect(decision).toEqual({
    kind: 'refused',
    problems: [
      { line: 3, field: 'name', reason: 'is missing' },
      { line: 3, field: 'time_zone', reason: '"Berlin" is no IANA time zone such as Europe/Berlin' },
      {
        line: 3,
        field: 'working_days',
        reason: 'must be days such as mon,tue,wed, or a range such as sun-thu, or empty, not "weekdays"',
      },
      {
        line: 3,
        field: 'working_hours',
        reason: 'must be hours of one day such as 08:00-18:00, or empty, not "22:00-06:00"',
      },
      { line: 4, field: 'name', reason: 'is longer than 100 characters' },
      { line: 5, field: 'name', reason: 'LYON is already in line 2' },
      { line: 6, field: 'name', reason: 'is missing' },
    ],
  })
})
