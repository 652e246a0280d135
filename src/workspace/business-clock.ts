const YEAR = 366 * 24 * 3_600_000

/** The clock did not move; the message is for the person. */
export class ClockRefusal extends Error {}

/** Motorpool's business time where a person may move it forward: real time, and how far it is ahead of that. */
export interface BusinessClock {
  now(): Date
  /** Milliseconds ahead of real time. */
  ahead(): number
  /** At most a year at a time. @throws ClockRefusal */
  forward(ms: number): void
  /** @throws ClockRefusal as `forward` does */
  forwardTo(at: Date): void
  /** Calls the listener after each move. */
  onMoved(listener: () => void): void
}

/**
 * @param real real time, in milliseconds
 * @param ahead how far an earlier run had moved it
 */
export function createBusinessClock(real: () => number, ahead: number): BusinessClock {
  const listeners: (() => void)[] = []
  const clock: BusinessClock = {
    now: () => new Date(real() + ahead),
    ahead: () => ahead,
    forward: (ms) => {
      if (!(ms > 0)) throw new ClockRefusal('The clock only goes forward.')
      if (ms > YEAR) throw new ClockRefusal('That is more than a year ahead: go there in smaller steps.')
      ahead += ms
      for (const listener of listeners) listener()
    },
    forwardTo: (at) => clock.forward(+at - +clock.now()),
    onMoved: (listener) => void listeners.push(listener),
  }
  return clock
}
