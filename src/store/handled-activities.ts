import type postgres from 'postgres'

/** No platform sends anything again after that long. Hours. */
const KEPT_HOURS = 24

/** Remembers what was answered before, for platforms that send a message again when an answer is slow. */
export function createHandledActivities(sql: postgres.Sql) {
  return {
    /** Whether this is the first time; only one of several that ask at once is told so. */
    isFirst: async (conversationId: string, activityId: string): Promise<boolean> => {
      const rows = await sql`
        INSERT INTO handled_activities (conversation_id, activity_id) VALUES (${conversationId}, ${activityId})
        ON CONFLICT DO NOTHING RETURNING activity_id`
      return rows.length > 0
    },

    /** Forgets at most `limit` of those that no platform sends again any more; returns how many. */
    forget: async (limit: number): Promise<number> => {
      const { count } = await sql`
        DELETE FROM handled_activities WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM handled_activities WHERE handled_at < now() - make_interval(hours => ${KEPT_HOURS})
          ORDER BY handled_at LIMIT ${limit} FOR UPDATE SKIP LOCKED))`
      return count
    },
  }
}
