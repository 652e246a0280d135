import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { ImportProblem, ImportRow, ImportTable, TableColumns } from '../../core/people/import-table.ts'
import { cleanText } from '../../core/text/clean-text.ts'
import { CommandRefused } from '../run-command.ts'

/** A table as it stands in a file of this name. */
export type FileTable<Column extends string> = ImportTable<Column> & { fileName: string }

/**
 * Reads a CSV file whose first line names its columns, in any order and case: comma, semicolon or tab, with or without a byte order
 * mark, with any line ends. Blank lines are passed over, and so is a line in front that says what separates cells ("sep=;").
 * @throws CommandRefused when it is no such file, or a column is unknown, missing or there twice
 */
export async function readTable<Column extends string>(
  path: string | undefined,
  columns: TableColumns<Column>,
  example: string,
): Promise<FileTable<Column>> {
  if (!path) throw new CommandRefused(`Name the file to import: ${example}`)
  const fileName = basename(path)
  const [header, ...records] = parseRecords(fileName, await readText(path))
  if (!header) throw new CommandRefused(`${fileName} is empty: its first line must name the columns`)
  const names = header.cells.map((cell) => cell.toLowerCase())
  checkHeader(fileName, names, columns)
  const problems: ImportProblem[] = []
  const rows = records.map(({ line, cells }): ImportRow<Column> => {
    const beyond = cells.filter((cell, index) => cell !== '' && !names[index])
    if (beyond.length > 0) {
      const reason = `has more cells than the header (a cell with a comma, semicolon or tab in it needs quotation marks)`
      problems.push({ line, field: null, reason })
    }
    const named = names.flatMap((name, index) => (name === '' ? [] : [[name, cells[index] ?? '']]))
    return { line, cells: Object.fromEntries(named) }
  })
  return { fileName, rows, problems }
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : (error.code ?? error.message)
    throw new CommandRefused(`${path} cannot be read: ${why}`)
  })
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text.replaceAll(/\r\n?/g, '\n')
  } catch {}
  throw new CommandRefused(`${basename(path)} is not in UTF-8: save it as "CSV UTF-8"`)
}

interface FileRecord {
  /** The first line of the record. */
  line: number
  cells: string[]
}

/** A line that Excel writes and reads in front of the others. */
const SEPARATOR = /^ *"?sep=([;,\t])"?[ ;,\t]*\n/i

function delimiterOf(text: string): string {
  const [header = ''] = text.trimStart().split('\n', 1)
  return [';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ','
}

function parseRecords(fileName: string, whole: string): FileRecord[] {
  const [inFront = '', separator] = SEPARATOR.exec(whole) ?? []
  const linesInFront = inFront === '' ? 0 : 1
  const text = whole.slice(inFront.length)
  const delimiter = separator ?? delimiterOf(text)
  let line = 1 + linesInFront
  const records: FileRecord[] = []
  try {
    const parsed: unknown = parse(text, { delimiter, info: true, relax_column_count: true })
    for (const { record, info } of parsed as { record: string[]; info: { lines: number } }[]) {
      const cells = record.map((cell) => cleanText(cell))
      if (cells.some((cell) => cell !== '')) records.push({ line, cells })
      // It counts the lines up to the end of this record.
      line = info.lines + 1 + linesInFront
    }
    return records
  } catch (error) {
    const { code = '', lines = 0 } = error as { code?: string; lines?: number }
    if (!code.includes('QUOTE')) throw error
    throw new CommandRefused(
      `${fileName}, line ${lines + linesInFront}: a quotation mark is not closed, or stands in a cell that does not begin with one (inside a cell it is written twice)`,
    )
  }
}

function checkHeader(fileName: string, names: string[], { required, optional }: TableColumns<string>): void {
  const known = [...required, ...optional]
  const problems = names.flatMap((name, index) => {
    if (name === '') return []
    if (!known.includes(name)) return [`there is no column "${name}" (the columns are ${known.join(', ')})`]
    return names.indexOf(name) < index ? [`the column ${name} is there twice`] : []
  })
  const missing = required.filter((name) => !names.includes(name))
  for (const name of missing) problems.push(`the column ${name} is missing`)
  if (problems.length > 0) {
    const lines = problems.map((problem) => `  ${problem}`)
    throw new CommandRefused([`${fileName} cannot be imported, and nothing was changed:`, ...lines].join('\n'))
  }
}
