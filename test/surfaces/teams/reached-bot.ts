import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TurnContext } from 'botbuilder'
import { createTeamsAdapter, type TeamsAdapter } from '../../../src/surfaces/teams/adapter.ts'
import { createInbound } from '../../../src/surfaces/teams/inbound.ts'
import { TEAMS_PATH } from '../../../src/surfaces/teams/path.ts'
import type { TeamsSettings } from '../../../src/surfaces/teams/teams-settings.ts'
import { type BotConnector, startBotConnector } from '../../support/bot-connector/start-bot-connector.ts'

/** A bot that does what a test wants, reached as Teams reaches it. */
export interface ReachedBot {
  teams: BotConnector
  adapter: TeamsAdapter
  url: string
  /** What was let in. */
  handled: string[]
  logged: object[]
  handle: (context: TurnContext) => Promise<void>
  close(): Promise<void>
}

export function settingsFor(teams: BotConnector): TeamsSettings {
  const { appId, appPassword, tenantId, openIdMetadataUrl, issuer, loginUrl } = teams
  return { appId, appPassword, tenantId, openIdMetadataUrl, tokenIssuer: issuer, loginUrl }
}

/** @param now by which tokens are good or not */
export async function reachedBot(
  options: Parameters<typeof startBotConnector>[0] & { now?: () => Date } = {},
): Promise<ReachedBot> {
  const teams = await startBotConnector(options)
  const settings = settingsFor(teams)
  const adapter = createTeamsAdapter(settings, options.now)
  const handled: string[] = []
  const logged: object[] = []
  const log = { error: (facts: object, message: string) => void logged.push({ ...facts, message }) }
  const handle = async (context: TurnContext) => {
    handled.push(context.activity.text ?? context.activity.type)
    await bot.handle(context)
  }
  const server = createServer(createInbound(settings, adapter, handle, log))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${TEAMS_PATH}`
  teams.messagingEndpoint = url
  const bot: ReachedBot = {
    teams,
    adapter,
    url,
    handled,
    logged,
    handle: async () => {},
    close: async () => {
      server.closeAllConnections()
      server.close()
      await teams.close()
    },
  }
  return bot
}
