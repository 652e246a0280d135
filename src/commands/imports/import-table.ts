import type { Deadlines } from '../../core/approval/deadlines.ts'
import type { ImportDecision, ImportTable, TableColumns } from '../../core/people/import-table.ts'
import { type Database, openDatabase } from '../../store/database.ts'
import { CommandRefused, explained, onDatabase } from '../run-command.ts'
import { refusedWords } from './import-words.ts'
import { type FileTable, readTable } from './read-table.ts'

/** One kind of file that can be imported. */
export interface Import<Column extends string, Plan> {
  /** As npm knows it: "import:people". */
  command: string
  /** Names such a file. */
  example: string
  columns: TableColumns<Column>
  write(
    prisma: Database['prisma'],
    table: ImportTable<Column>,
    companyTimeZone: string,
    at: Date,
  ): Promise<ImportDecision<Plan>>
  /** Does what follows from it, and returns what was done, a line each. */
  finish(plan: Plan, importing: Importing): Promise<string[]> | string[]
}

export interface Importing {
  database: Database
  /** IANA name: new sites without a zone have this one. */
  companyTimeZone: string
  deadlines: Deadlines
  at: Date
}

/**
 * Imports a file that was read, as a whole or not at all, and returns what was done, a line each.
 * @throws CommandRefused with every bad row
 */
export async function importTable<Column extends string, Plan>(
  kind: Import<Column, Plan>,
  table: FileTable<Column>,
  importing: Importing,
): Promise<string[]> {
  const { database, companyTimeZone, at } = importing
  const decision = await kind.write(database.prisma, table, companyTimeZone, at)
  if (decision.kind === 'refused') throw new CommandRefused(refusedWords(table.fileName, decision.problems))
  return kind.finish(decision.plan, importing)
}

/** The command: imports the file of that path, and prints what was done. */
export function runImport<Column extends string, Plan>(
  kind: Import<Column, Plan>,
  path: string | undefined,
): Promise<void> {
  return explained(async () => {
    const table = await readTable(path, kind.columns, `npm run ${kind.command} -- ${kind.example}`)
    await onDatabase(kind.command, async (url, { companyTimeZone, deadlines }) => {
      const database = openDatabase(url, 4)
      try {
        const lines = await importTable(kind, table, { database, companyTimeZone, deadlines, at: new Date() })
        for (const line of lines) console.log(line)
      } finally {
        await database.close()
      }
    })
  })
}
