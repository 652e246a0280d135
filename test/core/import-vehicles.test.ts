import { describe, expect, it } from 'vitest'
import { type Fleet, type FleetVehicle, planVehiclesImport } from '../../src/core/fleet/import-vehicles.ts'

const OCTAVIA = { name: 'Octavia', seats: '5', license_plate: 'B-MP 505', site: 'Berlin' }
type Cells = Partial<typeof OCTAVIA & { type: string; turnaround_minutes: string; image_url: string }>

function table(...rows: Cells[]) {
  return { rows: rows.map((cells, index) => ({ line: index + 2, cells: { ...OCTAVIA, ...cells } })), problems: [] }
}

const BERLIN = { id: 'berlin', name: 'Berlin', timeZone: 'Europe/Berlin', workingDays: null }
const octavia: FleetVehicle = {
  id: 'octavia',
  name: 'Octavia',
  type: 'car',
  seats: 5,
  licensePlate: 'B-MP 505',
  siteId: BERLIN.id,
  turnaroundMinutes: 0,
  imageUrl: null,
}
const FLEET: Fleet = { vehicles: [octavia], sites: [BERLIN], trips: [] }

function planned(file: ReturnType<typeof table>, fleet = FLEET) {
  const decision = planVehiclesImport(file, fleet, 'Europe/Paris')
  if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.problems))
  return decision.plan
}

it('a car that is new has what the row says, and defaults where it says nothing', () => {
  const plan = planned(table({}, { license_plate: 'LX 1', site: 'Lisbon', type: 'van', turnaround_minutes: '30' }))
  expect(plan.unchanged).toBe(1)
  const [lisbon] = plan.newSites
  expect(lisbon).toEqual({ id: expect.any(String), name: 'Lisbon', timeZone: 'Europe/Paris', workingDays: null })
  const id = expect.any(String)
  const van = { ...octavia, id, licensePlate: 'LX 1', siteId: lisbon?.id, type: 'van', turnaroundMinutes: 30 }
  expect(plan.added).toEqual([van])
})

it('a plate in another case is the same car', () => {
  const plan = planned(table({ license_plate: 'b-mp 505' }))
  expect(plan.changed).toEqual([{ before: octavia, after: { ...octavia, licensePlate: 'b-mp 505' } }])
  expect(plan.notNamed).toBe(0)
})

describe('a row is refused', () => {
  it.each([
    ['without a name', { name: '' }, 'name: is missing'],
    ['without a plate', { license_plate: '' }, 'license_plate: is missing'],
    ['without a site', { site: '' }, 'site: is missing'],
    ['without seats', { seats: '' }, 'seats: must be a whole number from 1 to 99, not empty'],
    ['with no seats', { seats: '0' }, 'seats: must be a whole number from 1 to 99, not "0"'],
    ['with too many seats', { seats: '100' }, 'seats: must be a whole number from 1 to 99, not "100"'],
    ['with half a seat', { seats: '4.5' }, 'seats: must be a whole number from 1 to 99, not "4.5"'],
    ['with words for seats', { seats: 'five' }, 'seats: must be a whole number from 1 to 99, not "five"'],
    [
      'with more than a week',
      { turnaround_minutes: '10081' },
      'turnaround_minutes: must be a whole number from 0 to 10080, not "10081"',
    ],
    [
      'with time before it',
      { turnaround_minutes: '-5' },
      'turnaround_minutes: must be a whole number from 0 to 10080, not "-5"',
    ],
    [
      'with a script for a picture',
      { image_url: 'javascript:alert(1)' },
      'image_url: must begin with https:// or http://, or be empty, not "javascript:alert(1)"',
    ],
    [
      'with half an address',
      { image_url: 'https://' },
      'image_url: must begin with https:// or http://, or be empty, not "https://"',
    ],
  ])('%s', (_what, cells, problem) => {
    const decision = planVehiclesImport(table(cells), FLEET, 'UTC')
    expect(decision).toMatchObject({ kind: 'refused', problems: [{ line: 2 }] })
    if (decision.kind === 'refused')
      expect(decision.problems.map((one) => `${one.field}: ${one.reason}`)).toEqual([problem])
  })

  it('when its plate was there before, whatever the case', () => {
    const decision = planVehiclesImport(table({ seats: 'x' }, { license_plate: 'b-mp 505' }), FLEET, 'UTC')
    const problems = decision.kind === 'refused' ? decision.problems : []
    expect(problems.map(({ line, field }) => [line, field])).toEqual([
      [2, 'seats'],
      [3, 'license_plate'],
    ])
  })
})

describe('bookings that a car no longer suits are named', () => {
  const trips = [
    { vehicleId: 'octavia', number: 12, passengers: 5 },
    { vehicleId: 'octavia', number: 7, passengers: 4 },
    { vehicleId: 'another', number: 3, passengers: 9 },
  ]
  it.each([
    ['fewer seats than they need', { seats: '4' }, [{ why: 'too_small', numbers: [12] }]],
    ['another site', { site: 'Lisbon' }, [{ why: 'moved', numbers: [7, 12] }]],
    ['another name only', { name: 'Car' }, []],
    ['more seats', { seats: '9' }, []],
  ])('%s', (_what, cells, outgrown) => {
    expect(planned(table(cells), { ...FLEET, trips }).outgrown).toMatchObject(outgrown)
    expect(planned(table(cells), { ...FLEET, trips }).outgrown).toHaveLength(outgrown.length)
  })
})
