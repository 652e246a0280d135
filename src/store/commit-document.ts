import type { Traveller, TripChange } from '../core/booking/booking.ts'
import type { DriverHold } from '../core/booking/driver-holds.ts'
import { nextDue } from '../core/booking/next-due.ts'
import type { Hold } from '../core/booking/trip-change.ts'
import { overtakenKinds } from '../core/notification/overtaken.ts'
import type { Person } from '../core/people/person.ts'
import type { Change } from '../core/ports.ts'

/** The people by whom it was decided whom an open step asks, and that this may be done at all, with what decided it. */
function deciding({ requester, steps }: Change['booking'], judgedBy: Person[]) {
  const open = steps.filter((step) => step.status === 'open')
  const asked = open.flatMap((step) => step.asks.flatMap(({ person, onBehalfOf }) => [person, onBehalfOf ?? []].flat()))
  const people = [...(open.length > 0 ? [requester, ...asked] : []), ...judgedBy]
  return [...new Map(people.map((person) => [person.id, whatDecides(person)])).values()]
}

function whatDecides({ id, role, managerId, active, awayVersion }: Person) {
  return { id, role, managerId, active, awayVersion }
}

function toTravellers(travellers: Traveller[]) {
  return travellers.map(({ kind, person, name }, position) => ({
    position,
    kind,
    person_id: person?.id ?? null,
    name: person ? null : name,
  }))
}

/** A change as the booking's row keeps it: whom and which car it is about stands as ids, so that nothing is told of them twice. */
function toChange({ status, trip }: TripChange) {
  const { vehicle, window, travellers, ...said } = trip
  return {
    status,
    trip: { ...said, window: { ...window }, vehicleId: vehicle.id, travellers: toTravellers(travellers) },
  }
}

function toHold({ vehicleId, window }: Hold) {
  return { vehicle_id: vehicleId, starts_at: window.startsAt, ends_at: window.endsAt }
}

function toDriverHold({ personId, window }: DriverHold) {
  return { person_id: personId, starts_at: window.startsAt, ends_at: window.endsAt }
}

/** Whose Home shows something of this. */
function concerned({ requester, travellers, steps }: Change['booking'], notices: Change['notices']): string[] {
  const asked = steps.flatMap((step) => step.asks.map((ask) => ask.person.id))
  const aboard = travellers.flatMap(({ person }) => person?.id ?? [])
  return [...new Set([requester.id, ...asked, ...aboard, ...notices.map((notice) => notice.personId)])]
}

/** A change as the statement of `commit.ts` reads it. */
export function toDocument(change: Change) {
  const {
    booking,
    expected,
    holds,
    driverHolds,
    rewritesTravellers,
    events,
    notices,
    cards,
    audit,
    judgedBy = [],
  } = change
  const open = booking.steps.filter((step) => step.status === 'open')
  return {
    booking: {
      id: booking.id,
      request_key: booking.requestKey,
      requester_id: booking.requester.id,
      vehicle_id: booking.vehicle.id,
      status: booking.status,
      version: booking.version,
      round: booking.round,
      starts_at: booking.window.startsAt,
      ends_at: booking.window.endsAt,
      passengers: booking.passengers,
      turnaround_minutes: booking.turnaroundMinutes,
      destination: booking.destination,
      type: booking.type,
      reason: booking.reason,
      details: booking.details,
      changed_at: audit.at,
      next_due_at: nextDue(booking),
      change: booking.change && toChange(booking.change),
    },
    expected,
    holds: holds === 'keep' ? [] : holds.map(toHold),
    release: holds !== 'keep',
    driver_holds: driverHolds === 'keep' ? [] : driverHolds.map(toDriverHold),
    release_drivers: driverHolds !== 'keep',
    rewrites_travellers: rewritesTravellers,
    travellers: toTravellers(rewritesTravellers ? booking.travellers : []),
    steps: booking.steps.map((step) => ({
      id: step.id,
      round: step.round,
      kind: step.kind,
      status: step.status,
      asked_at: step.askedAt,
      due_at: step.dueAt,
      remind_at: step.remindAt,
      escalated_at: step.escalatedAt,
      overdue_at: step.overdueAt,
      closed_at: step.closedAt,
      decided_by_id: step.decidedBy?.id ?? null,
      comment: step.comment,
      skip_reason: step.skipReason,
    })),
    asks: open.flatMap((step) =>
      step.asks.map((ask) => ({
        step_id: step.id,
        person_id: ask.person.id,
        on_behalf_of_id: ask.onBehalfOf?.id ?? null,
        asked_at: step.askedAt,
      })),
    ),
    events: events.map(({ id, type, actor, at }) => ({ id, type, actor_id: actor?.id ?? null, at })),
    notifications: notices.map(({ id, eventId, personId, stepId, kind, facts }) => ({
      id,
      event_id: eventId,
      person_id: personId,
      step_id: stepId,
      kind,
      facts,
      created_at: audit.at,
    })),
    deliveries: notices.flatMap((notice) =>
      notice.deliveries.map(({ id, channel }) => ({ id, notification_id: notice.id, channel })),
    ),
    reposts: notices.flatMap(({ id, personId, card }) =>
      card ? [{ notification_id: id, person_id: personId, platform: card.platform, kind: card.kind }] : [],
    ),
    cards: cards.map(({ personId, platform, kind }) => ({ person_id: personId, platform, kind })),
    concerned: concerned(booking, notices),
    deciding: deciding(booking, judgedBy),
    overtaken: overtakenKinds(booking.status),
    audit: {
      at: audit.at,
      actor_id: audit.actorId,
      action: audit.action,
      old_values: audit.old,
      new_values: audit.new,
    },
  }
}
