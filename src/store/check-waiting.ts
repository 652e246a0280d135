import type postgres from 'postgres'
import type { Finding } from '../core/finding.ts'
import type { Channel } from '../core/notification/notice.ts'

const ABOUT = 'Messages'

/** What to set so that a channel carries messages again. */
const SETTINGS: Record<Channel, string> = {
  slack: 'SLACK_BOT_TOKEN',
  teams: 'MICROSOFT_APP_ID',
  email: 'RESEND_API_KEY',
}

/**
 * Names the messages that wait for a channel that is switched off: nobody sends them, and nobody would hear of it.
 * @param channels those that are on
 */
export async function checkWaiting(sql: postgres.Sql, channels: readonly Channel[]): Promise<Finding[]> {
  const waiting = await sql<{ channel: Channel; count: number }[]>`
    SELECT channel::text, count(*)::int AS count FROM deliveries
    WHERE settled_at IS NULL AND status = 'pending' GROUP BY channel ORDER BY channel`
  return waiting
    .filter(({ channel }) => !channels.includes(channel))
    .map(({ channel, count }) => {
      const text = `${count} wait for ${channel}, which is switched off: set ${SETTINGS[channel]}, and they are sent`
      return { level: 'warning', about: ABOUT, text }
    })
}
