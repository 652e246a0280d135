import type postgres from 'postgres'
import type { Booking } from '../../core/booking/booking.ts'
import { findBookings, type Unreadable } from '../find-bookings.ts'

/** How lists are read. `unreadable` is called for each booking that cannot be; the others are shown. */
export interface Reading {
  sql: postgres.Sql
  unreadable?: Unreadable | undefined
}

/** Reads these bookings, in this order. */
export async function findInOrder({ sql, unreadable }: Reading, ids: readonly string[]): Promise<Booking[]> {
  if (ids.length === 0) return []
  const byId = new Map((await findBookings(sql, [...ids], unreadable)).map((booking) => [booking.id, booking]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Reads the bookings that a statement finds: some of them by their ids, and how many there are in all. */
export async function findSome(reading: Reading, statement: string, parameters: (string | number | Date)[]) {
  const [found] = await reading.sql.unsafe<{ ids: string[]; total: number }[]>(statement, parameters, { prepare: true })
  const { ids = [], total = 0 } = found ?? {}
  return { bookings: await findInOrder(reading, ids), total }
}
