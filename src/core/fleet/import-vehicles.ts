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
import { checkPlates, fleetByPlate } from './plates.ts'

export const VEHICLE_COLUMNS = {
  required: ['name', 'seats', 'license_plate', 'site'],
  optional: ['type', 'turnaround_minutes', 'image_url', 'status'],
} as const
export type VehicleColumn = (typeof VEHICLE_COLUMNS)['required' | 'optional'][number]
export type VehiclesTable = ImportTable<VehicleColumn>

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
  status: VehicleStatus
}

type VehicleStatus = 'in_service' | 'retired'

/** A trip that has a car to itself now or later, also one that a booking may become. */
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
  outgrown: { vehicle: FleetVehicle; why: 'too_small' | 'moved' | 'retired'; numbers: number[] }[]
}

const MOST_SEATS = 99
/** A week. */
const LONGEST_TURNAROUND = 10_080
const LONGEST_URL = 2000

/** A row as it was read; null: as it was. */
interface ReadVehicle extends Pick<FleetVehicle, 'name' | 'seats' | 'licensePlate'> {
  line: number
  site: string
  type: string | null
  turnaroundMinutes: number | null
  imageUrl: string | null
  /** An image is null where the row says that there is none. */
  hasImageColumn: boolean
  status: VehicleStatus | null
}

/**
 * Returns what importing these rows into the fleet comes to. The licence plate is the identity, however it is typed. A column that
 * the file does not have leaves a car as it is; a new one is a car in service without turnaround or image.
 */
export function planVehiclesImport(
  { rows, problems: ofRows }: VehiclesTable,
  fleet: Fleet,
  companyTimeZone: string,
): ImportDecision<VehiclesPlan> {
  const problems = [...ofRows]
  const read = rows.map((row) => readVehicle(row, problems))
  checkPlates(read, fleet.vehicles, problems)
  if (problems.length > 0) {
    return { kind: 'refused', problems: inFileOrder(problems, VEHICLE_COLUMNS) }
  }
  return { kind: 'planned', plan: plan(read, fleet, companyTimeZone) }
}

const STATUSES = new Map<string, VehicleStatus | null>([
  ['', null],
  ['in service', 'in_service'],
  ['in_service', 'in_service'],
  ['retired', 'retired'],
])

function readVehicle(row: ImportRow<VehicleColumn>, problems: ImportProblem[]): ReadVehicle {
  const { text, whole, has, refuse } = cellReader(row, problems)
  const imageUrl = text('image_url', { longest: LONGEST_URL }) || null
  if (imageUrl && !isWebAddress(imageUrl)) {
    refuse('image_url', `must begin with https://, or be empty, not ${quoted(imageUrl)}`)
  }
  const status = STATUSES.get(text('status').toLowerCase())
  if (status === undefined) {
    refuse('status', `must be "in service" or "retired", or be empty, not ${quoted(text('status'))}`)
  }
  return {
    line: row.line,
    name: text('name', { required: true }),
    type: has('type') ? text('type') || DEFAULTS.type : null,
    seats: whole('seats', 1, MOST_SEATS, null),
    licensePlate: text('license_plate', { required: true }),
    site: text('site', { required: true }),
    turnaroundMinutes: has('turnaround_minutes') ? whole('turnaround_minutes', 0, LONGEST_TURNAROUND, 0) : null,
    imageUrl,
    hasImageColumn: has('image_url'),
    status: status ?? null,
  }
}

const DEFAULTS = { type: 'car', turnaroundMinutes: 0, imageUrl: null, status: 'in_service' } as const

function isWebAddress(text: string): boolean {
  return /^https:\/\//i.test(text) && URL.canParse(text)
}

function plan(read: ReadVehicle[], { vehicles, sites, trips }: Fleet, companyTimeZone: string): VehiclesPlan {
  const before = fleetByPlate(vehicles)
  const { find, added: newSites } = siteFinder(sites, companyTimeZone)
  const result: VehiclesPlan = {
    added: [],
    changed: [],
    unchanged: 0,
    newSites,
    notNamed: vehicles.length,
    outgrown: [],
  }
  for (const row of read) {
    const known = before.find(row.licensePlate)
    const after = vehicleAfter(row, known, find(row.site))
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

function vehicleAfter(row: ReadVehicle, known: FleetVehicle | undefined, site: Site): FleetVehicle {
  const { name, seats, licensePlate } = row
  const before = known ?? DEFAULTS
  return {
    id: known?.id ?? crypto.randomUUID(),
    name,
    type: row.type ?? before.type,
    seats,
    licensePlate,
    siteId: site.id,
    turnaroundMinutes: row.turnaroundMinutes ?? before.turnaroundMinutes,
    imageUrl: row.hasImageColumn ? row.imageUrl : before.imageUrl,
    status: row.status ?? before.status,
  }
}

function outgrownBy(before: FleetVehicle, after: FleetVehicle, trips: BookedTrip[]): VehiclesPlan['outgrown'] {
  const own = trips.filter((trip) => trip.vehicleId === after.id)
  const numbersOf = (some: BookedTrip[]) => [...new Set(some.map((trip) => trip.number))].toSorted((a, b) => a - b)
  const tooMany = own.filter((trip) => trip.passengers > after.seats)
  const moved = before.siteId === after.siteId ? [] : own
  const retired = before.status === after.status || after.status === 'in_service' ? [] : own
  return [
    { vehicle: after, why: 'too_small' as const, numbers: numbersOf(tooMany) },
    { vehicle: after, why: 'moved' as const, numbers: numbersOf(moved) },
    { vehicle: after, why: 'retired' as const, numbers: numbersOf(retired) },
  ].filter(({ numbers }) => numbers.length > 0)
}
