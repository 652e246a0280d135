import { runImport } from './imports/import-table.ts'
import { vehicles } from './imports/vehicles.ts'

await runImport(vehicles, process.argv[2])
