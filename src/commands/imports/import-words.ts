import type { ImportProblem } from '../../core/people/import-table.ts'
import type { Site } from '../../core/people/person.ts'
import { workingDaysWords } from '../../core/people/working-days.ts'
import { workingHoursWords } from '../../core/people/working-hours.ts'

const MOST_PROBLEMS = 50

/** What is wrong with a file, a line for each. */
export function refusedWords(fileName: string, problems: ImportProblem[]): string {
  const lines = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ line, field, reason }) => `  line ${line}${field === null ? '' : `, ${field}`}: ${reason}`)
  const more = problems.length - lines.length
  return [
    `${fileName} cannot be imported, and nothing was changed:`,
    ...lines,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n')
}

interface Counts {
  added: unknown[]
  changed: unknown[]
  unchanged: number
  notNamed: number
  newSites: Site[]
}

/** "7 people: 3 new, 1 changed, 3 as they were", and what else there is to know. */
export function importedWords(noun: { one: string; many: string }, counts: Counts): string[] {
  const { added, changed, unchanged, notNamed, newSites } = counts
  const all = added.length + changed.length + unchanged
  const count = (many: number) => `${many} ${many === 1 ? noun.one : noun.many}`
  const words = [`${count(all)}: ${added.length} new, ${changed.length} changed, ${unchanged} as they were`]
  if (added.length + changed.length === 0) words.push('Nothing was changed.')
  for (const site of newSites) {
    words.push(
      `New site: ${site.name} (${site.timeZone})${site.workingDays || site.workingHours ? `, ${worksWords(site)}` : ''}`,
    )
  }
  if (notNamed > 0) words.push(`${count(notNamed)} not in the file ${notNamed === 1 ? 'is' : 'are'} left as before.`)
  return words
}

/** "works mon, tue, 08:00-14:00", or "works on the company's days". */
export function worksWords({ workingDays, workingHours }: Pick<Site, 'workingDays' | 'workingHours'>): string {
  const days = workingDays ? `works ${workingDaysWords(workingDays)}` : "works on the company's days"
  return workingHours ? `${days}, ${workingHoursWords(workingHours)}` : days
}

/** "#3, #12". */
export function numbersPhrase(numbers: number[]): string {
  return numbers.map((number) => `#${number}`).join(', ')
}
