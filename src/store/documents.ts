import type postgres from 'postgres'
import type { Booking } from '../core/booking/booking.ts'

/**
 * The core's objects as PostgreSQL builds them, each in the statement that finds it. A booking with its people, steps and
 * events is read at every press, card and list: as one document it costs a quarter of what it costs as rows and relations.
 */

/** A row of `people p` joined with `sites s` as the core's Person. */
export const PERSON = `json_build_object(
  'id', p.id, 'email', p.email, 'name', p.name, 'role', p.role, 'department', p.department, 'managerId', p.manager_id,
  'timeZone', p.time_zone, 'active', p.active, 'site', json_build_object('id', s.id, 'name', s.name, 'timeZone', s.time_zone),
  'lastSeen', (SELECT json_build_object('platform', a.platform, 'timeZone', a.time_zone) FROM chat_accounts a
    WHERE a.person_id = p.id ORDER BY a.last_used_at DESC LIMIT 1))`

/** A row of `vehicles v` joined with `sites s` as the core's Vehicle. */
export const VEHICLE = `json_build_object(
  'id', v.id, 'name', v.name, 'type', v.type, 'seats', v.seats, 'licensePlate', v.license_plate,
  'turnaroundMinutes', v.turnaround_minutes,
  'site', json_build_object('id', s.id, 'name', s.name, 'timeZone', s.time_zone))`

/** The Person with this id, or null. */
export const personOf = (id: string) =>
  `(SELECT ${PERSON} FROM people p JOIN sites s ON s.id = p.site_id WHERE p.id = ${id})`

/** A list, in order; empty where there is none. */
const list = (item: string, from: string, order: string) =>
  `(SELECT coalesce(json_agg(${item} ORDER BY ${order}), '[]') FROM ${from})`

const ASK = `json_build_object('person', ${personOf('a.person_id')}, 'onBehalfOf', ${personOf('a.on_behalf_of_id')})`

const STEP = `json_build_object(
  'id', st.id, 'round', st.round, 'kind', st.kind, 'status', st.status, 'askedAt', st.asked_at, 'dueAt', st.due_at,
  'closedAt', st.closed_at, 'decidedBy', ${personOf('st.decided_by_id')}, 'comment', st.comment,
  'skipReason', st.skip_reason,
  'asks', ${list(ASK, 'asks a JOIN people asked ON asked.id = a.person_id WHERE a.step_id = st.id', 'asked.name, a.id')})`

const TRAVELLER = `json_build_object('kind', t.kind, 'person', ${personOf('t.person_id')},
  'name', coalesce((SELECT name FROM people WHERE id = t.person_id), t.name, ''))`

const EVENT = `json_build_object('id', e.id, 'type', e.type, 'at', e.at,
  'actor', (SELECT json_build_object('id', id, 'name', name) FROM people WHERE id = e.actor_id))`

/** A row of `bookings b` as the core's Booking. A delivery that failed changed nothing about it. */
const BOOKING = `json_build_object(
  'id', b.id, 'number', b.number, 'requestKey', b.request_key, 'status', b.status, 'version', b.version, 'round', b.round,
  'window', json_build_object('startsAt', b.starts_at, 'endsAt', b.ends_at), 'passengers', b.passengers,
  'destination', b.destination, 'type', b.type, 'reason', b.reason, 'details', b.details, 'createdAt', b.created_at,
  'requester', ${personOf('b.requester_id')},
  'vehicle', (SELECT ${VEHICLE} FROM vehicles v JOIN sites s ON s.id = v.site_id WHERE v.id = b.vehicle_id),
  'travellers', ${list(TRAVELLER, 'travellers t WHERE t.booking_id = b.id', 't.position')},
  'steps', ${list(STEP, 'steps st WHERE st.booking_id = b.id', 'st.round, st.asked_at, st.kind')},
  'events', ${list(EVENT, "events e WHERE e.booking_id = b.id AND e.type <> 'delivery.failed'", 'e.sequence')})`

const FIND_BOOKINGS = {
  ids: `SELECT ${BOOKING} AS booking FROM bookings b WHERE b.id = ANY($1::uuid[])`,
  requestKey: `SELECT ${BOOKING} AS booking FROM bookings b WHERE b.request_key = $1`,
  step: `SELECT ${BOOKING} AS booking FROM bookings b WHERE b.id = (SELECT booking_id FROM steps WHERE id = $1::uuid)`,
}

/** What JSON makes of a value: its times are strings. */
type Document<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Document<Item>[]
    : T extends object
      ? { [Key in keyof T]: Document<T[Key]> }
      : T

export async function findBookings(
  sql: postgres.Sql,
  by: keyof typeof FIND_BOOKINGS,
  key: string | string[],
): Promise<Booking[]> {
  const rows = await sql.unsafe<{ booking: Document<Booking> }[]>(FIND_BOOKINGS[by], [key], { prepare: true })
  return rows.map((row) => toBooking(row.booking))
}

function toBooking(document: Document<Booking>): Booking {
  const { window, steps, events, createdAt } = document
  return {
    ...document,
    window: { startsAt: new Date(window.startsAt), endsAt: new Date(window.endsAt) },
    steps: steps.map((step) => ({
      ...step,
      askedAt: new Date(step.askedAt),
      dueAt: timeOrNull(step.dueAt),
      closedAt: timeOrNull(step.closedAt),
    })),
    events: events.map((event) => ({ ...event, at: new Date(event.at) })),
    createdAt: new Date(createdAt),
  }
}

function timeOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
