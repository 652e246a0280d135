import type postgres from 'postgres'
import type { Change, CommitOutcome } from '../core/ports.ts'
import { commit } from './commit.ts'
import { surely } from './surely.ts'

/**
 * Writes a change whole, or not at all, also where a connection breaks: then the booking says whether it was written. One
 * that an earlier try wrote without our hearing of it is `committed`, however late it was.
 */
export function commitSurely(sql: postgres.Sql, change: Change): Promise<CommitOutcome> {
  return surely(async (isRepeat) => {
    const written = isRepeat ? await findWritten(sql, change) : null
    if (written) return written
    const outcome = await commit(sql, change)
    if (!isRepeat || outcome.kind === 'committed') return outcome
    // The earlier try was still on its way when we looked, and came first.
    return (await findWritten(sql, change)) ?? outcome
  })
}

/** A change that brings no event about changes nothing that could be decided twice: it is decided again. */
async function findWritten(sql: postgres.Sql, { booking, events }: Change): Promise<CommitOutcome | null> {
  const [event] = events
  if (!event) return null
  const [row] = await sql<{ number: number }[]>`
    SELECT b.number FROM events e JOIN bookings b ON b.id = e.booking_id WHERE e.id = ${event.id} AND b.id = ${booking.id}`
  return row ? { kind: 'committed', number: row.number } : null
}
