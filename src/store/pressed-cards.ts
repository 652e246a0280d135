import type postgres from 'postgres'
import type { PressedCards } from '../core/notification/pressed-cards.ts'
import { createKnownMessages } from './known-messages.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/**
 * A card that was pressed is drawn anew. One that is unknown (its post was acknowledged to nobody) is adopted: it becomes
 * the message of the card that was never posted as far as we know, or, where it is certainly ours, a second card of that person. A
 * message that was passed on shows whoever was not asked nothing, and becomes no card of theirs. The booking of an adopted card is locked, so that a change
 * that is being written sees the card, or the card is drawn from what the change leaves. A press that changed its booking had
 * every card of it drawn again, so that of a message in `known` there is nothing left to do.
 */
export function createPressedCards(sql: postgres.Sql, wake: () => void, known = createKnownMessages()): PressedCards {
  return {
    pressed: async ({ platform, externalId, personId, about, isOurs, hasChanged }) => {
      if (hasChanged && known.has(platform, externalId)) return true
      const stepId = 'stepId' in about ? uuidOrNull(about.stepId) : null
      const bookingId = 'bookingId' in about ? uuidOrNull(about.bookingId) : null
      const [found] = await sql<{ isCard: boolean }[]>`
        WITH known AS (
          UPDATE cards SET wanted_version = wanted_version + 1, due_at = now(), drawn_digest = NULL
          WHERE platform = ${platform} AND external_id = ${externalId} RETURNING id
        ), about AS (
          SELECT booking_id, CASE kind WHEN 'manager' THEN 'manager_approval' ELSE 'hr_approval' END::card_kind AS kind
          FROM steps WHERE id = ${stepId}::uuid
            AND EXISTS (SELECT FROM asks WHERE asks.step_id = steps.id AND asks.person_id = ${personId}::uuid)
          UNION ALL SELECT id, 'request'::card_kind FROM bookings
          WHERE id = ${bookingId}::uuid AND requester_id = ${personId}::uuid
        ), held AS (
          SELECT id FROM bookings
          WHERE NOT EXISTS (SELECT FROM known) AND id = ANY (ARRAY(SELECT booking_id FROM about)) FOR SHARE
        ), left_behind AS (
          SELECT c.id FROM cards c JOIN held ON c.booking_id = held.id WHERE c.left_external_id = ${externalId}
        ), subject AS (
          SELECT about.* FROM about JOIN held ON held.id = about.booking_id WHERE NOT EXISTS (SELECT FROM left_behind)
        ), adopted AS (
          UPDATE cards SET external_id = ${externalId}, wanted_version = wanted_version + 1, due_at = now(),
            adopted_at = clock_timestamp() FROM subject
          WHERE cards.booking_id = subject.booking_id AND cards.kind = subject.kind
            AND cards.person_id = ${personId}::uuid AND cards.platform = ${platform} AND cards.external_id IS NULL
          RETURNING cards.id
        ), another AS (
          INSERT INTO cards (booking_id, person_id, platform, kind, external_id, adopted_at)
          SELECT booking_id, ${personId}::uuid, ${platform}::chat_platform, kind, ${externalId}, clock_timestamp() FROM subject
          WHERE ${isOurs}::boolean AND NOT EXISTS (SELECT FROM adopted)
          ON CONFLICT DO NOTHING RETURNING id
        )
        SELECT EXISTS (SELECT FROM known UNION ALL SELECT FROM left_behind UNION ALL SELECT FROM adopted
          UNION ALL SELECT FROM another) AS "isCard"`
      wake()
      return found?.isCard === true
    },
  }
}
