import { VEHICLE_COLUMNS, type VehicleColumn, type VehiclesPlan } from '../../core/fleet/import-vehicles.ts'
import { importVehicles } from '../../store/import-vehicles.ts'
import type { Import } from './import-table.ts'
import { importedWords, numbersPhrase } from './import-words.ts'

const WHY: Record<
  VehiclesPlan['outgrown'][number]['why'],
  (vehicle: VehiclesPlan['outgrown'][number]['vehicle']) => string
> = {
  too_small: ({ seats }) => `is booked for more people than its ${seats} seats`,
  moved: () => 'moves to another site and is booked',
  retired: () => 'is retired and still makes the trips it is booked for',
}

export const vehicles: Import<VehicleColumn, VehiclesPlan> = {
  command: 'import:vehicles',
  example: 'vehicles.csv',
  columns: VEHICLE_COLUMNS,
  write: importVehicles,
  finish: (plan) => [...importedWords({ one: 'car', many: 'cars' }, plan), ...plan.outgrown.map(outgrownWords)],
}

function outgrownWords({ vehicle, why, numbers }: VehiclesPlan['outgrown'][number]): string {
  const car = `${vehicle.name} (${vehicle.licensePlate})`
  return `Warning: ${car} ${WHY[why](vehicle)}: ${numbersPhrase(numbers)}`
}
