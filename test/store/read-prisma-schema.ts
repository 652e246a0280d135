import { readFile } from 'node:fs/promises'

const SCHEMA = new URL('../../prisma/schema.prisma', import.meta.url)

const SCALARS: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Boolean: 'boolean',
  DateTime: 'timestamp(3) without time zone',
  Json: 'jsonb',
}

const NATIVE_TYPES: Record<string, string> = {
  'Timestamptz(6)': 'timestamp with time zone',
  Uuid: 'uuid',
  SmallInt: 'smallint',
}

/** Prisma's file cannot say that a list is never null. */
const MARKS: Record<string, string> = { '?': '', '[]': '[]' }

interface Block {
  kind: string
  name: string
  /** The table or type of the database. */
  mapped: string
  lines: string[]
}

/** What prisma/schema.prisma says the database is, one sorted line for each thing it says. */
export async function readPrismaSchema(): Promise<string[]> {
  const text = (await readFile(SCHEMA, 'utf8')).replaceAll(/\/\/.*$/gm, '')
  const blocks = [...text.matchAll(/^(model|enum) (\w+) \{\n([\s\S]*?)^\}/gm)].map(
    ([, kind = '', name = '', body = '']): Block => ({
      kind,
      name,
      mapped: body.match(/@@map\("(\w+)"\)/)?.[1] ?? name,
      lines: body
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    }),
  )
  return blocks.flatMap((block) => (block.kind === 'enum' ? enumLines(block) : modelLines(block, blocks))).sort()
}

function enumLines({ mapped, lines }: Block): string[] {
  return [`enum ${mapped}: ${lines.filter((line) => !line.startsWith('@@')).join(', ')}`]
}

function modelLines({ mapped: table, lines }: Block, blocks: Block[]): string[] {
  const columns = new Map(
    lines
      .filter((line) => !line.startsWith('@@'))
      .map((line) => [line.split(/\s+/)[0] ?? '', line.match(/ @map\("(\w+)"\)/)?.[1] ?? line.split(/\s+/)[0] ?? '']),
  )
  const list = (fields = '') => fields.split(', ').map((field) => columns.get(field) ?? `unknown ${field}`)
  return lines.flatMap((line) => {
    const together = line.match(/^@@(id|unique)\(\[(.*)\]\)/)
    if (together) return [uniqueLine(table, together[1] === 'id', list(together[2]))]
    if (line.startsWith('@@')) return []
    const [, field = '', type = '', mark = ''] = line.match(/^(\w+)\s+(\w+)(\?|\[\])?/) ?? []
    const target = blocks.find((block) => block.name === type)
    if (target?.kind === 'model') return relationLines(table, line, target, list)
    const column = columns.get(field) ?? field
    return [
      `${table}.${column} ${target?.mapped ?? scalar(type, line)}${MARKS[mark] ?? ' not null'}${defaultOf(line)}`,
      ...(/ @id\b/.test(line) ? [uniqueLine(table, true, [column])] : []),
      ...(/ @unique\b/.test(line) ? [uniqueLine(table, false, [column])] : []),
    ]
  })
}

function scalar(type: string, line: string): string {
  const native = line.match(/ @db\.(\w+(\(\d+\))?)/)?.[1]
  return native ? (NATIVE_TYPES[native] ?? native) : (SCALARS[type] ?? `unknown ${type}`)
}

function defaultOf(line: string): string {
  const given = line.match(/ @default\((dbgenerated\("(.*?)"\)|"(.*?)"|[\w()]+)\)/)
  if (!given) return ''
  return ` default ${given[2] ?? given[3] ?? given[1]}`
}

function uniqueLine(table: string, primary: boolean, columns: string[]): string {
  return `${table} ${primary ? 'primary key' : 'unique'} (${columns.join(', ')})`
}

/** A relation is said twice in the file; the side with the fields has the columns. */
function relationLines(table: string, line: string, target: Block, list: (fields?: string) => string[]): string[] {
  const fields = line.match(/fields: \[(.*?)\], references: \[(.*?)\], onDelete: (\w+), onUpdate: (\w+)/)
  if (!fields) return []
  const [, from, to, onDelete, onUpdate] = fields
  return [`${table} (${list(from).join(', ')}) references ${target.mapped} (${to}) ${onDelete} ${onUpdate}`]
}
