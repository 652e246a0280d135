import type { Step } from '../core/approval/step.ts'
import type { Booking, BookingEvent, BookingEventType } from '../core/booking/booking.ts'
import type { Vehicle } from '../core/fleet/vehicle.ts'
import type { Person } from '../core/people/person.ts'
import type { Prisma } from './generated/client.ts'

/** What Prisma has to fetch for the core's objects, and how its rows become them. */

export const PERSON = {
  site: true,
  chatAccounts: { orderBy: { lastUsedAt: 'desc' }, take: 1 },
} as const satisfies Prisma.PersonInclude

export const BOOKING = {
  requester: { include: PERSON },
  vehicle: { include: { site: true } },
  travellers: { include: { person: { include: PERSON } }, orderBy: { position: 'asc' } },
  steps: {
    include: {
      decidedBy: { include: PERSON },
      asks: {
        include: { person: { include: PERSON }, onBehalfOf: { include: PERSON } },
        orderBy: { person: { name: 'asc' } },
      },
    },
    orderBy: [{ round: 'asc' }, { askedAt: 'asc' }, { kind: 'asc' }],
  },
  // A delivery that failed changed nothing about the booking.
  events: { where: { type: { not: 'delivery.failed' } }, include: { actor: true }, orderBy: { sequence: 'asc' } },
} as const satisfies Prisma.BookingInclude

type PersonRow = Prisma.PersonGetPayload<{ include: typeof PERSON }>
type VehicleRow = Prisma.VehicleGetPayload<{ include: { site: true } }>
type BookingRow = Prisma.BookingGetPayload<{ include: typeof BOOKING }>

export function toPerson(row: PersonRow): Person {
  const { id, email, name, role, department, managerId, site, timeZone, active } = row
  const seen = row.chatAccounts[0]
  const lastSeen = seen ? { platform: seen.platform, timeZone: seen.timeZone } : null
  return { id, email, name, role, department, managerId, site, timeZone, active, lastSeen }
}

export function toVehicle(row: VehicleRow): Vehicle {
  const { id, name, type, seats, licensePlate, site, turnaroundMinutes } = row
  return { id, name, type, seats, licensePlate, site, turnaroundMinutes }
}

export function toBooking(row: BookingRow): Booking {
  return {
    id: row.id,
    number: row.number,
    requestKey: row.requestKey,
    requester: toPerson(row.requester),
    vehicle: toVehicle(row.vehicle),
    status: row.status,
    version: row.version,
    round: row.round,
    window: { startsAt: row.startsAt, endsAt: row.endsAt },
    passengers: row.passengers,
    destination: row.destination,
    type: row.type,
    reason: row.reason,
    details: row.details,
    travellers: row.travellers.map(({ kind, person, name }) => ({
      kind,
      person: person && toPerson(person),
      name: person?.name ?? name ?? '',
    })),
    steps: row.steps.map(toStep),
    events: row.events.map(toEvent),
    createdAt: row.createdAt,
  }
}

function toEvent({ id, type, actor, at }: BookingRow['events'][number]): BookingEvent {
  return { id, type: type as BookingEventType, actor: actor && { id: actor.id, name: actor.name }, at }
}

function toStep(row: BookingRow['steps'][number]): Step {
  const { id, round, kind, status, askedAt, dueAt, closedAt, comment } = row
  return {
    id,
    round,
    kind,
    status,
    askedAt,
    dueAt,
    closedAt,
    comment,
    decidedBy: row.decidedBy && toPerson(row.decidedBy),
    skipReason: row.skipReason as Step['skipReason'],
    asks: row.asks.map((ask) => ({
      person: toPerson(ask.person),
      onBehalfOf: ask.onBehalfOf && toPerson(ask.onBehalfOf),
    })),
  }
}
