import type { AddressInfo } from 'node:net'
import { type Logger, pino } from 'pino'
import { closeAll } from './close-all.ts'
import type { Config } from './config.ts'
import type { Drafts } from './core/booking/draft.ts'
import type { Channel } from './core/notification/notice.ts'
import { reportUndelivered } from './core/notification/report-undelivered.ts'
import type { Absences } from './core/people/absences.ts'
import type { Change, Deps } from './core/ports.ts'
import { absencesDue } from './jobs/absences-due.ts'
import { bookingsDue } from './jobs/bookings-due.ts'
import { directoryDue } from './jobs/directory-due.ts'
import { draftsDue } from './jobs/drafts-due.ts'
import { nightlyCheck } from './jobs/nightly-check.ts'
import { pastDue } from './jobs/past-due.ts'
import { createRelay } from './jobs/relay.ts'
import { createSchedule, type Schedule } from './jobs/schedule.ts'
import type { HowToSee } from './jobs/see-to-all.ts'
import { createAbsences } from './store/absences.ts'
import { createChoices } from './store/choices.ts'
import { type Database, openDatabase } from './store/database.ts'
import { seedDemoCompany } from './store/demo-company.ts'
import { createDirectory } from './store/directory.ts'
import { createDirectoryChanges } from './store/directory-changes.ts'
import { createDrafts } from './store/drafts.ts'
import { createDueBookings } from './store/due-bookings.ts'
import { bookingsById } from './store/find-bookings.ts'
import { createHandledActivities } from './store/handled-activities.ts'
import { createHomes } from './store/homes.ts'
import { createKnownMessages } from './store/known-messages.ts'
import { migrate } from './store/migrate.ts'
import { createMisfits } from './store/misfits.ts'
import { createOutbox } from './store/outbox.ts'
import { createOutboxSignal } from './store/outbox-signal.ts'
import { createOverview } from './store/overview.ts'
import { createPastMessages } from './store/past-messages.ts'
import { createPressedCards } from './store/pressed-cards.ts'
import { provideDatabase } from './store/provide-database.ts'
import { reportOnce } from './store/report-once.ts'
import { createStore } from './store/store.ts'
import { doneSurely, surely } from './store/surely.ts'
import { chatLinks } from './surfaces/email/chat-link.ts'
import { createHttpSurface, type HttpSurface } from './surfaces/http/http-server.ts'
import { SLACK_PATH } from './surfaces/slack/path.ts'
import { TEAMS_PATH } from './surfaces/teams/path.ts'
import { warnOfProblems } from './warn-of-problems.ts'

export interface App {
  /** Where it listens. */
  url: string
  /** Does what is due by now, as it does every minute by itself. */
  tick(): Promise<void>
  /** Finishes what is on its way, then ends everything that was started. */
  stop(): Promise<void>
}

/** The parts that tests set. */
export interface Overrides {
  now?: () => Date
  log?: Logger
  /** Migrated and open already, and left open at the end. */
  database?: Database
  /** The only address it listens on. */
  host?: string
  /** False: what is due is done by `tick` alone, and not when a minute happens to begin. */
  schedule?: boolean
}

/** Puts everything together, the one place that sees everything, and starts it: first what answers, last what acts. */
export async function startApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const log = overrides.log ?? pino({ level: config.logLevel })
  const closers: (() => unknown)[] = []
  const stop = () => closeAll(closers)
  try {
    const { surface, server, url, port } = await listen(config, overrides.host, log, closers)
    const database = overrides.database ?? (await openOwnDatabase(config, url, closers))
    const workspace = config.localWorkspace ? await openWorkspace(config, database, port) : null
    const now = overrides.now ?? workspace?.clock.now ?? realTime
    if (workspace) {
      closers.push(workspace.close)
      surface.fallback = workspace.listener
      server.on('upgrade', workspace.upgrade)
    }
    const around = { database, surface, log, now, closers, workspace }
    const schedule = await serve({ ...config, ...workspace?.settings }, around)
    if (overrides.schedule ?? true) schedule.start()
    void warnOfProblems(config, log)
    return { url, tick: schedule.run, stop }
  } catch (error) {
    await stop().catch((failed: unknown) => log.error({ err: failed }, 'Not everything could be closed'))
    throw error
  }
}

async function openOwnDatabase(
  { databaseUrl, dataDirectory, databasePool }: Config,
  url: string,
  closers: (() => unknown)[],
): Promise<Database> {
  const provided = await provideDatabase(databaseUrl, dataDirectory, url)
  closers.push(provided.close)
  await migrate(provided.url)
  const database = openDatabase(provided.url, databasePool)
  closers.push(database.close)
  return database
}

/** The local workspace listens on loopback alone; nothing in it is meant for anybody else. */
async function listen(
  { port: wanted, localWorkspace, slack, teams }: Config,
  host: string | undefined,
  log: Logger,
  closers: (() => unknown)[],
) {
  const paths = [localWorkspace || slack?.signingSecret ? SLACK_PATH : [], teams ? TEAMS_PATH : []].flat()
  const { surface, server } = createHttpSurface(log, paths)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, host ?? (localWorkspace ? '127.0.0.1' : undefined), resolve)
  })
  closers.push(async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 5000).unref()
    await closed
  })
  const { port } = server.address() as AddressInfo
  return { surface, server, port, url: `http://localhost:${port}` }
}

async function openWorkspace({ dataDirectory }: Config, database: Database, port: number) {
  const { startWorkspace } = await import('./workspace/start-workspace.ts')
  await seedDemoCompany(database.prisma)
  const people = await database.prisma.person.findMany({ include: { site: true }, orderBy: { createdAt: 'asc' } })
  return startWorkspace({
    port,
    requestPath: SLACK_PATH,
    snapshotFile: `${dataDirectory}/workspace.json`,
    people: people.map(({ name, email, role, department, timeZone, site }) => ({
      name,
      email,
      title: `${role === 'hr' ? 'HR' : role[0]?.toUpperCase() + role.slice(1)} · ${department} · ${site.name}`,
      timeZone: timeZone ?? site.timeZone,
    })),
  })
}

interface Serving {
  database: Database
  surface: HttpSurface
  log: Logger
  /** Business time. */
  now: () => Date
  closers: (() => unknown)[]
  /** Stands in for the chat. */
  workspace: Pick<Awaited<ReturnType<typeof openWorkspace>>, 'chatUrl' | 'clock'> | null
}

async function serve(
  config: Pick<Config, 'slack' | 'teams' | 'email' | 'deadlines' | 'companyTimeZone'>,
  { database, surface, log, now, closers, workspace }: Serving,
): Promise<Schedule> {
  const signal = createOutboxSignal(database.sql)
  const wake = (channels: readonly Channel[] = []) => {
    relay.wake(channels)
    signal.announce()
  }
  const store = createStore(database)
  const core: Deps = {
    store: {
      ...store,
      commit: async (change) => {
        const outcome = await store.commit(change)
        if (outcome.kind === 'committed') wake(channelsOf(change))
        return outcome
      },
    },
    now,
    deadlines: config.deadlines,
    channels: {
      chat: [...(config.slack ? (['slack'] as const) : []), ...(config.teams ? (['teams'] as const) : [])],
      email: config.email !== null,
    },
  }
  const known = createKnownMessages()
  const homes = doneSurely(createHomes(database.sql, () => wake()))
  const reads = {
    core,
    drafts: doneSurely(createDrafts(database.sql, homes)),
    absences: doneSurely(createAbsences(database.sql, homes)),
    directory: doneSurely(createDirectory(database)),
    choices: doneSurely(createChoices(database)),
    cards: doneSurely(createPressedCards(database.sql, () => wake(), known)),
    overview: doneSurely(createOverview(database, reportOnce(log))),
    activities: createHandledActivities(database.sql),
    log,
  }
  const slack = config.slack && (await loadSlack()).createSlackApp(config.slack, { ...reads, homes })
  const teams = config.teams && (await loadTeams()).createTeamsApp(config.teams, reads)
  const platforms = [slack ?? [], teams ?? []].flat()
  const chatOf = chatLinks({ slack: slack && (workspace?.chatUrl ?? slack.chatUrl), teams: teams?.chatUrl })
  const email = config.email && (await loadEmail()).createEmailApp(config.email, chatOf, realTime)
  const isAnswering = () => platforms.some((platform) => platform.isAnswering())
  const relay = createRelay({
    outbox: createOutbox(database.sql, known),
    findBookings: (ids) => surely(() => bookingsById(database.sql, ids)),
    reportUndelivered: (undelivered) => reportUndelivered(core, undelivered),
    senders: [...platforms, email ?? []].flat().map(({ sender }) => sender),
    drawers: platforms.map(({ sender }) => sender),
    isAnswering,
    now,
    log,
  })
  const schedule = scheduleOf({ ...reads, isAnswering }, database.sql, config.companyTimeZone)
  workspace?.clock.onMoved(() => void schedule.run())
  workspace?.clock.onMoved(() => relay.wake())
  await signal.listen(() => relay.wake())
  relay.start()
  closers.push(relay.stop)
  closers.push(schedule.stop)
  closers.push(...platforms.map(({ drain }) => drain))
  if (slack?.listener) surface.routes.push({ path: SLACK_PATH, handle: slack.listener })
  if (teams) surface.routes.push({ path: teams.path, handle: teams.listener })
  slack?.socket?.start()
  surface.readiness = async () => ({
    database: await database.isReachable(),
    relay: relay.isHealthy(),
    ...(slack?.socket && { slack: slack.socket.isConnected() }),
  })
  closers.push(() => {
    surface.readiness = null
  })
  return schedule
}

/** What time brings about. Who answers for whom is settled before anybody is asked, and what is late before it is found to be. */
function scheduleOf(
  { core, absences, drafts, ...how }: { core: Deps; absences: Absences; drafts: Drafts } & HowToSee,
  sql: Database['sql'],
  companyTimeZone: string,
): Schedule {
  const { log } = how
  return createSchedule({
    jobs: [
      absencesDue({ ...core, absences }, how),
      directoryDue(core, createDirectoryChanges(sql), how),
      bookingsDue(core, createDueBookings(sql), how),
      draftsDue({ ...core, drafts }),
      pastDue(core, { messages: createPastMessages(sql), activities: createHandledActivities(sql) }, how.isAnswering),
      nightlyCheck({ ...core, misfits: createMisfits(sql, core.channels.chat.length > 0) }, companyTimeZone, log),
    ],
    now: core.now,
    log,
  })
}

/** The channels on which a change sends messages. */
function channelsOf({ notices }: Change): Channel[] {
  return notices.flatMap(({ deliveries }) => deliveries.map(({ channel }) => channel))
}

function realTime(): Date {
  return new Date()
}

/** Each where it is on, and once nothing stands in the way: what a platform brings along takes most of the start. */
const loadSlack = () => import('./surfaces/slack/slack-app.ts')
const loadTeams = () => import('./surfaces/teams/teams-app.ts')
const loadEmail = () => import('./surfaces/email/email-app.ts')
