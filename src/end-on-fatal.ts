import type { Logger } from 'pino'

/** How long what is on its way may take to finish before the process ends all the same. Milliseconds. */
const STOP_WITHIN = 10_000

/**
 * Logs an error that nobody caught, finishes what is on its way and ends the process with 1, so that what supervises it
 * starts it again: nobody knows what state it is in.
 */
export function endOnFatal(log: Pick<Logger, 'fatal'>, stop: () => Promise<void>): void {
  let isEnding = false
  const end = (error: unknown) => {
    log.fatal({ err: error }, 'An error that nobody caught ends Motorpool')
    if (isEnding) return
    isEnding = true
    setTimeout(() => process.exit(1), STOP_WITHIN)
    stop()
      .catch((failed: unknown) => log.fatal({ err: failed }, 'Not everything could be finished'))
      .finally(() => process.exit(1))
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}
