import { readFile } from 'node:fs/promises'

const ALIVE = 'alive'

/**
 * What tells a process from a later one with the same pid: on Linux the boot and its tick at which it started, elsewhere
 * only that it is alive. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 *
 * @returns nothing when there is no such process
 */
export async function processMark(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may itself hold brackets and blanks; after it come the state (field 3) and what follows.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z') return undefined
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    return `${boot.trim()}/${fields[19]}`
  } catch {
    return isAlive(pid) ? ALIVE : undefined
  }
}

/** Whether the process that once had this mark is still there. */
export async function isStillRunning(pid: number, mark: string): Promise<boolean> {
  const now = await processMark(pid)
  return now === mark || now === ALIVE
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
