import type { ReachableAccount } from '../../../src/core/notification/delivery.ts'
import { BOT_ID } from '../../support/bot-connector/activities.ts'
import type { BotConnector } from '../../support/bot-connector/start-bot-connector.ts'

/** Somebody's account, as it is kept when they wrote to the bot. */
export function teamsAccount({ people, serviceUrl }: BotConnector, email: string): ReachableAccount {
  const user = people.find((one) => one.email === email)
  if (!user) throw new Error(`nobody has the address ${email}`)
  const { tenantId, aadObjectId, userId, conversationId } = user
  return { tenantId, userId: aadObjectId, conversation: { serviceUrl, conversationId, userId, botId: BOT_ID } }
}
