import type { Site } from '../../core/people/person.ts'
import { nameKey } from '../../core/text/look-alike-key.ts'

/** The site that "Lisbon tomorrow" or "tomorrow 9-12 in Lisbon" names, and the words without it; null where they name none. */
export function namedSite(typed: string, sites: Site[]): { site: Site; rest: string } | null {
  const words = ` ${compared(typed)} `
  // "Frankfurt am Main" is not "Frankfurt".
  const longestFirst = sites.toSorted((a, b) => b.name.length - a.name.length)
  for (const site of longestFirst) {
    const name = ` ${compared(site.name)} `
    const found = words.indexOf(name)
    if (found >= 0) {
      const before = words.slice(0, found).replace(/ (?:in|at)$/, '')
      return { site, rest: `${before} ${words.slice(found + name.length)}`.trim() }
    }
  }
  return null
}

/** Returns a name as people type it who do not look: without capitals, accents and second spaces. */
function compared(text: string): string {
  return nameKey(text).normalize('NFD').replaceAll(/\p{M}/gu, '')
}
