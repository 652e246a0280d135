import { setTimeout as sleep } from 'node:timers/promises'

/** Between tries, in milliseconds: together a little less than a person waits for an answer. */
const PAUSES = [20, 50, 100, 200, 400, 800]

/**
 * Codes of PostgreSQL, its drivers and Node for a connection that broke, so that nobody knows what became of a statement.
 * https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const BROKEN = new Set([
  'CONNECTION_CLOSED',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  'P1001',
  'P1017',
  'ConnectionClosed',
  'DatabaseNotReachable',
])
/** Somebody else came in between, and nothing was done: a serialization failure, or a deadlock. */
const OVERTAKEN = new Set(['40001', '40P01', 'P2034', 'TransactionWriteConflict'])
const TERMINATED = /Connection terminated|server has closed the connection/i

/** True if the same statement may succeed when it is tried again. */
export function isPassing(error: unknown): boolean {
  return reasonsOf(error).some((reason) => BROKEN.has(reason) || OVERTAKEN.has(reason) || TERMINATED.test(reason))
}

/** Codes and messages of an error and of those that caused it; Prisma keeps the driver's in its `meta`. */
function reasonsOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return []
  const { code, originalCode, kind, message, cause, meta, driverAdapterError } = error as Record<string, unknown>
  const own = [code, originalCode, kind, message].filter((reason) => typeof reason === 'string')
  return [...own, ...[cause, meta, driverAdapterError].flatMap(reasonsOf)]
}

/**
 * Does the work, and does it again while its connection breaks or somebody else comes in between.
 * @param work what may be done twice; `isRepeat`: an earlier try may have done it
 * @throws whatever the last try throws
 */
export async function surely<Result>(work: (isRepeat: boolean) => Promise<Result>): Promise<Result> {
  for (const [tried, pause] of PAUSES.entries()) {
    try {
      return await work(tried > 0)
    } catch (error) {
      if (!isPassing(error)) throw error
      // Not all at the same moment.
      await sleep(pause * (0.5 + Math.random()))
    }
  }
  return work(true)
}

/** The same reads and writes, each of them done {@link surely}: for those that do no harm when they are done twice. */
export function doneSurely<Part extends { [Name in keyof Part]: (...args: never[]) => Promise<unknown> }>(
  part: Part,
): Part {
  return new Proxy(part, {
    get: (target, name) => {
      const act: unknown = Reflect.get(target, name)
      return typeof act === 'function'
        ? (...args: unknown[]) => surely(async () => Reflect.apply(act, target, args))
        : act
    },
  })
}
