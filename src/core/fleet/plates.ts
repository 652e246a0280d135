import type { ImportProblem } from '../people/import-table.ts'
import { mayBeSamePlate, plateKey } from '../text/look-alike-key.ts'

interface Plated {
  licensePlate: string
}
type PlatedRow = Plated & { line: number }

/**
 * Finds cars by their plates, however they are typed. A car that was entered twice before plates had keys is found as it was entered.
 */
export function fleetByPlate<Car extends Plated>(cars: readonly Car[]) {
  const byKey = grouped(cars, plateKey)
  const sharing = (plate: string) => byKey.get(plateKey(plate)) ?? []
  return {
    /** All cars with this plate: more than one only where they were entered twice. */
    sharing,
    /** The car with this plate; undefined where there is none, or it cannot be said which. */
    find: (plate: string): Car | undefined => {
      const [first, ...others] = sharing(plate)
      return others.length === 0 ? first : sharing(plate).find(({ licensePlate }) => licensePlate === plate)
    },
  }
}

/** Adds a problem for each row whose plate is none, is there before, or may be that of another car of the fleet or the file. */
export function checkPlates<Car extends Plated>(
  rows: readonly PlatedRow[],
  cars: readonly Car[],
  problems: ImportProblem[],
): void {
  const fleet = fleetByPlate(cars)
  const alike = grouped<Plated>([...cars, ...rows], withoutSeparators)
  const first = new Map<Car | string, PlatedRow>()

  const problemOf = (row: PlatedRow): string | null => {
    const { licensePlate: plate } = row
    if (plateKey(plate) === '') return `must have letters or digits, not "${plate}"`
    const car = fleet.find(plate)
    const sharing = fleet.sharing(plate).map(({ licensePlate }) => licensePlate)
    if (!car && sharing.length > 0)
      return `${plate} is in the fleet as ${sharing.join(' and as ')}: write it as one of them`
    const before = first.get(car ?? plateKey(plate))
    if (before) return alreadyWords(plate, before)
    first.set(car ?? plateKey(plate), row)
    const other = car ? undefined : alike.get(withoutSeparators(plate))?.find((one) => mayBeOne(row, one))
    return other ? ambiguousWords(plate, other) : null
  }

  for (const row of rows.filter(({ licensePlate }) => licensePlate !== '')) {
    const reason = problemOf(row)
    if (reason) problems.push({ line: row.line, field: 'license_plate', reason })
  }
}

/** Of two rows the later one is refused. */
function mayBeOne(row: PlatedRow, other: Plated | PlatedRow): boolean {
  if ('line' in other && other.line >= row.line) return false
  return mayBeSamePlate(plateKey(row.licensePlate), plateKey(other.licensePlate))
}

function alreadyWords(plate: string, { line, licensePlate }: PlatedRow): string {
  return `${plate} is already in line ${line}${licensePlate === plate ? '' : `, as ${licensePlate}`}`
}

function ambiguousWords(plate: string, { licensePlate }: Plated): string {
  return `${plate} may be the same car as ${licensePlate}: write both plates with their separators, or this one as that`
}

function withoutSeparators(plate: string): string {
  return plateKey(plate).replaceAll('-', '')
}

function grouped<Car extends Plated>(cars: readonly Car[], keyOf: (plate: string) => string): Map<string, Car[]> {
  const groups = new Map<string, Car[]>()
  for (const car of cars) {
    const key = keyOf(car.licensePlate)
    groups.set(key, [...(groups.get(key) ?? []), car])
  }
  return groups
}
