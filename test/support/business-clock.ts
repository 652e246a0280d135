/** Business time that stands still until it is moved: a Monday at 08:00 in Berlin, for which a form suggests 09:00 to 17:00. */
export interface BusinessClock {
  now(): Date
  /** A week later: another day to book the same cars on. For 20 weeks the clocks do not change. */
  nextWeek(): void
  set(to: Date): void
}

const WEEK = 7 * 24 * 3600 * 1000

export function businessClock(start = '2027-11-01T07:00:00Z'): BusinessClock {
  let at = new Date(start)
  return {
    now: () => at,
    nextWeek: () => {
      at = new Date(+at + WEEK)
    },
    set: (to) => {
      at = to
    },
  }
}
