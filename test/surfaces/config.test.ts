import { describe, expect, it } from 'vitest'
import { ConfigError, inspectConfig, readConfig, readDatabaseConfig } from '../../src/config.ts'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'

const DATABASE = { DATABASE_URL: 'postgresql://localhost/motorpool' }
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret' }
const MAIL = { RESEND_API_KEY: 're_1', EMAIL_FROM: 'Motorpool <cars@example.com>' }
const TEAMS = {
  MICROSOFT_APP_ID: 'a6d0c2b4-1111-4222-8333-444455556666',
  MICROSOFT_APP_PASSWORD: 'app secret',
  MICROSOFT_APP_TENANT_ID: 'b7e1d3c5-1111-4222-8333-444455556666',
}
const PRODUCTION = { NODE_ENV: 'production', ...DATABASE, ...SLACK }

function problemsOf(read: (environment: NodeJS.ProcessEnv) => unknown, environment: NodeJS.ProcessEnv): string[] {
  try {
    read(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}
/** The variables that the problems name, a line each. */
const named = (environment: NodeJS.ProcessEnv) =>
  problemsOf(readConfig, environment).map((problem) => problem.split(' ')[0])

describe('without any settings', () => {
  it('the local workspace runs on an embedded database', () => {
    expect(readConfig({})).toEqual({
      production: false,
      port: 3000,
      publicUrl: 'http://localhost:3000',
      logLevel: 'info',
      databaseUrl: null,
      databasePool: 20,
      dataDirectory: '.data',
      slack: null,
      teams: null,
      email: { from: 'Motorpool <motorpool@example.com>', mailbox: '.data/mailbox' },
      localWorkspace: true,
      companyTimeZone: 'UTC',
      deadlines: DEADLINES,
    })
  })

  it('a variable set to nothing is not set', () => {
    const names = [...Object.keys({ ...PRODUCTION, ...MAIL }), 'PORT', 'PUBLIC_URL', 'LOG_LEVEL', 'LOCAL_WORKSPACE']
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readConfig({}))
  })
})

it('every setting arrives', () => {
  const config = readConfig({
    ...PRODUCTION,
    ...MAIL,
    PORT: '8080',
    PUBLIC_URL: 'https://cars.example.com',
    LOG_LEVEL: 'warn',
    DATABASE_POOL: '40',
    SLACK_API_URL: 'http://127.0.0.1:1/api/',
    SLACK_TEAM_IDS: ' T1, T2 ,,',
    ...TEAMS,
    TEAMS_OPENID_METADATA_URL: 'http://127.0.0.1:3/openid',
    TEAMS_TOKEN_ISSUER: 'http://127.0.0.1:3',
    TEAMS_LOGIN_URL: 'http://127.0.0.1:3/login',
    RESEND_BASE_URL: 'http://127.0.0.1:2',
    COMPANY_TIME_ZONE: 'Europe/Berlin',
    ANSWER_WITHIN_HOURS: '48',
    ANSWER_AT_LEAST_MINUTES: '30',
    ANSWER_BEFORE_DEPARTURE_MINUTES: '240',
    REMIND_BEFORE_DUE_MINUTES: '90',
    DRAFTS_KEPT_DAYS: '14',
    KEEP_MESSAGES_DAYS: '30',
    WORKING_DAYS: 'sun-thu',
    WORKING_HOURS: '7-16:30',
  })
  expect(config).toEqual({
    production: true,
    port: 8080,
    publicUrl: 'https://cars.example.com',
    logLevel: 'warn',
    databaseUrl: DATABASE.DATABASE_URL,
    databasePool: 40,
    dataDirectory: '.data',
    slack: { botToken: 'xoxb-1', signingSecret: 'secret', apiUrl: 'http://127.0.0.1:1/api/', teamIds: ['T1', 'T2'] },
    teams: {
      appId: TEAMS.MICROSOFT_APP_ID,
      appPassword: 'app secret',
      tenantId: TEAMS.MICROSOFT_APP_TENANT_ID,
      openIdMetadataUrl: 'http://127.0.0.1:3/openid',
      tokenIssuer: 'http://127.0.0.1:3',
      loginUrl: 'http://127.0.0.1:3/login',
    },
    email: { apiKey: 're_1', from: 'Motorpool <cars@example.com>', baseUrl: 'http://127.0.0.1:2' },
    localWorkspace: false,
    companyTimeZone: 'Europe/Berlin',
    deadlines: {
      answerWithin: 2880,
      atLeast: 30,
      beforeDeparture: 240,
      remindBeforeDue: 90,
      draftsKeptDays: 14,
      messagesKeptDays: 30,
      workingDays: [1, 2, 3, 4, 7],
      workingHours: { from: 420, until: 990 },
    },
  })
})

it('without a mail service mails land in a mailbox on disk, but in production there is none', () => {
  expect(readConfig({}).email).toMatchObject({ mailbox: '.data/mailbox' })
  expect(readConfig(PRODUCTION).email).toBeNull()
})

it('the public URL follows the port, and has no slash at its end', () => {
  expect(readConfig({ PORT: '3001' }).publicUrl).toBe('http://localhost:3001')
  expect(readConfig({ PUBLIC_URL: 'https://cars.example.com/motorpool/' }).publicUrl).toBe(
    'https://cars.example.com/motorpool',
  )
})

describe('Socket Mode', () => {
  const SOCKET = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }

  it('takes the place of signed requests, and needs no secret', () => {
    const socket = { botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: undefined, teamIds: [] }
    expect(readConfig({ ...PRODUCTION, SLACK_SIGNING_SECRET: '', ...SOCKET }).slack).toEqual(socket)
    expect(readConfig({ ...PRODUCTION, ...SOCKET }).slack).toEqual(socket)
  })

  it('needs the bot token', () => {
    expect(named({ SLACK_APP_TOKEN: 'xapp-1' })).toEqual(['SLACK_BOT_TOKEN'])
    expect(named({ ...DATABASE, SLACK_APP_TOKEN: 'xapp-1' })).toEqual(['SLACK_BOT_TOKEN'])
    expect(named({ SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 'secret' })).toEqual(['SLACK_BOT_TOKEN'])
  })

  it('leaves no local workspace beside it', () => {
    expect(readConfig(SOCKET).localWorkspace).toBe(false)
    expect(named({ ...SOCKET, LOCAL_WORKSPACE: '1' })).toEqual(['LOCAL_WORKSPACE'])
  })
})

it.each([
  ['Slack alone', SLACK, [true, false]],
  ['Teams alone', TEAMS, [false, true]],
  ['both', { ...SLACK, ...TEAMS }, [true, true]],
])('%s is enough in production', (_case, platforms, expected) => {
  const { slack, teams } = readConfig({ NODE_ENV: 'production', ...DATABASE, ...platforms })
  expect([slack !== null, teams !== null]).toEqual(expected)
})

describe('a wrong variable is named', () => {
  it.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PUBLIC_URL', 'cars.example.com'],
    ['PUBLIC_URL', 'ftp://cars.example.com'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://localhost/motorpool'],
    ['DATABASE_POOL', '3'],
    ['DATABASE_POOL', '501'],
    ['DATABASE_POOL', 'many'],
    ['SLACK_API_URL', 'slack'],
    ['SLACK_APP_TOKEN', 'xoxb-2'],
    ['RESEND_BASE_URL', 'resend'],
    ['EMAIL_FROM', 'Motorpool'],
    ['COMPANY_TIME_ZONE', 'Berlin'],
    ['LOCAL_WORKSPACE', 'yes'],
    ['TEAMS_OPENID_METADATA_URL', 'login'],
    ['TEAMS_LOGIN_URL', 'login'],
    ['ANSWER_WITHIN_HOURS', '0'],
    ['ANSWER_WITHIN_HOURS', '721'],
    ['ANSWER_WITHIN_HOURS', 'a day'],
    ['ANSWER_AT_LEAST_MINUTES', '0'],
    ['ANSWER_AT_LEAST_MINUTES', '1441'],
    ['ANSWER_AT_LEAST_MINUTES', '1.5'],
    ['ANSWER_BEFORE_DEPARTURE_MINUTES', '-1'],
    ['ANSWER_BEFORE_DEPARTURE_MINUTES', '10081'],
    ['REMIND_BEFORE_DUE_MINUTES', '0'],
    ['REMIND_BEFORE_DUE_MINUTES', 'soon'],
    ['DRAFTS_KEPT_DAYS', '0'],
    ['DRAFTS_KEPT_DAYS', '366'],
    ['KEEP_MESSAGES_DAYS', '6'],
    ['KEEP_MESSAGES_DAYS', '3651'],
    ['WORKING_DAYS', 'weekdays'],
    ['WORKING_DAYS', 'mon,,tue'],
    ['WORKING_DAYS', 'mon-'],
    ['WORKING_HOURS', 'mornings'],
    ['WORKING_HOURS', '22:00-06:00'],
  ])('%s=%s', (name, value) => {
    expect(named({ ...SLACK, [name]: value })).toEqual([name])
  })

  it('all of them at once, the missing ones as well', () => {
    const names = named({ NODE_ENV: 'production', PORT: 'eighty', LOG_LEVEL: 'loud', RESEND_API_KEY: 're_1' })
    expect(names.toSorted()).toEqual(['DATABASE_URL', 'EMAIL_FROM', 'LOG_LEVEL', 'PORT', 'SLACK_BOT_TOKEN'])
  })

  it('no secret is repeated', () => {
    const environment = { SLACK_BOT_TOKEN: 'xoxb-1', RESEND_API_KEY: 're_1', DATABASE_URL: 'mysql://me:password@host' }
    expect(problemsOf(readConfig, environment).join()).not.toMatch(/xoxb-1|re_1|password/)
  })
})

describe('deadlines that contradict each other', () => {
  it.each([
    ['the least time is longer than all of it', { ANSWER_WITHIN_HOURS: '1', ANSWER_AT_LEAST_MINUTES: '61' }],
    ['the last reminder at half time', { ANSWER_WITHIN_HOURS: '2', REMIND_BEFORE_DUE_MINUTES: '60' }],
    ['the last reminder before half time of a day', { REMIND_BEFORE_DUE_MINUTES: '720' }],
  ])('are named: %s', (_case, environment) => {
    const name = Object.keys(environment).at(-1)
    expect(named(environment)).toEqual([name])
    const problems = problemsOf(readDatabaseConfig, environment)
    expect(problems).toEqual([expect.stringMatching(`^${name} .*ANSWER_WITHIN_HOURS \\(\\d+ minutes\\)`)])
    expect(inspectConfig(environment).problems).toEqual(problems)
  })

  it.each([
    ['as long as all of it', { ANSWER_WITHIN_HOURS: '1', ANSWER_AT_LEAST_MINUTES: '60' }],
    ['a minute after half time', { ANSWER_WITHIN_HOURS: '2', REMIND_BEFORE_DUE_MINUTES: '59' }],
    ['a short time to answer, and nothing said of reminders', { ANSWER_WITHIN_HOURS: '1' }],
  ])('and those that do not: %s', (_case, environment) => {
    expect(named(environment)).toEqual([])
  })
})

describe('a missing variable is named', () => {
  it.each([
    ['the secret beside the token', { SLACK_BOT_TOKEN: 'xoxb-1' }, ['SLACK_SIGNING_SECRET']],
    ['the token beside the secret', { SLACK_SIGNING_SECRET: 'secret' }, ['SLACK_BOT_TOKEN']],
    ['who mail comes from', { RESEND_API_KEY: 're_1' }, ['EMAIL_FROM']],
    ['the database in production', { NODE_ENV: 'production', ...SLACK }, ['DATABASE_URL']],
    ['a platform in production', { NODE_ENV: 'production', ...DATABASE }, ['SLACK_BOT_TOKEN']],
    ['the rest of Teams', { MICROSOFT_APP_ID: 'a' }, ['MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID']],
    ['the rest of Teams beside Slack', { ...SLACK, ...TEAMS, MICROSOFT_APP_ID: '' }, ['MICROSOFT_APP_ID']],
    ['both in production', { NODE_ENV: 'production' }, ['DATABASE_URL', 'SLACK_BOT_TOKEN']],
    ['a platform beside a database', DATABASE, ['SLACK_BOT_TOKEN']],
    ['a platform where the workspace is turned off', { LOCAL_WORKSPACE: '0' }, ['SLACK_BOT_TOKEN']],
  ])('%s', (_case, environment, names) => {
    expect(named(environment)).toEqual(names)
  })

  it('LOCAL_WORKSPACE is proposed where it would help, and not in production', () => {
    expect(problemsOf(readConfig, DATABASE).join()).toContain('LOCAL_WORKSPACE=1')
    expect(problemsOf(readConfig, { NODE_ENV: 'production', ...DATABASE }).join()).not.toContain('LOCAL_WORKSPACE')
  })
})

describe('the local workspace', () => {
  it.each([
    ['without any settings', {}, true],
    ['turned off, with Slack', { LOCAL_WORKSPACE: '0', ...SLACK }, false],
    ['beside a database, not by itself', { ...DATABASE, ...SLACK }, false],
    ['beside a database when asked for', { ...DATABASE, LOCAL_WORKSPACE: '1' }, true],
    ['beside Slack', SLACK, false],
    ['beside Teams', TEAMS, false],
    ['with mail set up', MAIL, true],
    ['in production', PRODUCTION, false],
  ])('%s: %s', (_case, environment, runs) => {
    expect(readConfig(environment).localWorkspace).toBe(runs)
  })

  it.each([
    ['in production', { ...PRODUCTION, LOCAL_WORKSPACE: '1' }],
    ['beside a chat token', { ...SLACK, LOCAL_WORKSPACE: '1' }],
    ['beside Teams', { ...TEAMS, LOCAL_WORKSPACE: '1' }],
  ])('never %s, even when asked for', (_case, environment) => {
    expect(named(environment)).toEqual(['LOCAL_WORKSPACE'])
  })
})

describe('readDatabaseConfig', () => {
  it('needs no platform', () => {
    expect(readDatabaseConfig({ NODE_ENV: 'production', ...DATABASE })).toEqual({
      production: true,
      databaseUrl: DATABASE.DATABASE_URL,
      databasePool: 20,
      dataDirectory: '.data',
      companyTimeZone: 'UTC',
      deadlines: DEADLINES,
    })
    expect(readDatabaseConfig({}).databaseUrl).toBeNull()
  })

  it('needs a database in production, and says what else is wrong', () => {
    const problems = problemsOf(readDatabaseConfig, { NODE_ENV: 'production', DATABASE_POOL: 'many' })
    expect(problems.map((problem) => problem.split(' ')[0]).toSorted()).toEqual(['DATABASE_POOL', 'DATABASE_URL'])
  })
})
