/** One Ctrl-C may arrive twice, from the terminal and from npm, which passes it on. Milliseconds. */
const SAME_SIGNAL = 1000

/** Calls `stop` at the first SIGTERM or SIGINT; a second signal does not wait for it. */
export function stopOnSignal(stop: (signal: NodeJS.Signals) => void): void {
  let stoppingSince: number | null = null
  const hear = (signal: NodeJS.Signals) => {
    if (stoppingSince === null) {
      stoppingSince = Date.now()
      stop(signal)
    } else if (Date.now() - stoppingSince > SAME_SIGNAL) process.exit(1)
  }
  process.on('SIGTERM', hear)
  process.on('SIGINT', hear)
}
