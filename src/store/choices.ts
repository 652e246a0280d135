import type { SiteOutlook, SiteQuery } from '../core/booking/none-free.ts'
import type { TripWindow } from '../core/booking/trip-window.ts'
import type { Vehicle } from '../core/fleet/vehicle.ts'
import type { Person } from '../core/people/person.ts'
import type { Database } from './database.ts'
import { PERSON } from './documents.ts'
import { freeVehicles } from './request-situation.ts'
import { searchPeople } from './search-people.ts'
import { siteOutlook } from './site-outlook.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/** Everybody active by name; where they are more than `$1`, they are only counted so far. */
const EVERYBODY = `
  SELECT CASE WHEN (SELECT count(*) FROM (SELECT FROM people WHERE active LIMIT $1::int + 1) counted) <= $1::int THEN (
    SELECT coalesce(json_agg(${PERSON} ORDER BY p.name), '[]') FROM people p JOIN sites s ON s.id = p.site_id
    WHERE p.active) END AS people`

const ACTIVE_PEOPLE = `
  SELECT ${PERSON} AS person FROM unnest($1::uuid[]) WITH ORDINALITY AS known(id, place)
    JOIN people p ON p.id = known.id JOIN sites s ON s.id = p.site_id
  WHERE p.active ORDER BY known.place`

/** How long a company that is too large for a list is taken for one, in milliseconds: it does not shrink within minutes. */
const LARGE_FOR = 10 * 60_000

/** What a request form reads to offer choices. */
export function createChoices({ sql }: Pick<Database, 'sql'>) {
  /** There were more than so many people, and there are until then. */
  let large = { moreThan: -1, until: 0 }
  return {
    freeVehicles: (window: TripWindow, seats: number, forBookingId: string | null = null): Promise<Vehicle[]> =>
      freeVehicles(sql, window, seats, forBookingId),

    siteOutlook: (query: SiteQuery): Promise<SiteOutlook> => siteOutlook(sql, query),

    /** Everybody active by name, or null when there are more than `most`, or were some minutes ago. */
    everybody: async (most: number): Promise<Person[] | null> => {
      if (most <= large.moreThan && performance.now() < large.until) return null
      const [row] = await sql.unsafe<{ people: Person[] | null }[]>(EVERYBODY, [most], { prepare: true })
      if (!row?.people) large = { moreThan: most, until: performance.now() + LARGE_FOR }
      return row?.people ?? null
    },

    /** Those of them who are active, in the order of their ids. */
    activePeople: async (ids: string[]): Promise<Person[]> => {
      const known = ids.filter((id) => uuidOrNull(id))
      if (known.length === 0) return []
      const rows = await sql.unsafe<{ person: Person }[]>(ACTIVE_PEOPLE, [known], { prepare: true })
      return rows.map((row) => row.person)
    },

    searchPeople: (text: string, most: number): Promise<Person[]> => searchPeople(sql, text, most),
  }
}
