import { spawn } from 'node:child_process'
import { open, readFile, rename } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { SUPERUSER } from './create-cluster.ts'
import { childOptions, type ServerAccount } from './server-account.ts'
import { stopServer } from './stop-server.ts'

export const DATABASE = 'motorpool'
const START_LIMIT_MS = 30_000
const POLL_MS = 50

export type EmbeddedPostgres = {
  /** Of the database `motorpool`, with its user and password. */
  url: string
  /** Ends open connections, and returns when the server is gone. May be called again. */
  stop(): Promise<void>
}

export type Launch = {
  program: string
  /** The folder that holds `data`, `password` and `server.log`; an absolute path without links. */
  cluster: string
  account: ServerAccount | undefined
  settings: Record<string, string>
}

/** Starts the server on a free port of 127.0.0.1 and returns when the database `motorpool` can be used. */
export async function launchServer(launch: Launch): Promise<EmbeddedPostgres> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launchOn(await freePort(), launch)
    } catch (error) {
      const portWasTaken = error instanceof Error && error.message.includes('Address already in use')
      if (!portWasTaken || attempt === 3) throw error
    }
  }
}

async function launchOn(port: number, launch: Launch): Promise<EmbeddedPostgres> {
  const password = (await readFile(join(launch.cluster, 'password'), 'utf8')).trim()
  const address = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}`
  const log = join(launch.cluster, 'server.log')
  const child = await spawnServer(launch, port, log)
  const isGone = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= stopServer((name) => child.kill(name), isGone)
    return stopping
  }
  try {
    await waitUntilReady(address, isGone)
  } catch (error) {
    await stop()
    const tail = (await readFile(log, 'utf8')).trim().split('\n').slice(-12).join('\n')
    throw new Error(`PostgreSQL did not start: ${(error as Error).message}. From ${log}:\n${tail}`)
  }
  return { url: `${address}/${DATABASE}`, stop }
}

async function spawnServer({ program, cluster, account, settings }: Launch, port: number, log: string) {
  await rename(log, `${log}.previous`).catch(() => undefined)
  const file = await open(log, 'wx', 0o600)
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', log_checkpoints: 'off', ...settings }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  try {
    // In a process group of its own: Ctrl-C must not end the server before the work in hand is done.
    const child = spawn(program, ['-D', join(cluster, 'data'), '-p', String(port), ...flags], {
      ...childOptions(account),
      detached: true,
      stdio: ['ignore', file.fd, file.fd],
    })
    // Without a listener it would end Node; a child that could not be started has no pid, which `isGone` sees.
    child.once('error', () => undefined)
    child.unref()
    return child
  } finally {
    await file.close()
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  return new Promise((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

async function waitUntilReady(address: string, isGone: () => boolean): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS
  while (!(await isReady(address))) {
    if (isGone()) throw new Error('the server ended')
    if (Date.now() > deadline) throw new Error(`it is not ready after ${START_LIMIT_MS / 1000} s`)
    await sleep(POLL_MS)
  }
}

/** Whether the server takes connections; makes our database on the first one. */
async function isReady(address: string): Promise<boolean> {
  const sql = postgres(`${address}/postgres`, { max: 1, connect_timeout: 5 })
  try {
    const found = await sql`SELECT 1 FROM pg_database WHERE datname = ${DATABASE}`
    if (found.length === 0) await sql`CREATE DATABASE ${sql(DATABASE)}`
    return true
  } catch (error) {
    if (isNotYet(error)) return false
    throw error
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Nobody listens yet, the connection broke, or `cannot_connect_now`: https://www.postgresql.org/docs/18/errcodes-appendix.html */
function isNotYet(error: unknown) {
  const code = (error as { code?: string }).code
  return (
    code !== undefined && ['ECONNREFUSED', 'ECONNRESET', 'CONNECTION_CLOSED', 'CONNECT_TIMEOUT', '57P03'].includes(code)
  )
}
