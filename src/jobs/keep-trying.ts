import { setTimeout as sleep } from 'node:timers/promises'

/** Pauses between tries, in milliseconds; together less than a lease, after which the work belongs to somebody else. */
const PAUSES = [50, 100, 200, 400, 800, 1500, 3000, 5000, 10_000, 15_000, 20_000, 30_000]

/** After this many tries nobody waits any longer once the process stops. */
const TRIES_WHILE_STOPPING = 4

/**
 * Writes down what an attempt came to, again and again where the database does not take it: a hiccup must not cost a lease. What
 * it writes is fenced, so that it may be written twice.
 * @throws the last error, when no try succeeds
 */
export async function keepTrying<T>(
  write: () => Promise<T>,
  { stopping, failed }: { stopping: AbortSignal; failed(error: unknown, tried: number): void },
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await write()
    } catch (error) {
      const pause = PAUSES[tried - 1]
      if (pause === undefined || (stopping.aborted && tried >= TRIES_WHILE_STOPPING)) throw error
      failed(error, tried)
      await sleep(pause, undefined, { signal: tried < TRIES_WHILE_STOPPING ? undefined : stopping }).catch(() => {})
    }
  }
}
