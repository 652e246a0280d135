/** To ask costs a fifth of a millisecond, and every message of Teams' names one. */
const known = new Set<string>()

/** Whether this is an IANA time zone name; an offset such as "+01:00" is none, for it knows no summer time. */
export function isTimeZone(name: string): boolean {
  if (known.has(name)) return true
  if (!/^[a-z]/i.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    known.add(name)
    return true
  } catch {
    return false
  }
}
