import type { Booking } from '../core/booking/booking.ts'
import type { Store } from '../core/ports.ts'
import { alertOnce } from './admin-alerts.ts'
import { commit } from './commit.ts'
import type { Database } from './database.ts'
import type { Prisma } from './generated/client.ts'
import { requestSituation } from './request-situation.ts'
import { BOOKING, PERSON, toBooking, toPerson } from './rows.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/** The store as core asks for it. */
export function createStore({ prisma, sql }: Database): Store {
  async function findBooking(where: Prisma.BookingWhereUniqueInput): Promise<Booking | null> {
    const row = await prisma.booking.findUnique({ where, include: BOOKING })
    return row && toBooking(row)
  }

  return {
    findPerson: async (personId) => {
      const person = await prisma.person.findUnique({ where: { id: personId }, include: PERSON })
      return person && toPerson(person)
    },
    findBooking: async (bookingId) => {
      const id = uuidOrNull(bookingId)
      return id ? findBooking({ id }) : null
    },
    findBookingByRequestKey: (requestKey) => findBooking({ requestKey }),
    findBookingByStep: async (stepId) => {
      const id = uuidOrNull(stepId)
      const step = id && (await prisma.step.findUnique({ where: { id }, select: { bookingId: true } }))
      return step ? findBooking({ id: step.bookingId }) : null
    },
    deciders: async (requesterId) => {
      const [requester, people] = await Promise.all([
        prisma.person.findUnique({ where: { id: requesterId }, include: { manager: { include: PERSON } } }),
        prisma.person.findMany({
          where: { active: true, role: { in: ['hr', 'admin'] } },
          include: PERSON,
          orderBy: { name: 'asc' },
        }),
      ])
      const withRole = (role: 'hr' | 'admin') => people.filter((person) => person.role === role).map(toPerson)
      return {
        manager: requester?.manager ? toPerson(requester.manager) : null,
        hr: withRole('hr'),
        admins: withRole('admin'),
      }
    },
    requestSituation: (query) => requestSituation(sql, query),
    commit: (change) => commit(sql, change),
    alertOnce: (...alert) => alertOnce(prisma, ...alert),
  }
}
