import type postgres from 'postgres'

/** The Homes of those who have opened theirs. `wake`: there is something to draw. */
export function createHomes(sql: postgres.Sql, wake: () => void) {
  return {
    /** This person's Home is drawn anew, showing what they chose; what they do not choose now, as before. */
    wanted: async (personId: string, viewState: postgres.JSONValue = null): Promise<void> => {
      const chosen = viewState === null ? null : sql.json(viewState)
      await sql`
        INSERT INTO cards (person_id, platform, kind, view_state) VALUES (${personId}, 'slack', 'home', ${chosen})
        ON CONFLICT (booking_id, person_id, platform, kind, external_id) DO UPDATE SET
          wanted_version = cards.wanted_version + 1, due_at = now(),
          view_state = CASE WHEN excluded.view_state IS NULL THEN cards.view_state
            ELSE coalesce(cards.view_state, '{}') || excluded.view_state END`
      wake()
    },

    /**
     * Remembers which rows this person's Home shows, without drawing it: they keep their places. `before`: the view state that it
     * was drawn from; where the Home was opened again meanwhile, nothing is remembered.
     */
    keepRows: async (personId: string, rows: postgres.JSONValue, before: unknown): Promise<void> => {
      const drawnFrom = (before ?? {}) as { rows?: postgres.JSONValue }
      await sql`
        UPDATE cards SET view_state = coalesce(view_state, '{}') || jsonb_build_object('rows', ${JSON.stringify(rows)}::text::jsonb)
        WHERE kind = 'home' AND person_id = ${personId}
          AND coalesce(view_state->'rows', 'null') = ${JSON.stringify(drawnFrom.rows ?? null)}::text::jsonb
          AND coalesce(view_state->'rows', 'null') <> ${JSON.stringify(rows)}::text::jsonb`
    },

    /** What these people's Homes show has changed: those who have opened theirs get it drawn anew. */
    changed: async (personIds: string[]): Promise<void> => {
      // In one order, for changes of bookings touch the same Homes at the same time.
      await sql`
        WITH shown AS (
          SELECT id FROM cards WHERE kind = 'home' AND person_id = ANY (${personIds}::uuid[]) ORDER BY id FOR UPDATE
        )
        UPDATE cards SET wanted_version = wanted_version + 1, due_at = now() FROM shown WHERE cards.id = shown.id`
      wake()
    },
  }
}
