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
} from '../people/import-table.ts'
import type { Site } from '../people/person.ts'

export const VEHICLE_COLUMNS = [
  'name',
  'type',
  'seats',
  'license_plate',
  'site',
  'turnaround_minutes',
  'image_url',
] as const
type Column = (typeof VEHICLE_COLUMNS)[number]
export type VehiclesTable = ImportTable<Column>

/** A car as the fleet keeps it. */
export interface FleetVehicle {
  id: string
  name: string
  type: string
  seats: number
  licensePlate: string
  siteId: string
  turnaroundMinutes: number
  imageUrl: string | null
}

/** A booking that has a car to itself now or later. */
interface BookedTrip {
  vehicleId: string
  number: number
  passengers: number
}

/** What stands before an import. */
export interface Fleet {
  vehicles: FleetVehicle[]
  sites: Site[]
  trips: BookedTrip[]
}

/** What an import writes. */
export interface VehiclesPlan {
  added: FleetVehicle[]
  changed: { before: FleetVehicle; after: FleetVehicle }[]
  unchanged: number
  newSites: Site[]
  /** Cars of the fleet that the file does not name: they are left as they are. */
  notNamed: number
  /** Cars with bookings that they no longer suit, with the bookings' numbers. */
  outgrown: { vehicle: FleetVehicle; why: 'too_small' | 'moved'; numbers: number[] }[]
}

const MOST_SEATS = 99
/** A week. */
const LONGEST_TURNAROUND = 10_080
const LONGEST_URL = 2000

type ReadVehicle = Omit<FleetVehicle, 'id' | 'siteId'> & { line: number; site: string }

/** What importing these rows into the fleet comes to. The licence plate is the identity, whatever its case. */
export function planVehiclesImport(
  { rows, problems: ofRows }: VehiclesTable,
  fleet: Fleet,
  companyTimeZone: string,
): ImportDecision<VehiclesPlan> {
  const problems = [...ofRows]
  const read = rows.map((row) => readVehicle(row, problems))
  const first = new Map<string, number>()
  for (const { line, licensePlate } of read) {
    const before = first.get(plateKey(licensePlate))
    if (before === undefined) first.set(plateKey(licensePlate), line)
    else if (licensePlate !== '') {
      problems.push({ line, field: 'license_plate', reason: `${licensePlate} is already in line ${before}` })
    }
  }
  if (problems.length > 0) return { kind: 'refused', problems: inFileOrder(problems, VEHICLE_COLUMNS) }
  return { kind: 'planned', plan: plan(read, fleet, companyTimeZone) }
}

function readVehicle(row: ImportRow<Column>, problems: ImportProblem[]): ReadVehicle {
  const { text, whole, refuse } = cellReader(row, problems)
  const imageUrl = text('image_url', { longest: LONGEST_URL }) || null
  if (imageUrl && !isWebAddress(imageUrl)) {
    refuse('image_url', `must begin with https:// or http://, or be empty, not ${quoted(imageUrl)}`)
  }
  return {
    line: row.line,
    name: text('name', { required: true }),
    type: text('type') || 'car',
    seats: whole('seats', 1, MOST_SEATS, null),
    licensePlate: text('license_plate', { required: true }),
    site: text('site', { required: true }),
    turnaroundMinutes: whole('turnaround_minutes', 0, LONGEST_TURNAROUND, 0),
    imageUrl,
  }
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

function plateKey(licensePlate: string): string {
  return licensePlate.toLowerCase()
}

function plan(read: ReadVehicle[], { vehicles, sites, trips }: Fleet, companyTimeZone: string): VehiclesPlan {
  const before = new Map(vehicles.map((vehicle) => [plateKey(vehicle.licensePlate), vehicle]))
  const { find, added: newSites } = siteFinder(sites, companyTimeZone)
  const result: VehiclesPlan = {
    added: [],
    changed: [],
    unchanged: 0,
    newSites,
    notNamed: vehicles.length,
    outgrown: [],
  }
  for (const { line: _, site, ...vehicle } of read) {
    const known = before.get(plateKey(vehicle.licensePlate))
    const after: FleetVehicle = { ...vehicle, id: known?.id ?? crypto.randomUUID(), siteId: find(site).id }
    if (!known) {
      result.added.push(after)
      continue
    }
    result.notNamed -= 1
    if (saysTheSame(after, known)) {
      result.unchanged += 1
      continue
    }
    result.changed.push({ before: known, after })
    result.outgrown.push(...outgrownBy(known, after, trips))
  }
  return result
}

function outgrownBy(before: FleetVehicle, after: FleetVehicle, trips: BookedTrip[]): VehiclesPlan['outgrown'] {
  const own = trips.filter((trip) => trip.vehicleId === after.id)
  const numbersOf = (some: BookedTrip[]) => some.map((trip) => trip.number).toSorted((a, b) => a - b)
  const tooMany = own.filter((trip) => trip.passengers > after.seats)
  const moved = before.siteId === after.siteId ? [] : own
  return [
    { vehicle: after, why: 'too_small' as const, numbers: numbersOf(tooMany) },
    { vehicle: after, why: 'moved' as const, numbers: numbersOf(moved) },
  ].filter(({ numbers }) => numbers.length > 0)
}
