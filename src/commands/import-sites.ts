import { runImport } from './imports/import-table.ts'
import { sites } from './imports/sites.ts'

await runImport(sites, process.argv[2])
