import type { TripWindow } from '../core/booking/trip-window.ts'
import type { Vehicle } from '../core/fleet/vehicle.ts'
import type { Person } from '../core/people/person.ts'
import type { Database } from './database.ts'
import { freeVehicles } from './request-situation.ts'
import { PERSON, toPerson } from './rows.ts'

/** What a request form reads to offer choices. */
export function createChoices({ prisma, sql }: Database) {
  return {
    freeVehicles: (window: TripWindow, seats: number): Promise<Vehicle[]> => freeVehicles(sql, window, seats),

    /** Everybody active by name, or null when there are more than `most`. */
    everybody: async (most: number): Promise<Person[] | null> => {
      const people = await prisma.person.findMany({
        where: { active: true },
        include: PERSON,
        orderBy: { name: 'asc' },
        take: most + 1,
      })
      return people.length > most ? null : people.map(toPerson)
    },

    /** Active people whose name or address contains the text. */
    searchPeople: async (text: string, most: number): Promise<Person[]> => {
      const contains = { contains: literally(text.trim()), mode: 'insensitive' } as const
      const people = await prisma.person.findMany({
        where: { active: true, OR: [{ name: contains }, { email: contains }] },
        include: PERSON,
        orderBy: { name: 'asc' },
        take: most,
      })
      return people.map(toPerson)
    },
  }
}

/** What was typed, as LIKE reads it: Prisma leaves `%` and `_` to mean "anything". */
function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}
