import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import postgres from 'postgres'
import type { Database } from '../../../src/store/database.ts'
import { PrismaClient } from '../../../src/store/generated/client.ts'

/** A node of a plan, as `auto_explain` reports it. https://www.postgresql.org/docs/18/auto-explain.html */
export interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Index Name'?: string
  'Index Cond'?: string
  'Index Searches'?: number
  Plans?: PlanNode[]
}

export interface ExplainedStatement {
  text: string
  plan: PlanNode
}

/** A database of which every statement is explained as it was executed, nested ones as well (foreign keys, functions). */
export interface WatchedDatabase {
  database: Database
  /** Takes what was explained since the last call. */
  take(): ExplainedStatement[]
  close(): Promise<void>
}

/** How PostgreSQL plans prepared statements: by the values of each call, or once for all values. */
export type PlanMode = 'auto' | 'force_generic_plan'

const SETTINGS = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_nested_statements': 'on',
  'auto_explain.log_format': 'json',
  'auto_explain.log_level': 'notice',
}

/** Opens a database so that it reports its plans; both ways of the store are watched. */
export async function watchDatabase(url: string, planMode: PlanMode): Promise<WatchedDatabase> {
  const options = Object.entries({ ...SETTINGS, plan_cache_mode: planMode })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
  const explained: ExplainedStatement[] = []
  const onNotice = (message: string | undefined) => {
    const [, json] = /plan:\n([\s\S]*)/.exec(message ?? '') ?? []
    if (!json) return
    const { 'Query Text': text, Plan: plan } = JSON.parse(json) as { 'Query Text': string; Plan: PlanNode }
    explained.push({ text, plan })
  }
  const sql = postgres(url, { max: 4, connection: { options }, onnotice: ({ message }) => onNotice(message) })
  const pool = new pg.Pool({ connectionString: url, max: 4, options })
  pool.on('connect', (client) => client.on('notice', ({ message }) => onNotice(message)))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) })
  const close = async () => {
    await Promise.all([prisma.$disconnect(), sql.end()])
  }
  return {
    database: { prisma, sql, isReachable: async () => true, close },
    take: () => explained.splice(0),
    close,
  }
}

/** Reads of a table in a plan: how, and how many rows they touched. */
export interface TableRead {
  table: string
  how: string
  rows: number
}

export function readsOf(node: PlanNode): TableRead[] {
  const table = node['Relation Name']
  const touched =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  const isRead = table !== undefined && node['Node Type'].includes('Scan')
  const own = isRead ? [{ table, how: node['Node Type'], rows: Math.round(touched * node['Actual Loops']) }] : []
  return [...own, ...(node.Plans ?? []).flatMap(readsOf)]
}

/** More searches than this for one condition, and it skips from one value of the index's first column to the next. */
const MOST_SEARCHES = 20

/**
 * Index scans that look for every value of a column which they know nothing of: they cost what is past, in however few rows they
 * end. An array of values is looked for one by one as well, and that is as it should be.
 * https://www.postgresql.org/docs/18/indexes-multicolumn.html
 */
export function skipScansOf(node: PlanNode): string[] {
  const { 'Index Name': index, 'Index Cond': condition = '', 'Index Searches': searches = 0 } = node
  const isSkipping = !condition.includes('ANY') && searches > MOST_SEARCHES * node['Actual Loops']
  const own = index && isSkipping ? [`${searches} searches of ${index} for ${condition}`] : []
  return [...own, ...(node.Plans ?? []).flatMap(skipScansOf)]
}
