import { addMinutes } from 'date-fns/addMinutes'
import type postgres from 'postgres'
import type { DirectoryChanges } from '../core/people/directory-changes.ts'
import type { Prisma } from './generated/client.ts'

const JOB = 'directory'

/** How long somebody has to draw the consequences before another may, in minutes. */
const LEASE = 2

/** Returns when an import of this moment is due to be followed by the schedule: the claim of the import itself. */
export function claimOfImport(at: Date): Date {
  return addMinutes(at, LEASE)
}

/** Notes with an import, in its transaction, that consequences have to be drawn. */
export async function noteDirectoryChange(tx: Prisma.TransactionClient, at: Date): Promise<void> {
  const dueAt = claimOfImport(at)
  await tx.schedule.upsert({ where: { job: JOB }, create: { job: JOB, dueAt }, update: { dueAt } })
}

export function createDirectoryChanges(sql: postgres.Sql): DirectoryChanges {
  return {
    claim: async (now) => {
      const again = addMinutes(now, LEASE)
      const claimed =
        await sql`UPDATE schedule SET due_at = ${again} WHERE job = ${JOB} AND due_at <= ${now} RETURNING job`
      return claimed.length > 0 ? again : null
    },

    settle: async (claim) => {
      await sql`DELETE FROM schedule WHERE job = ${JOB} AND due_at = ${claim}`
    },

    // A booking that is live holds a car, and only those do: the past costs nothing.
    concernedBookings: async (now) => {
      const rows = await sql<{ id: string }[]>`
        SELECT b.id, b.number FROM bookings b
        WHERE b.id = ANY (ARRAY(SELECT s.booking_id FROM steps s WHERE s.status = 'open')) AND b.starts_at > ${now}
        UNION
        SELECT b.id, b.number FROM bookings b JOIN people p ON p.id = b.requester_id
        WHERE b.id = ANY (ARRAY(SELECT h.booking_id FROM vehicle_holds h WHERE h.booking_id IS NOT NULL)) AND NOT p.active
        ORDER BY number`
      return rows.map(({ id }) => id)
    },
  }
}
