import type postgres from 'postgres'
import type { Booking, Trip } from '../core/booking/booking.ts'
import type { TripWindow } from '../core/booking/trip-window.ts'
import { UnreadableBooking } from '../core/booking/unreadable-booking.ts'
import { BOOKING, BOOKING_AS_IT_STANDS } from './documents.ts'

// All or none: after a statement that fails half way, the driver counts the rows of its connection's next one wrong
// (https://github.com/porsager/postgres/issues/1181).
const FIND_ALL = `SELECT unnest(array_agg(${BOOKING})) AS booking FROM bookings b WHERE b.id = ANY($1::uuid[])`

const ONE = {
  id: '$1::uuid',
  requestKey: '(SELECT id FROM bookings WHERE request_key = $1)',
  step: '(SELECT booking_id FROM steps WHERE id = $1::uuid)',
}
/** The id alone where the booking itself cannot be read. */
const findOne = (by: keyof typeof ONE, document: string) =>
  `SELECT array_agg(${document}) AS found FROM bookings b WHERE b.id = ${ONE[by]}`
const findId = (by: keyof typeof ONE) => `SELECT ${ONE[by]} AS id`

/** What JSON makes of a value: its times are strings. */
export type Document<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Document<Item>[]
    : T extends object
      ? { [Key in keyof T]: Document<T[Key]> }
      : T

/** Called for each booking that cannot be read. */
export type Unreadable = (booking: UnreadableBooking) => void

/** Returns those of these bookings that can be read. */
export async function findBookings(
  sql: postgres.Sql,
  ids: string[],
  unreadable: Unreadable = () => {},
): Promise<Booking[]> {
  try {
    const rows = await sql.unsafe<{ booking: Document<Booking> }[]>(FIND_ALL, [ids], { prepare: true })
    return rows.map((row) => toBooking(row.booking))
  } catch (error) {
    if (!isAboutARow(error)) throw error
    const each = ids.map((id) => readOrReport(sql, id, unreadable))
    return (await Promise.all(each)).flatMap((booking) => booking ?? [])
  }
}

/** Looks at bookings by their ids: an error for one that cannot be read, none for one that does not exist. */
export async function bookingsById(
  sql: postgres.Sql,
  ids: string[],
): Promise<Map<string, Booking | UnreadableBooking>> {
  const found = new Map<string, Booking | UnreadableBooking>()
  const readable = await findBookings(sql, ids, (error) => found.set(error.bookingId, error))
  for (const booking of readable) found.set(booking.id, booking)
  return found
}

async function readOrReport(sql: postgres.Sql, id: string, unreadable: Unreadable): Promise<Booking | null> {
  try {
    return await findBooking(sql, 'id', id)
  } catch (error) {
    if (!(error instanceof UnreadableBooking)) throw error
    unreadable(error)
    return null
  }
}

/** @throws UnreadableBooking */
export function findBooking(sql: postgres.Sql, by: keyof typeof ONE, key: string): Promise<Booking | null> {
  return orUnreadable(sql, by, key, () => read(sql, findOne(by, BOOKING), key))
}

/**
 * Reads something of one booking.
 * @throws UnreadableBooking where it is the booking's row that cannot be read
 */
export async function orUnreadable<T>(
  sql: postgres.Sql,
  by: keyof typeof ONE,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isAboutARow(error)) throw error
    const [row] = await sql.unsafe<{ id: string }[]>(findId(by), [key], { prepare: true })
    throw new UnreadableBooking(row?.id ?? key, error)
  }
}

/** Finds a booking without the change of it, which is the one part that the database does not keep whole. */
export async function findBookingAsItStands(sql: postgres.Sql, id: string): Promise<Booking | null> {
  return read(sql, findOne('id', BOOKING_AS_IT_STANDS), id)
}

async function read(sql: postgres.Sql, statement: string, key: string): Promise<Booking | null> {
  const [row] = await sql.unsafe<{ found: Document<Booking>[] | null }[]>(statement, [key], { prepare: true })
  const [document] = row?.found ?? []
  return document ? toBooking(document) : null
}

/** True if a row holds what cannot be: PostgreSQL's class 22 (data exception), or ours. Anything else is an outage. */
function isAboutARow(error: unknown): boolean {
  return error instanceof NotReadable || String((error as { code?: unknown }).code).startsWith('22')
}

class NotReadable extends Error {}

export function toBooking(document: Document<Booking>): Booking {
  const { window, change, steps, events, createdAt } = document
  return {
    ...document,
    window: toWindow(window),
    change: change && { ...change, trip: toTrip(change.trip) },
    steps: steps.map((step) => ({
      ...step,
      askedAt: new Date(step.askedAt),
      dueAt: timeOrNull(step.dueAt),
      remindAt: timeOrNull(step.remindAt),
      escalatedAt: timeOrNull(step.escalatedAt),
      overdueAt: timeOrNull(step.overdueAt),
      closedAt: timeOrNull(step.closedAt),
      passedOn: step.passedOn.map((ask) => ({ ...ask, at: new Date(ask.at) })),
    })),
    events: events.map((event) => ({ ...event, at: new Date(event.at) })),
    createdAt: new Date(createdAt),
  }
}

/** The other trip of a booking: no column and no foreign key keeps it whole. */
function toTrip(trip: Document<Trip>): Trip {
  const parts: Partial<Document<Trip>> = trip
  if (!parts.vehicle) throw new NotReadable('the car of its change is gone')
  const window = parts.window && toWindow(parts.window)
  if (!window || Number.isNaN(+window.startsAt) || Number.isNaN(+window.endsAt)) {
    throw new NotReadable('its change says no times')
  }
  return { ...trip, window }
}

function toWindow({ startsAt, endsAt }: Document<TripWindow>): TripWindow {
  return { startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
}

function timeOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
