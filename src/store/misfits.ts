import type postgres from 'postgres'
import type { Misfits } from '../core/booking/misfit.ts'
import { findMisfits } from './check-consistency.ts'
import { writeNotices } from './write-notices.ts'

const JOB = 'nightly_check'

/** What does not fit together, and what of it the admins know. `hasChat`: those who are asked have cards. */
export function createMisfits(sql: postgres.Sql, hasChat: boolean): Misfits {
  return {
    // The first time there is, it is only settled when the next one is.
    claim: async (now, next) => {
      const claimed = await sql`
        WITH first AS (INSERT INTO schedule (job, due_at) VALUES (${JOB}, ${next}) ON CONFLICT DO NOTHING)
        UPDATE schedule SET due_at = ${next} WHERE job = ${JOB} AND due_at <= ${now} RETURNING job`
      return claimed.length > 0
    },

    find: (now) => findMisfits(sql, now, hasChat),

    keep: async (found, at, report) => {
      await sql.begin(async (tx) => {
        const present = tx`jsonb_to_recordset(${tx.json(found.map((misfit) => ({ ...misfit })))}::jsonb)
          AS present("bookingId" uuid, finding text)`
        await tx`DELETE FROM findings f WHERE NOT EXISTS (
          SELECT FROM ${present} WHERE present."bookingId" = f.booking_id AND present.finding = f.finding)`
        await tx`INSERT INTO findings (booking_id, finding, found_at)
          SELECT present."bookingId", present.finding, ${at}::timestamptz FROM ${present} ON CONFLICT DO NOTHING`
        if (report) await writeNotices(tx, report.bookingId, report.event, report.notices)
      })
    },
  }
}
