import type postgres from 'postgres'
import type { Misfits } from '../core/notification/misfits.ts'
import { findMisfits } from './check-consistency.ts'
import { findBookingAsItStands } from './find-bookings.ts'
import { writeNotices } from './write-notices.ts'

const JOB = 'nightly_check'

/** A look takes seconds; whoever has not kept it by then was killed. */
const LEASE = '10 minutes'

/** As text: a Date would lose the microseconds. */
const isMine = (sql: postgres.Sql | postgres.TransactionSql, claim: string) =>
  sql`job = ${JOB} AND claimed_until = ${claim}::text::timestamptz`

/** What does not fit together, and what of it the admins know. `hasChat`: those who are asked have cards. */
export function createMisfits(sql: postgres.Sql, hasChat: boolean): Misfits {
  return {
    // It stays due until it is kept: a look that fails, or whose process is killed, is not lost until the next night.
    claim: async (now, next) => {
      const [row] = await sql<{ claim: string }[]>`
        WITH first AS (INSERT INTO schedule (job, due_at) VALUES (${JOB}, ${next}) ON CONFLICT DO NOTHING)
        UPDATE schedule SET claimed_until = clock_timestamp() + ${LEASE}::interval
        WHERE job = ${JOB} AND due_at <= ${now} AND (claimed_until IS NULL OR claimed_until <= now())
        RETURNING claimed_until::text AS claim`
      return row?.claim ?? null
    },

    release: async (claim) => {
      await sql`UPDATE schedule SET claimed_until = NULL WHERE ${isMine(sql, claim)}`
    },

    find: (now) => findMisfits(sql, now, hasChat),

    read: (bookingId) => findBookingAsItStands(sql, bookingId),

    keep: ({ claim, at, next }, found, report) =>
      sql.begin(async (tx) => {
        const { count } = await tx`
          UPDATE schedule SET due_at = ${next}, claimed_until = NULL WHERE ${isMine(tx, claim)}`
        if (count === 0) return false
        const present = tx`jsonb_to_recordset(${tx.json(found.map((misfit) => ({ ...misfit })))}::jsonb)
          AS present("bookingId" uuid, finding text)`
        await tx`DELETE FROM findings f WHERE NOT EXISTS (
          SELECT FROM ${present} WHERE present."bookingId" = f.booking_id AND present.finding = f.finding)`
        await tx`INSERT INTO findings (booking_id, finding, found_at)
          SELECT present."bookingId", present.finding, ${at}::timestamptz FROM ${present} ON CONFLICT DO NOTHING`
        if (report) await writeNotices(tx, report.bookingId, report.event, report.notices)
        return true
      }),
  }
}
