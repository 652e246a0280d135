import { setTimeout as pause } from 'node:timers/promises'

/** Looks again and again until it is so, for at most two minutes. */
export async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 120_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited two minutes for ${what}`)
    await pause(10)
  }
}
