import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const PATIENCE_MS = 10_000

/**
 * Ends a server and waits until it is gone: first a fast shutdown, after ten seconds an immediate one.
 * https://www.postgresql.org/docs/18/server-shutdown.html
 */
export async function stopServer(
  signal: (name: NodeJS.Signals) => void,
  isGone: () => boolean | Promise<boolean>,
): Promise<void> {
  for (const name of ['SIGINT', 'SIGQUIT'] as const) {
    if (await isGone()) return
    signal(name)
    const deadline = Date.now() + PATIENCE_MS
    while (Date.now() < deadline) {
      if (await isGone()) return
      await sleep(10)
    }
  }
  throw new Error('PostgreSQL does not stop.')
}

/**
 * Stops the server that a killed Motorpool left behind on `dataDirectory`, and clears away a `postmaster.pid` whose
 * process is somebody else's by now: PostgreSQL would take that for a running server.
 */
export async function stopLeftoverServer(dataDirectory: string): Promise<void> {
  const pidFile = join(dataDirectory, 'postmaster.pid')
  const text = await readFile(pidFile, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const pid = Number.parseInt(text, 10)
  if (pid > 0 && (await isServer(pid, dataDirectory))) {
    await stopServer(
      (name) => signalIfAlive(pid, name),
      async () => !(await isServer(pid, dataDirectory)),
    )
  }
  await rm(pidFile, { force: true })
}

async function isServer(pid: number, dataDirectory: string) {
  const command = await commandLine(pid)
  return /^([^\0]*\/)?postgres[\0 ]/.test(command) && command.includes(dataDirectory)
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  )
}

function signalIfAlive(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
