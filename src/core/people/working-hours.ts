/** From when until when people work on a working day, in minutes since midnight on their site's clock. */
export interface WorkingHours {
  from: number
  /** Later than `from`; 1440 is midnight. */
  until: number
}

/**
 * Reads "08:00-18:00", "8-18" or "00:00-24:00" (around the clock). Returns null for anything else, also for hours across
 * midnight: a night shift is two working days to a deadline.
 */
export function readWorkingHours(text: string): WorkingHours | null {
  const [, fromHour, fromMinute = '0', untilHour, untilMinute = '0'] =
    /^\s*(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?\s*$/.exec(text) ?? []
  if (Number(fromMinute) > 59 || Number(untilMinute) > 59) return null
  const from = Number(fromHour) * 60 + Number(fromMinute)
  const until = Number(untilHour) * 60 + Number(untilMinute)
  return from < until && until <= 1440 ? { from, until } : null
}

/** "08:00-18:00". */
export function workingHoursWords({ from, until }: WorkingHours): string {
  return [from, until].map(clock).join('-')
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
