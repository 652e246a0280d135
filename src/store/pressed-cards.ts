import type postgres from 'postgres'
import { uuidOrNull } from './uuid-or-null.ts'

export interface Press {
  externalId: string
  /** Null where nobody may act any more: only a card that is known is drawn anew. */
  personId: string | null
  about: { stepId: string } | { bookingId: string }
}

/**
 * A card that was pressed is drawn anew. One that is unknown (its post was acknowledged to nobody) is adopted: it becomes
 * the message of the card that was never posted as far as we know, or a second card of that person.
 */
export function createPressedCards(sql: postgres.Sql, wake: () => void) {
  return {
    pressed: async ({ externalId, personId, about }: Press): Promise<void> => {
      const stepId = 'stepId' in about ? uuidOrNull(about.stepId) : null
      const bookingId = 'bookingId' in about ? uuidOrNull(about.bookingId) : null
      await sql`
        WITH known AS (
          UPDATE cards SET wanted_version = wanted_version + 1, due_at = now()
          WHERE platform = 'slack' AND external_id = ${externalId} RETURNING id
        ), subject AS (
          SELECT booking_id, CASE kind WHEN 'manager' THEN 'manager_approval' ELSE 'hr_approval' END::card_kind AS kind
          FROM steps WHERE id = ${stepId}::uuid AND ${personId}::uuid IS NOT NULL
          UNION ALL SELECT id, 'request'::card_kind FROM bookings
          WHERE id = ${bookingId}::uuid AND ${personId}::uuid IS NOT NULL
        ), adopted AS (
          UPDATE cards SET external_id = ${externalId}, wanted_version = wanted_version + 1, due_at = now() FROM subject
          WHERE NOT EXISTS (SELECT FROM known) AND cards.booking_id = subject.booking_id AND cards.kind = subject.kind
            AND cards.person_id = ${personId}::uuid AND cards.platform = 'slack' AND cards.external_id IS NULL
          RETURNING cards.id
        )
        INSERT INTO cards (booking_id, person_id, platform, kind, external_id)
        SELECT booking_id, ${personId}::uuid, 'slack', kind, ${externalId} FROM subject
        WHERE NOT EXISTS (SELECT FROM known) AND NOT EXISTS (SELECT FROM adopted)
        ON CONFLICT DO NOTHING`
      wake()
    },
  }
}
