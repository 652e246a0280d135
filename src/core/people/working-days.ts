const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/**
 * Reads "mon,tue,wed", "mon-fri" or "sun-thu, sat", in any case, as ISO weekdays (Monday is 1, Sunday 7) in their order. Null
 * where it is no list of days, or an empty one.
 */
export function readWorkingDays(text: string): number[] | null {
  const days = new Set<number>()
  for (const part of text.toLowerCase().split(',')) {
    const [first, last = first, ...more] = part.split(/[-–]/).map(weekday)
    if (!first || !last || more.length > 0) return null
    for (let day = first; ; day = (day % 7) + 1) {
      days.add(day)
      if (day === last) break
    }
  }
  return [...days].toSorted((a, b) => a - b)
}

/** "mon, tue, wed". */
export function workingDaysWords(days: number[]): string {
  return days.map((day) => DAYS[day - 1]).join(', ')
}

/** 0 where it is none. */
function weekday(text: string): number {
  return DAYS.indexOf(text.trim()) + 1
}
