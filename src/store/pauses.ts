import type postgres from 'postgres'
import type { ChannelAct } from '../core/notification/delivery.ts'
import type { Channel } from '../core/notification/notice.ts'
import type { PausedAct } from '../core/notification/outbox.ts'

/** The longest pause between two looks whether somebody has mended our set-up, in seconds: soon after it is, everything goes out. */
const LONGEST_PAUSE = 60

/** How long the message that looks may take, in seconds; where it says nothing by then, another one looks. */
const PROBE_TAKES = 30

/** Nothing that needs this is claimed for so long; a pause is never shortened. */
export async function pause(sql: postgres.Sql, { channel, act, personId }: PausedAct, seconds: number): Promise<void> {
  await sql`INSERT INTO channel_pauses (channel, act, person_id, paused_until)
    VALUES (${channel}, ${act}, ${personId}, now() + make_interval(secs => ${seconds}))
    ON CONFLICT (channel, act, person_id)
      DO UPDATE SET paused_until = greatest(channel_pauses.paused_until, excluded.paused_until)`
}

/**
 * Holds back what needs this act, for growing pauses, and has one message look whether it works again: the one that failed first.
 * @returns the seconds after which the message `id` looks, 0 where another one does
 */
export async function holdForSetup(
  sql: postgres.Sql,
  channel: Channel,
  act: ChannelAct,
  id: string,
  error: string,
): Promise<number> {
  const pauseAfter = (failures: postgres.Fragment) => sql`least(2 ^ least(${failures} - 1, 6), ${LONGEST_PAUSE})`
  const until = (failures: postgres.Fragment) =>
    sql`now() + make_interval(secs => ${pauseAfter(failures)} + ${PROBE_TAKES})`
  const looks = sql`(p.error IS NULL OR p.probe_id = excluded.probe_id OR p.paused_until <= now())`
  const [held] = await sql<{ probeId: string; seconds: number }[]>`
    INSERT INTO channel_pauses AS p (channel, act, error, failures, probe_id, paused_until)
    VALUES (${channel}, ${act}, ${error}, 1, ${id}, ${until(sql`1`)})
    ON CONFLICT (channel, act, person_id) DO UPDATE SET error = excluded.error,
      failures = CASE WHEN ${looks} THEN p.failures + 1 ELSE p.failures END,
      probe_id = CASE WHEN ${looks} THEN excluded.probe_id ELSE p.probe_id END,
      paused_until = CASE WHEN ${looks} THEN ${until(sql`(p.failures + 1)`)} ELSE p.paused_until END
    RETURNING probe_id AS "probeId", ${pauseAfter(sql`p.failures`)} AS seconds`
  return held?.probeId === id ? Number(held.seconds) : 0
}
