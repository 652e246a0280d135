import type postgres from 'postgres'
import type { Booking } from '../core/booking/booking.ts'
import type { Person } from '../core/people/person.ts'
import type { DecisionQuery, DecisionSituation } from '../core/ports.ts'
import { BOOKING, personOf } from './documents.ts'
import { type Document, orUnreadable, toBooking } from './find-bookings.ts'
import { type DecidersDocument, decidersFor, toDeciders } from './request-situation.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/** The booking of the step `$1`, what the directory says of the person `$2`, and of those who may decide: of one moment. */
const SITUATION = `
  SELECT json_agg(found) AS found FROM (
    SELECT ${BOOKING} AS booking, ${personOf('$2::uuid')} AS actor, ${decidersFor('b.requester_id')}
    FROM bookings b WHERE b.id = (SELECT booking_id FROM steps WHERE id = $1::uuid)) found`

interface SituationDocument extends DecidersDocument {
  booking: Document<Booking>
  actor: Person | null
}

/** @throws UnreadableBooking */
export async function decisionSituation(sql: postgres.Sql, query: DecisionQuery): Promise<DecisionSituation | null> {
  const stepId = uuidOrNull(query.stepId)
  if (stepId === null) return null
  return orUnreadable(sql, 'step', stepId, async () => {
    const [row] = await sql.unsafe<{ found: SituationDocument[] | null }[]>(
      SITUATION,
      [stepId, uuidOrNull(query.actorId)],
      { prepare: true },
    )
    const [found] = row?.found ?? []
    return found ? { booking: toBooking(found.booking), actor: found.actor, deciders: toDeciders(found) } : null
  })
}
