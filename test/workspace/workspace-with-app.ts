import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import { listenLocally } from '../../src/workspace/protocol/listen-locally.ts'
import type { LocalSlack, LocalSlackOptions } from '../../src/workspace/protocol/local-slack.ts'

const BOT_TOKEN = 'xoxb-workspace-test'
export const SIGNING_SECRET = 'a-signing-secret'

const PEOPLE: LocalSlackOptions['people'] = [
  { name: 'Anna Berg', email: 'anna@example.com', title: 'Sales', timeZone: 'Europe/Berlin' },
  { name: 'Max Maurer', email: 'max@example.com', timeZone: 'America/New_York' },
  { name: 'Gina Guest', email: 'gina@partner.example', timeZone: 'UTC', guest: true },
  { name: 'Buildbot', email: 'bot@example.com', timeZone: 'UTC', bot: true },
  { name: 'Lea Left', email: 'lea@example.com', timeZone: 'UTC', deleted: true },
  { name: 'Otto Other', email: 'otto@other.example', timeZone: 'UTC', teamId: 'TOTHER' },
]

export function startWorkspace(options: Partial<LocalSlackOptions> = {}): Promise<LocalSlack> {
  return listenLocally({
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    team: { id: 'TACME', name: 'Acme Cars' },
    botName: 'Motorpool',
    people: PEOPLE,
    ...options,
  })
}

/** A client without patience: what goes wrong is seen at once. */
export function webClient(slack: LocalSlack, token: string | undefined = BOT_TOKEN): WebClient {
  return new WebClient(token, {
    slackApiUrl: `${slack.baseUrl}/slack/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: silent,
  })
}

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
}

export interface WorkspaceWithApp {
  slack: LocalSlack
  client: WebClient
  close(): Promise<void>
}

/** A workspace and a real Bolt app that it delivers to. */
export async function startWorkspaceWithApp(
  listen: (app: App) => void,
  options: Partial<LocalSlackOptions> = {},
): Promise<WorkspaceWithApp> {
  const slack = await startWorkspace(options)
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, endpoints: '/slack/events', logger: silent })
  const app = new App({
    token: BOT_TOKEN,
    receiver,
    logger: silent,
    clientOptions: { slackApiUrl: `${slack.baseUrl}/slack/api/`, retryConfig: { retries: 0 } },
  })
  listen(app)
  const server = (await app.start(0)) as Server
  slack.requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
  return {
    slack,
    client: webClient(slack),
    async close() {
      server.closeAllConnections()
      await app.stop()
      await slack.close()
    },
  }
}
