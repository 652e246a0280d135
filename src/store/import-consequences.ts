import type { Deps } from '../core/ports.ts'
import type { Database } from './database.ts'

/** Somebody's place on a trip of somebody else's. */
export interface Place {
  name: string
  kind: 'driver' | 'companion'
  number: number
  requesterName: string
}

/** What an import of people has to look at once it has been written. */
export function createImportConsequences({ prisma, sql }: Database) {
  const live = sql`EXISTS (SELECT FROM vehicle_holds h WHERE h.booking_id = b.id)`
  return {
    /** The channels on which people have been told of bookings that are live: those that the running service uses. */
    channelsInUse: async (): Promise<Deps['channels']> => {
      const platforms = await sql<{ platform: Deps['channels']['chat'][number] }[]>`
        SELECT c.platform FROM cards c JOIN bookings b ON b.id = c.booking_id
        WHERE ${live} GROUP BY c.platform ORDER BY count(*) DESC`
      const [mail] = await sql<{ used: boolean }[]>`
        SELECT EXISTS (SELECT FROM deliveries d JOIN notifications n ON n.id = d.notification_id
          JOIN events e ON e.id = n.event_id JOIN bookings b ON b.id = e.booking_id
          WHERE d.channel = 'email' AND ${live}) AS used`
      return { chat: platforms.map(({ platform }) => platform), email: mail?.used ?? false }
    },

    /** Trips that somebody of these people asked for and that are still to come or going on, by who asked. */
    tripsOf: async (personIds: string[], now: Date): Promise<{ name: string; numbers: number[] }[]> => {
      const people = await prisma.person.findMany({
        where: { id: { in: personIds } },
        orderBy: { name: 'asc' },
        select: {
          name: true,
          bookings: {
            where: { holds: { some: { endsAt: { gt: now } } } },
            orderBy: { number: 'asc' },
            select: { number: true },
          },
        },
      })
      return people.flatMap(({ name, bookings }) =>
        bookings.length > 0 ? [{ name, numbers: bookings.map(({ number }) => number) }] : [],
      )
    },

    /** Where somebody of these people was to come along on a trip of somebody else's that is still to come or going on. */
    placesOf: async (personIds: string[], now: Date): Promise<Place[]> =>
      sql<Place[]>`
        SELECT p.name, t.kind, b.number, r.name AS "requesterName" FROM travellers t
          JOIN people p ON p.id = t.person_id JOIN bookings b ON b.id = t.booking_id JOIN people r ON r.id = b.requester_id
        WHERE t.person_id = ANY (${personIds}::uuid[]) AND b.requester_id <> t.person_id
          AND EXISTS (SELECT FROM vehicle_holds h WHERE h.booking_id = b.id AND h.ends_at > ${now})
        ORDER BY b.number, t.position`,

    /** How many active people have each role of those who take the last decision. */
    lastDeciders: async (): Promise<{ hr: number; admins: number }> => {
      const count = (role: 'hr' | 'admin') => prisma.person.count({ where: { role, active: true } })
      const [hr, admins] = await Promise.all([count('hr'), count('admin')])
      return { hr, admins }
    },
  }
}
