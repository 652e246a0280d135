import { OPTIONAL_VEHICLE_COLUMNS, VEHICLE_COLUMNS, type VehiclesPlan } from '../core/fleet/import-vehicles.ts'
import { openDatabase } from '../store/database.ts'
import { importVehicles } from '../store/import-vehicles.ts'
import { importedWords, numbersPhrase, refusedWords } from './import-words.ts'
import { readTable } from './read-table.ts'
import { CommandRefused, explained, onDatabase } from './run-command.ts'

const WHY: Record<
  VehiclesPlan['outgrown'][number]['why'],
  (vehicle: VehiclesPlan['outgrown'][number]['vehicle']) => string
> = {
  too_small: ({ seats }) => `is booked for more people than its ${seats} seats`,
  moved: () => 'moves to another site and is booked',
  retired: () => 'is retired and still makes the trips it is booked for',
}

await explained(async () => {
  const columns = { required: VEHICLE_COLUMNS, optional: OPTIONAL_VEHICLE_COLUMNS }
  const table = await readTable(process.argv[2], columns, 'npm run import:vehicles -- vehicles.csv')
  await onDatabase('import:vehicles', async (url, { companyTimeZone }) => {
    const database = openDatabase(url, 4)
    try {
      const decision = await importVehicles(database.prisma, table, companyTimeZone, new Date())
      if (decision.kind === 'refused') throw new CommandRefused(refusedWords(table.fileName, decision.problems))
      const words = importedWords({ one: 'car', many: 'cars' }, decision.plan)
      for (const line of [...words, ...decision.plan.outgrown.map(outgrownWords)]) console.log(line)
    } finally {
      await database.close()
    }
  })
})

function outgrownWords({ vehicle, why, numbers }: VehiclesPlan['outgrown'][number]): string {
  const car = `${vehicle.name} (${vehicle.licensePlate})`
  return `Warning: ${car} ${WHY[why](vehicle)}: ${numbersPhrase(numbers)}`
}
