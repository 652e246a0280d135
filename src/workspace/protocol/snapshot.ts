import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { StoredMessage } from './conversations.ts'
import { isFields, parseJson } from './json.ts'
import type { IdempotencyKey, StoredMail } from './mail-server.ts'
import type { WorkspaceView } from './page-api.ts'
import type { SeenMarks } from './seen.ts'

const DEBOUNCE_MS = 100

/** What outlives a restart: everything but open modals, triggers and response URLs. */
export interface Snapshot {
  messages: StoredMessage[]
  homes: [string, WorkspaceView][]
  mails: StoredMail[]
  keys: IdempotencyKey[]
  seen: [string, SeenMarks][]
  /** Milliseconds that the business clock is ahead. */
  clockAhead: number
}

const EMPTY: Snapshot = { messages: [], homes: [], mails: [], keys: [], seen: [], clockAhead: 0 }

/** Reads what an earlier run left; empty when there is no such file. Throws when the file is damaged. */
export function readSnapshot(file: string | undefined): Snapshot {
  if (file === undefined || !existsSync(file)) return EMPTY
  const parsed = parseJson(readFileSync(file, 'utf8'))
  if (!isFields(parsed)) throw new Error(`${file} holds no snapshot of the local workspace; delete it to start afresh`)
  return { ...EMPTY, ...parsed }
}

export interface SnapshotWriter {
  /** Writes soon. */
  schedule(): void
  /** Writes at once what is still to be written. */
  flush(): void
}

/** Keeps a file up to date, replacing it whole so that a crash never leaves half of one. */
export function createSnapshotWriter(file: string | undefined, current: () => Snapshot): SnapshotWriter {
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    if (file === undefined || timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    mkdirSync(dirname(file), { recursive: true })
    const draft = `${file}.${process.pid}.tmp`
    writeFileSync(draft, JSON.stringify(current()), { mode: 0o600 })
    renameSync(draft, file)
  }

  return {
    flush,
    schedule() {
      if (file !== undefined) timer ??= setTimeout(flush, DEBOUNCE_MS)
    },
  }
}
