import { describe, expect, it } from 'vitest'
import { type Fleet, type FleetVehicle, planVehiclesImport } from '../../src/core/fleet/import-vehicles.ts'
import { cleanText } from '../../src/core/text/clean-text.ts'

const OCTAVIA = { name: 'Octavia', seats: '5', license_plate: 'B-MP 505', site: 'Berlin' }
type Cells = Partial<typeof OCTAVIA & { type: string; turnaround_minutes: string; image_url: string; status: string }>

function table(...rows: Cells[]) {
  return { rows: rows.map((cells, index) => ({ line: index + 2, cells: { ...OCTAVIA, ...cells } })), problems: [] }
}

const BERLIN = { id: 'berlin', name: 'Berlin', timeZone: 'Europe/Berlin', workingDays: null, workingHours: null }
const octavia: FleetVehicle = {
  id: 'octavia',
  name: 'Octavia',
  type: 'car',
  seats: 5,
  licensePlate: 'B-MP 505',
  siteId: BERLIN.id,
  turnaroundMinutes: 0,
  imageUrl: null,
  status: 'in_service',
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
  expect(lisbon).toEqual({
    id: expect.any(String),
    name: 'Lisbon',
    timeZone: 'Europe/Paris',
    workingDays: null,
    workingHours: null,
  })
  const id = expect.any(String)
  const van = { ...octavia, id, licensePlate: 'LX 1', siteId: lisbon?.id, type: 'van', turnaroundMinutes: 30 }
  expect(plan.added).toEqual([van])
})

it.each(['b-mp 505', 'B MP 505', 'B\u2011MP\u00A0505', 'B-MP\u200B 505'])('the plate %j is the same car', (plate) => {
  const plan = planned(table({ license_plate: plate }))
  const after = { ...octavia, licensePlate: cleanText(plate) }
  expect(plan.changed).toEqual(after.licensePlate === octavia.licensePlate ? [] : [{ before: octavia, after }])
  expect([plan.added, plan.notNamed]).toEqual([[], 0])
})

it('a site that looks the same is the same, in the fleet and in the file', () => {
  const plan = planned(
    table({ site: 'Berlin\u200B' }, { license_plate: 'X 1', site: 'Ulm' }, { license_plate: 'X 2', site: 'ULM\u00A0' }),
  )
  expect(plan.unchanged).toBe(1)
  expect(plan.newSites.map(({ name }) => name)).toEqual(['Ulm'])
})

describe('two plates that differ only in where separators stand', () => {
  const problemsOf = (file: ReturnType<typeof table>, fleet = FLEET) => {
    const decision = planVehiclesImport(file, fleet, 'UTC')
    return decision.kind === 'refused' ? decision.problems.map(({ line, reason }) => `${line}: ${reason}`) : []
  }

  it.each(['BMP505', 'B MP505', 'BMP 505'])('are refused and both named: %s beside B-MP 505', (plate) => {
    const both = `2: ${plate} may be the same car as B-MP 505: write both plates with their separators, or this one as that`
    expect(problemsOf(table({ license_plate: plate }))).toEqual([both])
  })

  it('are refused within the file', () => {
    const problems = problemsOf(table({ license_plate: 'LX40ZO' }, { license_plate: 'LX-40-ZO' }))
    expect(problems).toEqual([expect.stringMatching(/^3: LX-40-ZO may be the same car as LX40ZO:/)])
  })

  it('are two cars where each has one that the other has not', () => {
    expect(planned(table({ license_plate: 'B-NO 1234' }, { license_plate: 'BN-O 1234' })).added).toHaveLength(2)
  })

  it('are two cars where the fleet has both', () => {
    const vehicles = [octavia, { ...octavia, id: 'twin', licensePlate: 'BMP505' }]
    const plan = planned(table({}, { license_plate: 'BMP505', name: 'Twin' }), { ...FLEET, vehicles })
    expect(plan.changed).toMatchObject([{ after: { id: 'twin', name: 'Twin' } }])
  })

  it('a car that was entered twice is named as it was entered', () => {
    const fleet = { ...FLEET, vehicles: [octavia, { ...octavia, id: 'twin', licensePlate: 'B MP 505' }] }
    expect(planned(table({}, { license_plate: 'B MP 505' }), fleet).unchanged).toBe(2)
    expect(problemsOf(table({ license_plate: 'b-mp 505' }), fleet)).toEqual([
      '2: b-mp 505 is in the fleet as B-MP 505 and as B MP 505: write it as one of them',
    ])
  })
})

describe('the status', () => {
  const retired = { ...octavia, status: 'retired' as const }
  it.each<[string, string | undefined, FleetVehicle[], string]>([
    ['in service, where nothing is said of a new car', '', [], 'in_service'],
    ['in service, where there is no such column', undefined, [], 'in_service'],
    ['as before, where nothing is said', '', [retired], 'retired'],
    ['retired', 'retired', [octavia], 'retired'],
    ['in service again', 'In Service', [retired], 'in_service'],
  ])('is %s', (_what, status, vehicles, expected) => {
    const plan = planned(table({ ...(status !== undefined && { status }), name: 'Car' }), { ...FLEET, vehicles })
    const after = [...plan.added, ...plan.changed.map((change) => change.after)]
    expect(after.map((vehicle) => vehicle.status)).toEqual([expected])
  })

  it('names what is booked on a car that is retired, once', () => {
    const trips = [{ vehicleId: 'octavia', number: 12, passengers: 5 }]
    expect(planned(table({ status: 'retired' }), { ...FLEET, trips }).outgrown).toMatchObject([
      { why: 'retired', numbers: [12] },
    ])
    expect(
      planned(table({ status: 'retired', name: 'Car' }), { ...FLEET, vehicles: [retired], trips }).outgrown,
    ).toEqual([])
  })

  it('is one of two words', () => {
    expect(planVehiclesImport(table({ status: 'broken' }), FLEET, 'UTC')).toMatchObject({
      problems: [{ field: 'status', reason: 'must be "in service" or "retired", or be empty, not "broken"' }],
    })
  })
})

describe('a column that the file leaves out', () => {
  const van = { ...octavia, type: 'van', turnaroundMinutes: 30, imageUrl: 'https://example.com/van.png' }
  it('leaves a car as it is, where an empty cell empties it', () => {
    expect(planned(table({}), { ...FLEET, vehicles: [van] }).unchanged).toBe(1)
    const emptied = { type: '', turnaround_minutes: '', image_url: '' }
    expect(planned(table(emptied), { ...FLEET, vehicles: [van] }).changed).toMatchObject([{ after: octavia }])
  })
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
      'image_url: must begin with https://, or be empty, not "javascript:alert(1)"',
    ],
    [
      'with a picture that anybody on the way can replace',
      { image_url: 'http://example.com/car.png' },
      'image_url: must begin with https://, or be empty, not "http://example.com/car.png"',
    ],
    [
      'with a plate of nothing but separators',
      { license_plate: '- .' },
      'license_plate: must have letters or digits, not "- ."',
    ],
    [
      'with half an address',
      { image_url: 'https://' },
      'image_url: must begin with https://, or be empty, not "https://"',
    ],
  ])('%s', (_what, cells, problem) => {
    const decision = planVehiclesImport(table(cells), FLEET, 'UTC')
    expect(decision).toMatchObject({ kind: 'refused', problems: [{ line: 2 }] })
    if (decision.kind === 'refused')
      expect(decision.problems.map((one) => `${one.field}: ${one.reason}`)).toEqual([problem])
  })

  it('when its plate was there before, whatever the case', () => {
    const decision = planVehiclesImport(table({ seats: 'x' }, { license_plate: 'b mp 505' }), FLEET, 'UTC')
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
