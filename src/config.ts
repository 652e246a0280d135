import { z } from 'zod'
import type { Deadlines } from './core/approval/deadlines.ts'
import {
  ConfigError,
  contradictions,
  databaseContradictions,
  Environment,
  readEnvironment,
  statedIn,
  wantsLocalWorkspace,
} from './environment.ts'

export { ConfigError }

/** What the environment says, checked and named. Everything else in Motorpool gets its settings from here. */
export interface Config {
  production: boolean
  port: number
  /** Where the outside reaches it; no slash at its end. */
  publicUrl: string
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'
  /** Null: an embedded PostgreSQL under `dataDirectory`. */
  databaseUrl: string | null
  databasePool: number
  dataDirectory: string
  /** Slack's requests are signed with the secret; with an app token a socket to Slack carries them (Socket Mode). */
  slack:
    | ({ botToken: string; apiUrl: string | undefined; teamIds: string[] } & (
        | { signingSecret: string; appToken?: undefined }
        | { appToken: string; signingSecret?: undefined }
      ))
    | null
  /** One Teams app for one tenant. The three addresses lead elsewhere than to Microsoft's public cloud; undefined: there. */
  teams: {
    appId: string
    appPassword: string
    tenantId: string
    openIdMetadataUrl: string | undefined
    tokenIssuer: string | undefined
    loginUrl: string | undefined
  } | null
  /** Mail through Resend, or a mailbox on disk; null in production without a mail service: no mail is sent. */
  email: ({ from: string } & ({ apiKey: string; baseUrl: string | undefined } | { mailbox: string })) | null
  /** Serve the local workspace: a small Slack and a mailbox, for trying Motorpool without any account. */
  localWorkspace: boolean
  /** For people and sites that state none. */
  companyTimeZone: string
  deadlines: Deadlines
}

const DATA_DIRECTORY = '.data'

/** What the commands need that only touch the database. */
export type DatabaseConfig = Pick<
  Config,
  'production' | 'databaseUrl' | 'databasePool' | 'dataDirectory' | 'companyTimeZone' | 'deadlines'
>

/** @throws ConfigError naming every variable that is wrong or missing */
export function readDatabaseConfig(environment: NodeJS.ProcessEnv = process.env): DatabaseConfig {
  return databaseConfig(readEnvironment(environment, databaseContradictions))
}

/** @throws ConfigError naming every variable that is wrong or missing */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return toConfig(readEnvironment(environment, contradictions))
}

/** All that is wrong with the settings, and the settings as far as they can be made out: a wrong variable counts as not set. */
export function inspectConfig(environment: NodeJS.ProcessEnv = process.env): { config: Config; problems: string[] } {
  const stated = statedIn(environment)
  const wrong = Environment.safeParse(stated).error?.issues.map((issue) => issue.path.join('.')) ?? []
  const rest = Object.entries(stated).filter(([name]) => !wrong.includes(name))
  const config = toConfig(Environment.parse(Object.fromEntries(rest)))
  try {
    readConfig(environment)
    return { config, problems: [] }
  } catch (error) {
    if (error instanceof ConfigError) return { config, problems: error.problems }
    throw error
  }
}

function toConfig(env: Environment): Config {
  return {
    ...databaseConfig(env),
    port: env.PORT,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') ?? `http://localhost:${env.PORT}`,
    logLevel: env.LOG_LEVEL,
    slack: slackConfig(env),
    teams: teamsConfig(env),
    email: emailConfig(env),
    localWorkspace: wantsLocalWorkspace(env),
  }
}

function slackConfig(env: Environment): Config['slack'] {
  const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken } = env
  if (!botToken) return null
  const slack = { botToken, apiUrl: env.SLACK_API_URL, teamIds: teamIds(env) }
  if (appToken) return { ...slack, appToken }
  return signingSecret ? { ...slack, signingSecret } : null
}

function teamsConfig(env: Environment): Config['teams'] {
  const { MICROSOFT_APP_ID: appId, MICROSOFT_APP_PASSWORD: appPassword, MICROSOFT_APP_TENANT_ID: tenantId } = env
  if (!appId || !appPassword || !tenantId) return null
  return {
    appId,
    appPassword,
    tenantId,
    openIdMetadataUrl: env.TEAMS_OPENID_METADATA_URL,
    tokenIssuer: env.TEAMS_TOKEN_ISSUER,
    loginUrl: env.TEAMS_LOGIN_URL,
  }
}

/** In production, a mailbox on a server that nobody looks into would only hide that no mail is sent. */
function emailConfig(env: Environment): Config['email'] {
  const { RESEND_API_KEY: apiKey, EMAIL_FROM: from, RESEND_BASE_URL: baseUrl } = env
  if (apiKey && from) return { apiKey, from, baseUrl }
  if (env.NODE_ENV === 'production') return null
  return { from: from ?? 'Motorpool <motorpool@example.com>', mailbox: `${DATA_DIRECTORY}/mailbox` }
}

function databaseConfig(env: Environment): DatabaseConfig {
  return {
    production: env.NODE_ENV === 'production',
    databaseUrl: env.DATABASE_URL ?? null,
    databasePool: env.DATABASE_POOL,
    dataDirectory: DATA_DIRECTORY,
    companyTimeZone: env.COMPANY_TIME_ZONE,
    deadlines: {
      answerWithin: env.ANSWER_WITHIN_HOURS * 60,
      atLeast: env.ANSWER_AT_LEAST_MINUTES,
      beforeDeparture: env.ANSWER_BEFORE_DEPARTURE_MINUTES,
      remindBeforeDue: env.REMIND_BEFORE_DUE_MINUTES,
      draftsKeptDays: env.DRAFTS_KEPT_DAYS,
      messagesKeptDays: env.KEEP_MESSAGES_DAYS,
      workingDays: env.WORKING_DAYS,
      workingHours: env.WORKING_HOURS,
    },
  }
}

function teamIds(env: Environment): string[] {
  return (env.SLACK_TEAM_IDS ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
}

/** What the package that Teams installs is filled in with. */
export interface TeamsAppConfig {
  appId: string
  /** Begins with `https://`; no slash at its end. */
  publicUrl: string
}

const TeamsAppEnvironment = z.object({
  MICROSOFT_APP_ID: z.guid('must be the Application (client) ID, such as 00000000-0000-0000-0000-000000000000'),
  PUBLIC_URL: z.url({ protocol: /^https$/, error: 'must be a URL that begins with https://' }),
})

/** @throws ConfigError naming every variable that is wrong or missing */
export function readTeamsAppConfig(environment: NodeJS.ProcessEnv = process.env): TeamsAppConfig {
  const stated = statedIn(environment)
  const { data, error } = TeamsAppEnvironment.safeParse(stated)
  if (!data) {
    const issues = error.issues.map(({ path, message }) => ({ name: path.join('.'), message }))
    throw new ConfigError(
      issues.map(({ name, message }) => `${name} ${name in stated ? '' : 'is missing: it '}${message}`),
    )
  }
  return { appId: data.MICROSOFT_APP_ID, publicUrl: data.PUBLIC_URL.replace(/\/+$/, '') }
}
