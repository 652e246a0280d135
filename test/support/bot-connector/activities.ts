import type { Fields } from '../../../src/workspace/protocol/json.ts'
import { APP_ID } from './authority.ts'
import type { TeamsUser } from './people.ts'

export const BOT_ID = `28:${APP_ID}`

let sent = 0

/** What Teams sends when somebody does something in their 1:1 chat with the bot. */
export function activityFrom(user: TeamsUser, serviceUrl: string, changes: Fields): Fields {
  sent += 1
  const { userId, name, aadObjectId, tenantId, timeZone, conversationId } = user
  return {
    id: `f:${String(sent).padStart(8, '0')}`,
    timestamp: new Date().toISOString(),
    localTimezone: timeZone,
    locale: 'en-GB',
    channelId: 'msteams',
    serviceUrl,
    from: { id: userId, name, aadObjectId },
    recipient: { id: BOT_ID, name: 'Motorpool' },
    conversation: { id: conversationId, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'DE', platform: 'Web', timezone: timeZone }],
    ...changes,
  }
}

export function messageFrom(user: TeamsUser, serviceUrl: string, text: string): Fields {
  return activityFrom(user, serviceUrl, { type: 'message', text, textFormat: 'plain' })
}
