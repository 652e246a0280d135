import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, inspectConfig } from '../config.ts'
import type { Finding } from '../core/finding.ts'
import type { Channel } from '../core/notification/notice.ts'
import { checkCompany } from '../store/check-company.ts'
import { findMisfits } from '../store/check-consistency.ts'
import { checkDatabase } from '../store/check-database.ts'
import { checkTeamsAccounts } from '../store/check-teams-accounts.ts'
import { checkWaiting } from '../store/check-waiting.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { reachDatabase } from '../store/provide-database.ts'
import { resendDead } from '../store/resend-dead.ts'
import { checkMail } from '../surfaces/email/check-mail.ts'
import { type Caller, checkPublicUrl } from '../surfaces/http/check-public-url.ts'
import { checkSlack } from '../surfaces/slack/check-slack.ts'
import { SLACK_PATH } from '../surfaces/slack/path.ts'
import { checkTeams } from '../surfaces/teams/check-teams.ts'
import { TEAMS_PATH } from '../surfaces/teams/path.ts'
import { MISFIT_WORDS } from '../surfaces/view-models/misfit-words.ts'

const MOST_MISFITS = 10

const TEAMS: Caller = { name: 'Teams', path: TEAMS_PATH, wants: 'the Azure bot’s messaging endpoint is' }
const SLACK: Caller = {
  name: 'Slack',
  path: SLACK_PATH,
  wants: 'Slack’s Request URLs are',
  otherwise: 'use Socket Mode',
}

const { config, problems } = inspectConfig()
/** Has what was given up sent again; nothing else here changes anything. */
const RESEND = process.argv.includes('--resend')
const settings: Finding[] =
  problems.length > 0
    ? problems.map((text) => ({ level: 'problem', about: 'Settings', text }))
    : [{ level: 'ok', about: 'Settings', text: 'nothing is wrong or missing' }]
report(settings)
const findings = [
  ...settings,
  ...(await check('Database', () => databaseFindings(config))),
  ...(await check('Slack', () => slackFindings(config))),
  ...(await check('Teams', () => teamsFindings(config))),
  ...(await check('Address', () => addressFindings(config))),
  ...(await check('Mail', () => mailFindings(config))),
]
const count = (level: Finding['level'], noun: string) => {
  const many = findings.filter((finding) => finding.level === level).length
  return `${many === 0 ? 'no' : many} ${noun}${many === 1 ? '' : 's'}`
}
console.log(`\n${count('problem', 'problem')}, ${count('warning', 'warning')}`)
if (findings.some((finding) => finding.level === 'problem')) process.exitCode = 1

/** Runs one check and prints what it found; one that fails does not keep the others from running. */
async function check(about: string, run: () => Promise<Finding[]>): Promise<Finding[]> {
  const found = await run().catch((error: unknown): Finding[] => [
    { level: 'problem', about, text: error instanceof Error ? error.message : String(error) },
  ])
  report(found)
  return found
}

function report(found: Finding[]): void {
  for (const { level, about, text } of found) console.log(`${level.padEnd(8)} ${about}: ${text}`)
}

async function databaseFindings(config: Config): Promise<Finding[]> {
  const { production, databaseUrl, dataDirectory } = config
  const about = 'Database'
  if (!databaseUrl && production) return [{ level: 'problem', about, text: 'not checked: there is no DATABASE_URL' }]
  if (!databaseUrl && !(await stat(join(dataDirectory, 'postgres')).catch(() => null))) {
    return [{ level: 'warning', about, text: `there is none yet: npm start makes one under ${dataDirectory}` }]
  }
  const provided = await reachDatabase(databaseUrl, dataDirectory, 'npm run doctor')
  try {
    const found = await checkDatabase(provided.url)
    if (found.some(({ level }) => level === 'problem')) return found
    const database = openDatabase(provided.url, 4)
    try {
      return [
        ...found,
        ...(RESEND ? [await resent(database.sql)] : []),
        ...(await checkCompany(database.prisma)),
        await bookingsFinding(config, database.sql),
        ...(await accountFindings(config, database.prisma)),
        ...(await checkWaiting(database.sql, channelsOf(config))),
      ]
    } finally {
      await database.close()
    }
  } finally {
    await provided.close()
  }
}

async function resent(sql: Database['sql']): Promise<Finding> {
  const { resent, left } = await resendDead(sql, new Date())
  const rest =
    left === 0 ? '' : `; ${left} no longer matter${left === 1 ? 's' : ''} and stay${left === 1 ? 's' : ''} unsent`
  return { level: 'ok', about: 'Messages', text: `${resent} ${resent === 1 ? 'is' : 'are'} sent again${rest}` }
}

/** What the nightly check would tell the admins. */
async function bookingsFinding({ slack, teams, localWorkspace }: Config, sql: Database['sql']): Promise<Finding> {
  const about = 'Bookings'
  const found = await findMisfits(sql, new Date(), slack !== null || teams !== null || localWorkspace)
  if (found.length === 0) return { level: 'ok', about, text: 'they, their holds, approvals and notices fit together' }
  const named = found.slice(0, MOST_MISFITS).map(({ number, finding }) => `#${number}: ${MISFIT_WORDS[finding]}`)
  const more = found.length - named.length
  return { level: 'problem', about, text: named.join('; ') + (more > 0 ? `; and ${more} more` : '') }
}

async function accountFindings({ slack, teams }: Config, prisma: Database['prisma']): Promise<Finding[]> {
  return teams ? checkTeamsAccounts(prisma, { isSlackThere: slack !== null }) : []
}

/** The channels that carry messages with these settings. */
function channelsOf({ slack, teams, email, localWorkspace }: Config): Channel[] {
  const on: Record<Channel, boolean> = {
    slack: slack !== null || localWorkspace,
    teams: teams !== null,
    email: email !== null,
  }
  return (Object.keys(on) as Channel[]).filter((channel) => on[channel])
}

async function slackFindings({ slack, localWorkspace }: Config): Promise<Finding[]> {
  if (slack) return checkSlack(slack)
  return localWorkspace ? [{ level: 'ok', about: 'Slack', text: 'the local workspace stands in for it' }] : []
}

async function teamsFindings({ teams }: Config): Promise<Finding[]> {
  return teams ? checkTeams(teams) : []
}

/** Over a socket nothing has to be reached from outside. */
async function addressFindings({ slack, teams, publicUrl }: Config): Promise<Finding[]> {
  return checkPublicUrl(publicUrl, [slack?.signingSecret ? SLACK : [], teams ? TEAMS : []].flat())
}

async function mailFindings({ email }: Config): Promise<Finding[]> {
  if (email && 'apiKey' in email) return [await checkMail(email)]
  const text = email ? 'no mail leaves this computer' : 'no mail is sent'
  return [{ level: 'warning', about: 'Mail', text: `${text}: RESEND_API_KEY and EMAIL_FROM are not set` }]
}
