import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isStillRunning, processMark } from './process-mark.ts'

/** `startedAt` tells the process from a later one with the same pid; it is no clock time. */
type Holder = { pid: number; startedAt: string; url: string }

export class InstanceRunningError extends Error {
  override name = 'InstanceRunningError'
  readonly pid: number
  readonly url: string

  constructor(holder: { pid: number; url: string }) {
    super(`Motorpool is already running for this folder at ${holder.url} (process ${holder.pid}).`)
    this.pid = holder.pid
    this.url = holder.url
  }
}

/**
 * Makes this process the only Motorpool of `directory` until it releases the lock or ends, however it ends.
 *
 * @param about.url where this one can be reached, told to whoever comes second
 * @throws InstanceRunningError while another process holds the lock
 */
export async function acquireInstanceLock(
  directory: string,
  about: { url: string },
): Promise<{ release(): Promise<void> }> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, 'instance.lock')
  const startedAt = (await processMark(process.pid)) ?? ''
  const holder = await tryToHold(path, { pid: process.pid, startedAt, url: about.url })
  if (holder) throw new InstanceRunningError(holder)
  return { release: () => rm(path, { force: true }) }
}

/** @returns the live holder, or nothing when it is now us. */
async function tryToHold(path: string, self: Holder): Promise<Holder | undefined> {
  while (!(await create(path, self))) {
    const found = await look(path)
    if (found === 'free') continue
    if (found !== 'dead') return found
    // Two that clear a dead holder away could clear each other away, so that needs a lock of its own. Under it the dead
    // holder's file cannot change: it has nobody else to remove it.
    const clearing = `${path}.clearing`
    if (await tryToHold(clearing, self)) {
      await sleep(20)
      continue
    }
    try {
      if ((await look(path)) === 'dead') await rm(path)
    } finally {
      await rm(clearing)
    }
  }
  return undefined
}

/** A hard link appears at once with all its content, or not at all when the name is taken. */
async function create(path: string, self: Holder): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, JSON.stringify(self), { flag: 'wx' })
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    await rm(draft, { force: true })
  }
}

async function look(path: string): Promise<Holder | 'dead' | 'free'> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (text === undefined) return 'free'
  const holder = parseHolder(text)
  return holder && (await isStillRunning(holder.pid, holder.startedAt)) ? holder : 'dead'
}

/** Nothing for a file that was cut short when the machine lost power. */
function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, startedAt, url } = JSON.parse(text)
    return pid > 0 ? { pid, startedAt, url } : undefined
  } catch {
    return undefined
  }
}
