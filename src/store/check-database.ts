import postgres from 'postgres'
import type { Finding } from '../core/finding.ts'
import { unreachableCode } from './database.ts'
import { compareMigrations } from './migrate.ts'

const ABOUT = 'Database'
const OLDEST_VERSION = 15

/** Whether the database can be used as it is; looks only. */
export async function checkDatabase(url: string): Promise<Finding[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    const [server] = await sql<{ version: string; number: number; gist: boolean; allowed: boolean }[]>`
      SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
        EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist') AS gist,
        EXISTS (SELECT FROM pg_available_extensions WHERE name = 'btree_gist') AS allowed`
    if (!server) throw new Error('the server gave no version')
    return [versionFinding(server), ...extensionFinding(server), await migrationsFinding(sql)]
  } catch (error) {
    const code = unreachableCode(error)
    const why = code
      ? `it cannot be reached (${code}): is it running, and is DATABASE_URL right?`
      : `it does not let us in (${error instanceof Error ? error.message : String(error)}): look at DATABASE_URL`
    return [{ level: 'problem', about: ABOUT, text: why }]
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function versionFinding({ version, number }: { version: string; number: number }): Finding {
  const tooOld = Math.floor(number / 10_000) < OLDEST_VERSION
  const text = `PostgreSQL ${version}${tooOld ? ` is too old: ${OLDEST_VERSION} or later is needed` : ''}`
  return { level: tooOld ? 'problem' : 'ok', about: ABOUT, text }
}

/** Where the extension could be had, the first migration makes it: then only its absence from the server matters. */
function extensionFinding({ gist, allowed }: { gist: boolean; allowed: boolean }): Finding[] {
  if (gist || allowed) return []
  const text = 'the server does not have the extension btree_gist: install the contrib package, or allow it'
  return [{ level: 'problem', about: ABOUT, text }]
}

async function migrationsFinding(sql: postgres.Sql): Promise<Finding> {
  const { missing, unknown, edited } = await compareMigrations(sql)
  if (edited.length > 0) {
    const text = `${edited.join(', ')} was edited after it had been applied: restore the file as it was`
    return { level: 'problem', about: ABOUT, text }
  }
  if (unknown.length > 0) {
    const text = `has ${unknown.join(', ')} of a newer version of Motorpool: start that version`
    return { level: 'problem', about: ABOUT, text }
  }
  return missing.length > 0
    ? {
        level: 'problem',
        about: ABOUT,
        text: `lacks ${missing.join(', ')}: npm run db:migrate (npm start does it too)`,
      }
    : { level: 'ok', about: ABOUT, text: 'migrations are up to date' }
}
