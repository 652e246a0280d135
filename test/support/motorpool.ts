import { type Logger, pino } from 'pino'
import { type App, startApp } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import type { Database } from '../../src/store/database.ts'
import type { PersonOptions } from '../../src/workspace/protocol/directory.ts'
import { listenLocally } from '../../src/workspace/protocol/listen-locally.ts'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import type { BotConnector } from './bot-connector/start-bot-connector.ts'
import { takeDemoDatabase } from './database.ts'
import { type SlackPerson, slackPerson } from './slack-person.ts'

/** A whole Motorpool on a database that nobody else uses meanwhile, with the local Slack and mailbox as its Slack and mail service. */
export interface TestMotorpool {
  app: App
  slack: LocalSlack
  database: Database
  config: Config
  /** Somebody of the demo company, by first name: "anna", "mara" (her manager), "hanna" (HR), "aydin" (admin), "ben". */
  person(firstName: string): SlackPerson
  stop(): Promise<void>
}

export const STRANGER = 'sam.stranger@example.com'

export interface TestOptions {
  /** Business time; signatures, triggers and leases keep the real one. */
  now?: () => Date
  /** Where Motorpool reaches its database, when that is not straight at the server. */
  reach?: (databaseUrl: string) => string
  /** Changes the demo company before anything starts. */
  prepare?: (database: Database) => Promise<unknown>
  /** Slack users beside those of the demo company; one with the address of somebody there takes their place. */
  people?: readonly PersonOptions[]
  /** The company uses Microsoft Teams too. */
  teams?: BotConnector
  /** The company has no Slack. */
  withoutSlack?: boolean
  /** Everything from Slack comes over a socket. */
  socketMode?: boolean
  /** Where the log goes; nowhere, unless TEST_LOG names a level. */
  log?: Logger
  /** Sees Slack before Motorpool starts. */
  meet?: (slack: LocalSlack) => void
}

const APP_TOKEN = 'xapp-test'

export async function startMotorpool(options: TestOptions = {}): Promise<TestMotorpool> {
  const { url: databaseUrl, database, giveBack } = await takeDemoDatabase()
  await options.prepare?.(database)
  const slack = await startTestSlack(database, options.people, options.socketMode ? APP_TOKEN : undefined)
  options.meet?.(slack)
  const reached = options.reach?.(databaseUrl)
  const everything = testConfig(slack, reached ?? databaseUrl, options.socketMode ? APP_TOKEN : undefined)
  const config = {
    ...everything,
    ...(options.withoutSlack && { slack: null }),
    ...(options.teams && { teams: teamsConfig(options.teams) }),
  }
  const app = await startApp(config, {
    schedule: false,
    ...(reached === undefined && { database }),
    ...(options.now && { now: options.now }),
    log: options.log ?? pino({ level: process.env.TEST_LOG ?? 'silent' }),
  })
  const url = app.url.replace('localhost', '127.0.0.1')
  slack.requestUrl = `${url}/slack/events`
  if (options.teams) options.teams.messagingEndpoint = `${url}/api/messages`
  return {
    app,
    slack,
    database,
    config,
    person: (firstName) => {
      const found = slack.people.find((one) => one.email.startsWith(`${firstName.toLowerCase()}.`))
      if (!found) throw new Error(`nobody is called ${firstName}`)
      return slackPerson(slack, found.email)
    },
    stop: async () => {
      await app.stop()
      await slack.close()
      await giveBack()
    },
  }
}

/** The demo company's Slack, and a stranger in it whom the directory does not know. */
export async function startTestSlack(
  database: Database,
  others: readonly PersonOptions[] = [],
  appToken?: string,
): Promise<LocalSlack> {
  const replaced = others.map(({ email }) => email)
  const people = await database.prisma.person.findMany({
    where: { email: { notIn: replaced } },
    include: { site: true },
  })
  return listenLocally({
    signingSecret: 'a signing secret for tests',
    botToken: 'xoxb-test',
    ...(appToken !== undefined && { appToken }),
    team: { id: 'TTEST', name: 'Example Company' },
    botName: 'Motorpool',
    people: [
      ...people.map(({ name, email, site }) => ({ name, email, timeZone: site.timeZone })),
      { name: 'Sam Stranger', email: STRANGER, timeZone: 'Europe/Berlin' },
      ...others,
    ],
  })
}

function teamsConfig(connector: BotConnector): NonNullable<Config['teams']> {
  const { appId, appPassword, tenantId, openIdMetadataUrl, issuer, loginUrl } = connector
  return { appId, appPassword, tenantId, openIdMetadataUrl, tokenIssuer: issuer, loginUrl }
}

export function testConfig(slack: LocalSlack, databaseUrl: string, appToken?: string): Config {
  return {
    production: false,
    port: 0,
    publicUrl: 'http://localhost',
    logLevel: 'error',
    databaseUrl,
    databasePool: 4,
    dataDirectory: '.data',
    slack: {
      botToken: 'xoxb-test',
      ...(appToken === undefined ? { signingSecret: 'a signing secret for tests' } : { appToken }),
      apiUrl: `${slack.baseUrl}/slack/api/`,
      teamIds: [],
    },
    teams: null,
    email: { apiKey: 're_test', from: 'Motorpool <cars@example.com>', baseUrl: `${slack.baseUrl}/mail` },
    localWorkspace: false,
    companyTimeZone: 'Europe/Berlin',
    deadlines: DEADLINES,
  }
}
