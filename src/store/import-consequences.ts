import type { Deps } from '../core/ports.ts'
import type { Database } from './database.ts'

/** A place on somebody else's trip. */
export interface Place {
  name: string
  kind: 'driver' | 'companion'
  number: number
  requesterName: string
}

/** A booking that is live holds a car, and only those do: the past costs nothing. */
const LIVE = `ARRAY(SELECT h.booking_id FROM vehicle_holds h WHERE h.booking_id IS NOT NULL)`

/** Reads what an import of people has to look at once it has been written. */
export function createImportConsequences({ prisma, sql }: Pick<Database, 'prisma' | 'sql'>) {
  const live = sql.unsafe(LIVE)
  return {
    /** The channels on which people have been told of bookings that are live: those that the running service uses. */
    channelsInUse: async (): Promise<Deps['channels']> => {
      const platforms = await sql<{ platform: Deps['channels']['chat'][number] }[]>`
        SELECT c.platform FROM cards c WHERE c.booking_id = ANY (${live}) GROUP BY c.platform ORDER BY count(*) DESC`
      const [mail] = await sql<{ used: boolean }[]>`
        SELECT EXISTS (SELECT FROM deliveries d WHERE d.channel = 'email' AND d.notification_id = ANY (ARRAY(
          SELECT n.id FROM notifications n WHERE n.event_id = ANY (ARRAY(
            SELECT e.id FROM events e WHERE e.booking_id = ANY (${live})))))) AS used`
      return { chat: platforms.map(({ platform }) => platform), email: mail?.used ?? false }
    },

    /** Trips that somebody of these people asked for and that are still to come or going on, by who asked. */
    tripsOf: (personIds: string[], now: Date): Promise<{ name: string; numbers: number[] }[]> => sql<
      { name: string; numbers: number[] }[]
    >`
      SELECT p.name, array_agg(b.number ORDER BY b.number) AS numbers
      FROM bookings b JOIN people p ON p.id = b.requester_id
      WHERE b.id = ANY (ARRAY(SELECT h.booking_id FROM vehicle_holds h WHERE h.ends_at > ${now}))
        AND b.requester_id = ANY (${personIds}::uuid[])
      GROUP BY p.id ORDER BY p.name`,

    /** Returns the places of these people on trips of others that are still to come or going on. */
    placesOf: async (personIds: string[], now: Date): Promise<Place[]> =>
      sql<Place[]>`
        SELECT p.name, t.kind, b.number, r.name AS "requesterName" FROM travellers t
          JOIN people p ON p.id = t.person_id JOIN bookings b ON b.id = t.booking_id JOIN people r ON r.id = b.requester_id
        WHERE t.booking_id = ANY (ARRAY(SELECT h.booking_id FROM vehicle_holds h WHERE h.ends_at > ${now}))
          AND t.person_id = ANY (${personIds}::uuid[]) AND b.requester_id <> t.person_id
        ORDER BY b.number, t.position`,

    /** Counts the active people in the roles that take the last decision. */
    lastDeciders: async (): Promise<{ hr: number; admins: number }> => {
      const count = (role: 'hr' | 'admin') => prisma.person.count({ where: { role, active: true } })
      const [hr, admins] = await Promise.all([count('hr'), count('admin')])
      return { hr, admins }
    },
  }
}
