import { z } from 'zod'
import { DEADLINES } from './core/approval/deadlines.ts'
import { isTimeZone } from './core/people/time-zone.ts'
import { readWorkingDays } from './core/people/working-days.ts'
import { readWorkingHours } from './core/people/working-hours.ts'

/** Settings that cannot be right; `problems` name the variable and what to do, a line each. */
export class ConfigError extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const url = z.url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' })
const whole = (least: number, most: number) =>
  z.coerce
    .number({ error: 'must be a whole number' })
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)

const workingDays = z.string().transform((text, context) => {
  const days = readWorkingDays(text)
  if (days) return days
  context.addIssue('must be days such as mon,tue,wed,thu,fri, or ranges such as sun-thu')
  return z.NEVER
})

const workingHours = z.string().transform((text, context) => {
  const hours = readWorkingHours(text)
  if (hours) return hours
  context.addIssue('must be hours of one day such as 08:00-18:00 (00:00-24:00 is around the clock)')
  return z.NEVER
})

/** Each variable by itself. */
export const Environment = z.object({
  NODE_ENV: z.string().optional(),
  PORT: whole(0, 65535).default(3000),
  PUBLIC_URL: url.optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
      error: 'must be one of fatal, error, warn, info, debug, trace',
    })
    .default('info'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
    .optional(),
  DATABASE_POOL: whole(4, 500).default(20),
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must be an app-level token, which begins with xapp-').optional(),
  SLACK_API_URL: url.optional(),
  SLACK_TEAM_IDS: z.string().optional(),
  MICROSOFT_APP_ID: z.string().optional(),
  MICROSOFT_APP_PASSWORD: z.string().optional(),
  MICROSOFT_APP_TENANT_ID: z.string().optional(),
  TEAMS_OPENID_METADATA_URL: url.optional(),
  TEAMS_TOKEN_ISSUER: z.string().optional(),
  TEAMS_LOGIN_URL: url.optional(),
  RESEND_API_KEY: z.string().optional(),
  RESEND_BASE_URL: url.optional(),
  EMAIL_FROM: z.string().includes('@', { error: 'must be an address such as Motorpool <cars@example.com>' }).optional(),
  COMPANY_TIME_ZONE: z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin').default('UTC'),
  ANSWER_WITHIN_HOURS: whole(1, 720).default(DEADLINES.answerWithin / 60),
  ANSWER_AT_LEAST_MINUTES: whole(1, 1440).default(DEADLINES.atLeast),
  ANSWER_BEFORE_DEPARTURE_MINUTES: whole(0, 10_080).default(DEADLINES.beforeDeparture),
  REMIND_BEFORE_DUE_MINUTES: whole(1, 10_080).default(DEADLINES.remindBeforeDue),
  DRAFTS_KEPT_DAYS: whole(1, 365).default(DEADLINES.draftsKeptDays),
  KEEP_MESSAGES_DAYS: whole(7, 3650).default(DEADLINES.messagesKeptDays),
  WORKING_DAYS: workingDays.default(DEADLINES.workingDays),
  WORKING_HOURS: workingHours.default(DEADLINES.workingHours),
  LOCAL_WORKSPACE: z.enum(['0', '1'], { error: 'must be 1 or 0' }).optional(),
})
export type Environment = z.infer<typeof Environment>
/** As it was typed. */
export type Stated = Partial<Record<keyof Environment, string>>

/** A variable that is set to nothing counts as not set. */
export function statedIn(environment: NodeJS.ProcessEnv): Stated {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value))
}

/** `seenTogether` says what no variable shows by itself. */
export function readEnvironment(
  environment: NodeJS.ProcessEnv,
  seenTogether: (stated: Stated) => string[],
): Environment {
  const stated = statedIn(environment)
  const parsed = Environment.safeParse(stated)
  const wrong = parsed.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? []
  const problems = [...wrong, ...seenTogether(stated)]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  return parsed.data
}

/** What only shows when the variables that every command needs are seen together. */
export function databaseContradictions(env: Stated): string[] {
  return [...missingDatabase(env), ...impossibleDeadlines(env)]
}

/** A variable that is wrong by itself, or not set, contradicts nothing. */
function impossibleDeadlines(env: Stated): string[] {
  const { ANSWER_WITHIN_HOURS, ANSWER_AT_LEAST_MINUTES, REMIND_BEFORE_DUE_MINUTES } = Environment.shape
  const within = (ANSWER_WITHIN_HOURS.safeParse(env.ANSWER_WITHIN_HOURS).data ?? Number.NaN) * 60
  const stated = (setting: typeof ANSWER_AT_LEAST_MINUTES, text: string | undefined) =>
    text === undefined ? Number.NaN : (setting.safeParse(text).data ?? Number.NaN)
  const problems = []
  if (stated(ANSWER_AT_LEAST_MINUTES, env.ANSWER_AT_LEAST_MINUTES) > within) {
    problems.push(`ANSWER_AT_LEAST_MINUTES must not be more than ANSWER_WITHIN_HOURS (${within} minutes)`)
  }
  if (stated(REMIND_BEFORE_DUE_MINUTES, env.REMIND_BEFORE_DUE_MINUTES) >= within / 2) {
    problems.push(
      `REMIND_BEFORE_DUE_MINUTES must be less than half of ANSWER_WITHIN_HOURS (${within / 2} minutes), when the first reminder is sent`,
    )
  }
  return problems
}

function missingDatabase(env: Stated): string[] {
  return env.NODE_ENV === 'production' && !env.DATABASE_URL
    ? ['DATABASE_URL is missing: production needs a PostgreSQL server of its own']
    : []
}

/** What only shows when the variables are seen together. */
export function contradictions(env: Stated): string[] {
  const production = env.NODE_ENV === 'production'
  const both = (one: keyof Stated, other: keyof Stated) =>
    env[one] && !env[other] ? [`${other} is missing: ${one} is set, and needs it`] : []
  const problems = [
    ...databaseContradictions(env),
    ...(env.SLACK_APP_TOKEN ? [] : both('SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET')),
    ...both(env.SLACK_APP_TOKEN ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN'),
    ...both('RESEND_API_KEY', 'EMAIL_FROM'),
    ...missingForTeams(env),
  ]
  const token = CHAT_TOKENS.find((name) => env[name])
  if (env.LOCAL_WORKSPACE === '1' && (production || token)) {
    problems.push(`LOCAL_WORKSPACE must not be 1 ${production ? 'in production' : `beside ${token}`}`)
  }
  if (![...CHAT_TOKENS, ...ALSO_OF_CHAT].some((name) => env[name]) && !wantsLocalWorkspace(env)) {
    const trying = production ? '' : ' (or LOCAL_WORKSPACE=1, to try Motorpool without an account)'
    problems.push(
      `SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are missing, and so are ${list.format(TEAMS)}: Motorpool needs Slack or Microsoft Teams${trying}`,
    )
  }
  return problems
}

const TEAMS = ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID'] as const
/** Where one of these is set, Motorpool speaks to people for real. */
const CHAT_TOKENS = ['SLACK_BOT_TOKEN', 'MICROSOFT_APP_ID'] as const
/** Where one of these is set, somebody meant to connect a platform, and hears what is missing for it. */
const ALSO_OF_CHAT = ['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', ...TEAMS] as const
const list = new Intl.ListFormat('en')

function missingForTeams(env: Stated): string[] {
  const set = TEAMS.filter((name) => env[name])
  if (set.length === 0) return []
  return TEAMS.filter((name) => !env[name]).map(
    (name) => `${name} is missing: ${list.format(set)} is set, and needs it`,
  )
}

/** Only where nothing real can be touched: with no chat token, and beside somebody's own database only when asked for. */
export function wantsLocalWorkspace(
  env: Pick<Stated, 'NODE_ENV' | 'LOCAL_WORKSPACE' | 'DATABASE_URL' | (typeof CHAT_TOKENS)[number]>,
): boolean {
  if (env.NODE_ENV === 'production' || env.LOCAL_WORKSPACE === '0') return false
  if (CHAT_TOKENS.some((name) => env[name])) return false
  return !env.DATABASE_URL || env.LOCAL_WORKSPACE === '1'
}
