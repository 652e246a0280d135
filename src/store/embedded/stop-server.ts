import { execFile } from 'node:child_process'
import { readFile, readlink, realpath, rm } from 'node:fs/promises'
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
 * @throws an Error whose message a person can act upon, where others run a server there
 */
export async function stopLeftoverServer(dataDirectory: string): Promise<void> {
  const pidFile = join(dataDirectory, 'postmaster.pid')
  const text = await readFile(pidFile, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const pid = Number.parseInt(text, 10)
  const owner = pid > 0 ? await ownerOf(pid, dataDirectory) : 'nobody'
  if (owner === 'others') {
    throw new Error(
      `PostgreSQL (process ${pid}) runs on ${dataDirectory}, and Motorpool did not start it: stop it first.`,
    )
  }
  if (owner === 'ours') {
    await stopServer(
      (name) => signalIfAlive(pid, name),
      async () => (await ownerOf(pid, dataDirectory)) !== 'ours',
    )
  }
  await rm(pidFile, { force: true })
}

/**
 * Tells who started the server on this directory: we name it by its whole path, and others may not. A server works in its
 * directory, whatever path it was started with. One that cannot be looked at is taken for a server of others.
 */
async function ownerOf(pid: number, dataDirectory: string): Promise<'ours' | 'others' | 'nobody'> {
  const command = await commandLine(pid)
  if (!/^([^\0]*\/)?postgres[\0 ]/.test(command)) return 'nobody'
  if (command.includes(dataDirectory)) return 'ours'
  if (process.platform !== 'linux') return /-D[\0 ]*[^/\0 ]/.test(command) ? 'others' : 'nobody'
  const [worksIn, directory] = await Promise.all([
    readlink(`/proc/${pid}/cwd`).catch(() => null),
    realpath(dataDirectory),
  ])
  return worksIn === null || worksIn === directory ? 'others' : 'nobody'
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
