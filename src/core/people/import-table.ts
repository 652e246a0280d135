import { cleanText } from '../text/clean-text.ts'
import { nameKey } from '../text/look-alike-key.ts'
import type { Site } from './person.ts'

/** The columns of a table; the file may leave out the optional ones. */
export interface TableColumns<Column extends string> {
  required: readonly Column[]
  optional: readonly Column[]
}

/** A row of an imported file: its first line there, and its cells by column, each on one line and without outer blanks. */
export interface ImportRow<Column extends string> {
  line: number
  /** A column that the file does not have is missing here. */
  cells: Partial<Record<Column, string>>
}

/** What keeps a file from being imported. */
export interface ImportProblem {
  line: number
  /** The column; null where the row as a whole is meant. */
  field: string | null
  reason: string
}

/** A file as it was read, with what was wrong with rows as a whole. */
export interface ImportTable<Column extends string> {
  rows: ImportRow<Column>[]
  problems: ImportProblem[]
}

/** What an import would do, or all that is wrong with the file. */
export type ImportDecision<Plan> = { kind: 'refused'; problems: ImportProblem[] } | { kind: 'planned'; plan: Plan }

/** Longer is a mistake in the file, and would not fit on a card. */
const LONGEST = 100

/** Reads the cells of one row; what is wrong with them goes to `problems`, and reading goes on. */
export function cellReader<Column extends string>({ line, cells }: ImportRow<Column>, problems: ImportProblem[]) {
  const refuse = (field: Column, reason: string) => {
    problems.push({ line, field, reason })
  }
  const text = (field: Column, { required = false, longest = LONGEST } = {}): string => {
    const cell = cleanText(cells[field] ?? '')
    if (required && cell === '') refuse(field, 'is missing')
    if (cell.length > longest) refuse(field, `is longer than ${longest} characters`)
    return cell
  }
  return {
    refuse,
    text,

    /** True if the file has this column. */
    has: (field: Column): boolean => cells[field] !== undefined,

    /** A whole number; gives `otherwise` for an empty cell, and refuses that where `otherwise` is null. */
    whole: (field: Column, least: number, most: number, otherwise: number | null): number => {
      const cell = cells[field] ?? ''
      if (cell === '' && otherwise !== null) return otherwise
      const number = /^\d{1,9}$/.test(cell) ? Number(cell) : Number.NaN
      if (number >= least && number <= most) return number
      refuse(field, `must be a whole number from ${least} to ${most}, not ${cell === '' ? 'empty' : quoted(cell)}`)
      return least
    },
  }
}

/** A cell as a sentence names it: short enough for one line. */
export function quoted(cell: string): string {
  return `"${cell.length > 60 ? `${cell.slice(0, 59)}…` : cell}"`
}

/** In the order of the file: by line, and within a line by column. */
export function inFileOrder(problems: ImportProblem[], { required, optional }: TableColumns<string>): ImportProblem[] {
  const columns = [...required, ...optional]
  const place = ({ field }: ImportProblem) => (field === null ? -1 : columns.indexOf(field))
  return problems.toSorted((a, b) => a.line - b.line || place(a) - place(b))
}

/**
 * Returns the site of this name, or undefined: as it is written, else one that looks the same.
 */
export function siteNamed(sites: readonly Site[], name: string): Site | undefined {
  const key = nameKey(name)
  return sites.find((site) => site.name === name) ?? sites.find((site) => nameKey(site.name) === key)
}

/**
 * Finds sites by name, however it is typed. One that is named for the first time is added, in the company's time zone; one
 * that is there keeps its own.
 */
export function siteFinder(sites: readonly Site[], companyTimeZone: string) {
  const known = new Map<string, Site>()
  const added: Site[] = []
  return {
    added,
    find: (name: string): Site => {
      const found = known.get(name) ?? siteNamed([...sites, ...added], name)
      if (found) {
        known.set(name, found)
        return found
      }
      const site = { id: crypto.randomUUID(), name, timeZone: companyTimeZone, workingDays: null, workingHours: null }
      added.push(site)
      return site
    },
  }
}

/** Whether two rows say the same; they have the same fields. */
export function saysTheSame<Row extends object>(a: Row, b: Row): boolean {
  return (Object.keys(a) as (keyof Row)[]).every((field) => a[field] === b[field])
}
