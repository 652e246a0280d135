import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { startApp } from './app.ts'
import type { Config } from './config.ts'
import { openDatabase } from './store/database.ts'
import { seedDemoCompany } from './store/demo-company.ts'
import { migrate } from './store/migrate.ts'
import { provideDatabase } from './store/provide-database.ts'
import { TEAMS_PATH } from './surfaces/teams/path.ts'
import { installation, type PlaygroundPerson, playgroundSettings } from './workspace/playground/chat.ts'
import type { LaunchPlayground, PlaygroundClient } from './workspace/playground/launch-playground.ts'
import { type LocalConnector, startLocalConnector } from './workspace/playground/local-connector.ts'

/** Whose clients are opened, in the order in which they act: an employee, her manager, and HR. */
const PERSONAS = ['anna', 'mara', 'hanna']
/** That of the first client; the others' follow it. */
const FIRST_PORT = 56150
const LOOPBACK = '127.0.0.1'

export interface Playground {
  /** Where the pages of employee, manager and HR are. */
  urls: string[]
  /** Settles when one of the clients has ended. */
  ended: Promise<void>
  stop(): Promise<void>
}

/**
 * A Motorpool with the demo company in Teams alone, and a client for each of employee, manager and HR, with nothing of Microsoft's
 * between them. All of it listens on loopback only.
 * @param signal ends the start at any moment, and whatever has started by then
 */
export async function startPlayground(
  base: Omit<Config, 'slack' | 'teams' | 'localWorkspace'>,
  launch: LaunchPlayground,
  signal: AbortSignal,
): Promise<Playground> {
  const closers: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    const database = await provideDatabase(base.databaseUrl, base.dataDirectory, 'npm run playground')
    closers.push(database.close)
    const people = await readDemoPeople(database.url)
    const connector = await startLocalConnector()
    closers.push(connector.close)
    const inTeams = { slack: null, teams: connector.settings, localWorkspace: false }
    const app = await startApp({ ...base, databaseUrl: database.url, ...inTeams }, { host: LOOPBACK })
    closers.push(app.stop)
    connector.botUrl = `${app.url.replace('localhost', LOOPBACK)}${TEAMS_PATH}`
    const clients: PlaygroundClient[] = []
    for (const [index, name] of PERSONAS.entries()) {
      signal.throwIfAborted()
      const options = { folder: join(base.dataDirectory, name), port: FIRST_PORT + index }
      const client = await openClient(name, people, connector, (rest) => launch({ ...options, ...rest }, signal))
      closers.push(client.stop)
      clients.push(client)
    }
    return { urls: clients.map(({ url }) => url), ended: Promise.race(clients.map(({ ended }) => ended)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function readDemoPeople(databaseUrl: string): Promise<PlaygroundPerson[]> {
  await migrate(databaseUrl)
  const database = openDatabase(databaseUrl, 2)
  try {
    await seedDemoCompany(database.prisma)
    return await database.prisma.person.findMany({ orderBy: { createdAt: 'asc' } })
  } finally {
    await database.close()
  }
}

/** A client forgets its chats when it ends, so each start is a new chat, in which Motorpool introduces itself. */
async function openClient(
  name: string,
  people: PlaygroundPerson[],
  connector: LocalConnector,
  launch: (options: { settings: string; messagesUrl: string; serviceUrl: string }) => Promise<PlaygroundClient>,
): Promise<PlaygroundClient> {
  const person = people.find(({ email }) => email.startsWith(`${name}.`))
  if (!person) throw new Error(`The demo company has no ${name} any more`)
  const line = connector.open(name)
  const { messagesUrl, serviceUrl } = line
  const { appId, tenantId } = connector.settings
  const chat = {
    person,
    others: people.filter((one) => one !== person),
    tenantId,
    botId: `28:${appId}`,
    serviceUrl,
    conversationId: `a:${name}-${randomBytes(6).toString('hex')}`,
  }
  const client = await launch({ settings: playgroundSettings(chat), messagesUrl, serviceUrl })
  try {
    line.clientUrl = client.connectorUrl
    await line.send(installation(chat))
    return client
  } catch (error) {
    await client.stop()
    throw error
  }
}
