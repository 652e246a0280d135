import { setTimeout as pause } from 'node:timers/promises'

/**
 * Looks every few milliseconds until there is something to see, for at most 8 s.
 * @param what said when nothing came
 */
export async function waitUntil<T>(look: () => T | undefined | false, what: string | (() => string)): Promise<T> {
  const end = Date.now() + 8000
  for (;;) {
    const seen = look()
    if (seen !== undefined && seen !== false) return seen
    if (Date.now() > end) throw new Error(`waited in vain for ${typeof what === 'string' ? what : what()}`)
    await pause(5)
  }
}
