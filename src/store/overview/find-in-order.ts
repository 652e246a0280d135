import type postgres from 'postgres'
import type { Booking } from '../../core/booking/booking.ts'
import { findBookings } from '../documents.ts'

/** Reads these bookings, in this order. */
export async function findInOrder(sql: postgres.Sql, ids: readonly string[]): Promise<Booking[]> {
  if (ids.length === 0) return []
  const byId = new Map((await findBookings(sql, 'ids', [...ids])).map((booking) => [booking.id, booking]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** A row of a list that is cut short: `total` counts the others as well. */
interface Counted {
  id: string
  total: number
}

/** Reads the bookings that a statement finds; it returns their ids and, in each row, how many there are in all. */
export async function findSome(sql: postgres.Sql, statement: string, parameters: (string | number | Date)[]) {
  const rows = await sql.unsafe<Counted[]>(statement, parameters, { prepare: true })
  const ids = rows.map(({ id }) => id)
  return { bookings: await findInOrder(sql, ids), total: rows[0]?.total ?? 0 }
}
