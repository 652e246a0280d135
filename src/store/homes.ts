import type postgres from 'postgres'

/** The number of the advisory lock under which a Home is opened for the first time: see `redraw_late_cards` in the migrations. */
const FIRST_HOME = 72707372

/** The Homes of those who have opened theirs. `wake`: there is something to draw. */
export function createHomes(sql: postgres.Sql, wake: () => void) {
  /** Returns false where this person has no Home yet. */
  async function raise(personId: string, chosen: postgres.Parameter | null): Promise<boolean> {
    const { count } = await sql`
      UPDATE cards SET wanted_version = wanted_version + 1, due_at = now(),
        view_state = CASE WHEN ${chosen}::jsonb IS NULL THEN view_state ELSE coalesce(view_state, '{}') || ${chosen}::jsonb END
      WHERE person_id = ${personId} AND platform = 'slack' AND kind = 'home'`
    return count > 0
  }

  /** A change that is being written does not see it, and waits or is waited for. Returns false where it was there by then. */
  function open(personId: string, chosen: postgres.Parameter | null): Promise<boolean> {
    return sql.begin(async (tx) => {
      await tx`SELECT pg_advisory_xact_lock(${FIRST_HOME}, hashtext(${personId}))`
      const { count } = await tx`
        INSERT INTO cards (person_id, platform, kind, view_state, adopted_at)
        SELECT person_id, 'slack', 'home', ${chosen}::jsonb, clock_timestamp() FROM (
          -- Somebody who is let in no more meanwhile has no Home; losing an account waits for this, and takes the Home as well.
          SELECT person_id FROM chat_accounts WHERE person_id = ${personId} AND platform = 'slack' LIMIT 1 FOR KEY SHARE
        ) account ON CONFLICT DO NOTHING`
      return count > 0
    })
  }

  return {
    /** Has this person's Home drawn again, showing what they chose; what they do not choose now, as before. */
    wanted: async (personId: string, viewState: postgres.JSONValue = null): Promise<void> => {
      const chosen = viewState === null ? null : sql.json(viewState)
      if (!(await raise(personId, chosen)) && !(await open(personId, chosen))) await raise(personId, chosen)
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
