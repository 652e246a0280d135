import type postgres from 'postgres'
import type { DueBookings } from '../core/booking/due-bookings.ts'
import { findBookings } from './find-bookings.ts'

/** How long somebody who claimed a booking may take before another may see to it, in seconds of real time. */
const LEASE_SECONDS = 120

/** How long one that cannot be read is left alone, in seconds. Whatever is written to it ends that. */
const PUT_OFF_SECONDS = 3600

/**
 * What is due, for the ticks of every process. When it is due goes by the business's clock, how long it is claimed by the
 * database's. Whatever is written to a booking meanwhile ends the claim, and says when it is due next.
 */
export function createDueBookings(sql: postgres.Sql): DueBookings {
  return {
    claim: async (now, limit) => {
      const claimed = await sql<{ id: string }[]>`
        WITH due AS (
          SELECT id FROM bookings
          WHERE next_due_at IS NOT NULL AND next_due_at <= ${now} AND (due_claimed_until IS NULL OR due_claimed_until <= now())
          ORDER BY next_due_at LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED
        )
        UPDATE bookings b SET due_claimed_until = now() + make_interval(secs => ${LEASE_SECONDS})
        WHERE b.id = ANY (ARRAY(SELECT due.id FROM due)) RETURNING b.id`
      return claimed.map(({ id }) => id)
    },

    read: (bookingIds) => findBookings(sql, bookingIds),

    settle: async (bookingId, version, nextDueAt) => {
      await sql`UPDATE bookings SET next_due_at = ${nextDueAt}, due_claimed_until = NULL
        WHERE id = ${bookingId} AND version = ${version}`
    },

    putOff: async (bookingId) => {
      await sql`UPDATE bookings SET due_claimed_until = now() + make_interval(secs => ${PUT_OFF_SECONDS})
        WHERE id = ${bookingId}`
    },

    release: async (bookingIds) => {
      await sql`UPDATE bookings SET due_claimed_until = NULL WHERE id = ANY (${bookingIds}::uuid[])`
    },
  }
}
