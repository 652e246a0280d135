import type { Deps } from '../core/ports.ts'
import type { Database } from './database.ts'

/** What an import of people has to look at once it has been written. */
export function createImportConsequences({ prisma, sql }: Database) {
  // A change of what is approved is decided as well.
  const undecided = sql`EXISTS (SELECT FROM steps WHERE steps.booking_id = b.id AND steps.status = 'open')`
  return {
    /** Bookings that somebody still has to decide, or a change of them, oldest first. */
    undecidedBookings: async (now: Date): Promise<string[]> => {
      const undecided = await prisma.booking.findMany({
        where: { steps: { some: { status: 'open' } }, startsAt: { gt: now } },
        orderBy: { number: 'asc' },
        select: { id: true },
      })
      return undecided.map(({ id }) => id)
    },

    /** The channels on which people have been told of undecided bookings: those that the running service uses. */
    channelsInUse: async (): Promise<Deps['channels']> => {
      const platforms = await sql<{ platform: Deps['channels']['chat'][number] }[]>`
        SELECT c.platform FROM cards c JOIN bookings b ON b.id = c.booking_id
        WHERE ${undecided} GROUP BY c.platform ORDER BY count(*) DESC`
      const [mail] = await sql<{ used: boolean }[]>`
        SELECT EXISTS (SELECT FROM deliveries d JOIN notifications n ON n.id = d.notification_id
          JOIN events e ON e.id = n.event_id JOIN bookings b ON b.id = e.booking_id
          WHERE d.channel = 'email' AND ${undecided}) AS used`
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
  }
}
