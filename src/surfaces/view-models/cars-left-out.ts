import type { CarList } from './cars-words.ts'
import { clipped } from './clipped.ts'

/** So many sites are named, with so much of each name, in characters. */
const MOST = { sites: 3, name: 60 }

/**
 * Where the cars are that did not fit, and how to see them; null where all did. `shown`: how many did, in the order of the
 * list. `command`: what people type for the list of cars.
 */
export function carsLeftOut({ sites }: CarList, shown: number, command: string): string | null {
  let room = shown
  const left = sites.flatMap(({ siteName, cars }) => {
    const count = Math.max(0, cars.length - room)
    room = Math.max(0, room - cars.length)
    return count > 0 ? [{ name: clipped(siteName, MOST.name), count }] : []
  })
  const last = left.at(-1)
  if (!last) return null
  const total = sum(left)
  const more = total === 1 ? '1 more car is not shown' : `${total} more cars are not shown`
  if (sites.length === 1) return `${more}: free cars come first.`
  const where = left.length === 1 ? `, in ${last.name}` : `: ${listed(left)}`
  return `${more}${where}. Name a site to see its cars alone: “${command} ${last.name}”.`
}

/** "4 in Berlin, 2 in Porto and 7 elsewhere". */
function listed(left: { name: string; count: number }[]): string {
  const most = left.length > MOST.sites ? MOST.sites : left.length - 1
  const rest = left.slice(most)
  const [only] = rest
  const last = only && rest.length === 1 ? `${only.count} in ${only.name}` : `${sum(rest)} elsewhere`
  const named = left.slice(0, most).map(({ name, count }) => `${count} in ${name}`)
  return `${named.join(', ')} and ${last}`
}

function sum(left: { count: number }[]): number {
  return left.reduce((total, { count }) => total + count, 0)
}
