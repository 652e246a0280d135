import { runImport } from './imports/import-table.ts'
import { people } from './imports/people.ts'

await runImport(people, process.argv[2])
