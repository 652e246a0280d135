import type { SiteOutlook, SiteQuery } from '../core/booking/none-free.ts'
import type { TripWindow } from '../core/booking/trip-window.ts'
import type { Vehicle } from '../core/fleet/vehicle.ts'
import type { Person } from '../core/people/person.ts'
import type { Database } from './database.ts'
import { PERSON as PERSON_DOCUMENT } from './documents.ts'
import { freeVehicles } from './request-situation.ts'
import { PERSON, toPerson } from './rows.ts'
import { searchPeople } from './search-people.ts'
import { siteOutlook } from './site-outlook.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/** Everybody active by name; where they are more than `$1`, they are only counted so far. */
const EVERYBODY = `
  SELECT CASE WHEN (SELECT count(*) FROM (SELECT FROM people WHERE active LIMIT $1::int + 1) counted) <= $1::int THEN (
    SELECT coalesce(json_agg(${PERSON_DOCUMENT} ORDER BY p.name), '[]') FROM people p JOIN sites s ON s.id = p.site_id
    WHERE p.active) END AS people`

/** What a request form reads to offer choices. */
export function createChoices({ prisma, sql }: Database) {
  return {
    freeVehicles: (window: TripWindow, seats: number, forBookingId: string | null = null): Promise<Vehicle[]> =>
      freeVehicles(sql, window, seats, forBookingId),

    siteOutlook: (query: SiteQuery): Promise<SiteOutlook> => siteOutlook(sql, query),

    /** Everybody active by name, or null when there are more than `most`. */
    everybody: async (most: number): Promise<Person[] | null> => {
      const [row] = await sql.unsafe<{ people: Person[] | null }[]>(EVERYBODY, [most], { prepare: true })
      return row?.people ?? null
    },

    activePeople: async (ids: string[]): Promise<Person[]> => {
      const known = ids.filter((id) => uuidOrNull(id))
      const people = await prisma.person.findMany({ where: { id: { in: known }, active: true }, include: PERSON })
      const byId = new Map(people.map((person) => [person.id, toPerson(person)]))
      return ids.flatMap((id) => byId.get(id) ?? [])
    },

    searchPeople: (text: string, most: number): Promise<Person[]> => searchPeople(sql, text, most),
  }
}
