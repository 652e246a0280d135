import type postgres from 'postgres'

/** The Homes of those who have opened theirs. `wake`: there is something to draw. */
export function createHomes(sql: postgres.Sql, wake: () => void) {
  return {
    /** This person's Home is drawn anew, showing what they chose; without `viewState` what they chose before. */
    wanted: async (personId: string, viewState: postgres.JSONValue = null): Promise<void> => {
      const chosen = viewState === null ? null : sql.json(viewState)
      await sql`
        INSERT INTO cards (person_id, platform, kind, view_state) VALUES (${personId}, 'slack', 'home', ${chosen})
        ON CONFLICT (booking_id, person_id, platform, kind, external_id) DO UPDATE SET
          wanted_version = cards.wanted_version + 1, due_at = now(),
          view_state = coalesce(excluded.view_state, cards.view_state)`
      wake()
    },
  }
}
