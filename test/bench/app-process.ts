import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import type { BotConnector } from '../support/bot-connector/start-bot-connector.ts'

export interface AppProcess {
  url: string
  pid: number
  /** Where it takes Slack's requests. */
  requestUrl: string
  /** Seconds from the start of the process until it was ready. */
  seconds: number
  /** Everything it has said so far. */
  output(): string
  /** Ends it, and throws where it did not end well. */
  stop(): Promise<void>
}

/** Starts `node` on a TypeScript file, and waits until it says where it is ready. */
export async function startApp(
  file: URL,
  environment: Record<string, string>,
  folder = process.cwd(),
): Promise<AppProcess> {
  const start = performance.now()
  const { PATH = '', HOME = '' } = process.env
  const tsx = { TSX_TSCONFIG_PATH: new URL('../../tsconfig.json', import.meta.url).pathname }
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file.pathname], {
    cwd: folder,
    env: { PATH, HOME, ...tsx, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  let said = ''
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const [, found] = /http:\/\/localhost:(\d+)/.exec(said) ?? []
      if (found) resolve(found)
    })
    void ended.then(() => reject(new Error(`it ended before it was ready:\n${said}`)))
  })
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    pid: child.pid ?? 0,
    requestUrl: `${url}/slack/events`,
    seconds: (performance.now() - start) / 1000,
    output: () => said,
    stop: async () => {
      child.kill('SIGTERM')
      const [code] = await ended
      if (code !== 0) throw new Error(`it ended with ${code}`)
    },
  }
}

/** The settings of a Motorpool whose Slack and mail are the local ones. */
export function appEnvironment(databaseUrl: string, slack: LocalSlack): Record<string, string> {
  return {
    ...withoutChat(databaseUrl, slack),
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: `${slack.baseUrl}/slack/api/`,
  }
}

/** The same for a company in Teams alone. */
export function teamsEnvironment(
  databaseUrl: string,
  mail: LocalSlack,
  connector: BotConnector,
): Record<string, string> {
  return {
    ...withoutChat(databaseUrl, mail),
    MICROSOFT_APP_ID: connector.appId,
    MICROSOFT_APP_PASSWORD: connector.appPassword,
    MICROSOFT_APP_TENANT_ID: connector.tenantId,
    TEAMS_OPENID_METADATA_URL: connector.openIdMetadataUrl,
    TEAMS_TOKEN_ISSUER: connector.issuer,
    TEAMS_LOGIN_URL: connector.loginUrl,
  }
}

function withoutChat(databaseUrl: string, { baseUrl }: LocalSlack): Record<string, string> {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    RESEND_API_KEY: 're_bench',
    RESEND_BASE_URL: `${baseUrl}/mail`,
    EMAIL_FROM: 'Motorpool <cars@example.com>',
    LOG_LEVEL: 'error',
  }
}

export const MAIN = new URL('../../src/main.ts', import.meta.url)
export const BOT_TOKEN = 'xoxb-bench'
export const SIGNING_SECRET = 'a signing secret for the bench'
