import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { type BusinessClock, createBusinessClock } from '../business-clock.ts'
import { createActs, type PersonActs } from './acts.ts'
import { createChangeFeed } from './change-feed.ts'
import { createConversations, type StoredMessage } from './conversations.ts'
import { createDirectory, type DirectoryPerson, type PersonOptions } from './directory.ts'
import { createFaults, type Faults } from './faults.ts'
import { BodyTooLarge, sendJson } from './http-exchange.ts'
import { createMailServer, type MailServer } from './mail-server.ts'
import type { WorkspaceView } from './page-api.ts'
import { isFromThisMachine, type Page, servePage } from './page-endpoints.ts'
import { createSeen } from './seen.ts'
import { createSnapshotWriter, readSnapshot, type Snapshot } from './snapshot.ts'
import { createSockets, FORBIDDEN, type Sockets } from './socket-mode.ts'
import { Views } from './views.ts'
import { createResponseUrls } from './web-api/response-urls.ts'
import { createTriggers } from './web-api/triggers.ts'
import { type ApiCall, createWebApi, type WebApi } from './web-api/web-api.ts'
import type { World } from './world.ts'

export interface LocalSlackOptions {
  /**
   * Where this server is reached, for example `http://127.0.0.1:4000/workspace`: the Web API is at `…/slack/api/`, the
   * mail service at `…/mail`.
   */
  baseUrl: string
  /** The app's Request URL: all commands, interactions and events go there. */
  requestUrl: string
  signingSecret: string
  botToken: string
  /** Turns on Socket Mode: everything for the app goes over the sockets that it opens with this app-level token. */
  appToken?: string
  team: { id: string; name: string }
  botName: string
  people: readonly PersonOptions[]
  /** The slash commands the app declares, `/book-car` when absent. */
  commands?: readonly string[]
  /** Where conversations, Home tabs and mails outlive a restart. */
  snapshotFile?: string
  /** The clock of triggers, response URLs and message times, in milliseconds. Signatures always carry the real time. */
  now?: () => number
}

export interface LocalSlack extends PersonActs {
  /** Handles a request below `baseUrl`'s path; false when it is somebody else's (the page's own files, for example). */
  listener(req: IncomingMessage, res: ServerResponse): Promise<boolean>
  /** Answers a request to open a WebSocket: all are this Slack's, or its page's. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  /** The app's connections in Socket Mode. */
  readonly sockets: Sockets | null
  readonly baseUrl: string
  /** May be set once the app listens. */
  requestUrl: string
  people: readonly DirectoryPerson[]
  /** The person's conversation with the bot, oldest first. */
  messages(userId: string): readonly StoredMessage[]
  /** The person's open modals, undermost first. */
  modals(userId: string): readonly WorkspaceView[]
  home(userId: string): WorkspaceView | null
  /** What the app called, oldest first. */
  calls: readonly ApiCall[]
  /** Troubles of the Web API and the response URLs; those of the mail service are `mail.faults`. */
  faults: Faults
  mail: MailServer
  /** Motorpool's business time, for who starts it to hand over. */
  clock: BusinessClock
  close(): Promise<void>
}

interface WorldLife {
  now(): number
  changed(): void
  isClosed(): boolean
}

/**
 * A Slack with one team and one app, and a mail service beside it, in this process: it sends the app what Slack sends
 * and answers the calls of Slack's Web API, under Slack's rules.
 */
export function createLocalSlack(options: LocalSlackOptions): LocalSlack {
  const now = options.now ?? Date.now
  const stored = readSnapshot(options.snapshotFile)
  let version = 0
  let closed = false
  const feed = createChangeFeed(() => version)

  function changed(): void {
    version += 1
    writer.schedule()
    feed.tell()
  }

  const world = createWorld(options, stored, { now, changed, isClosed: () => closed })
  const mail = createMailServer(now, stored, changed)
  const seen = createSeen(stored.seen)
  const clock = createBusinessClock(now, stored.clockAhead)
  const writer = createSnapshotWriter(options.snapshotFile, () => ({
    messages: world.conversations.all(),
    homes: world.views.homes(),
    mails: mail.all(),
    keys: mail.keys(),
    seen: seen.all(),
    clockAhead: clock.ahead(),
  }))
  clock.onMoved(() => {
    changed()
    // At once: what is stored under the new time must not meet the old one after a crash.
    writer.flush()
  })
  const faults = createFaults()
  const api = createWebApi(world, faults)
  const acts = createActs(world)
  const page: Page = { world, acts, mail, seen, clock, version: () => version, changed }
  return {
    ...acts,
    ...readable(world),
    listener: (req, res) => answerRequest(page, api, req, res),
    upgrade: (req, socket, head) => {
      const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost')
      if (pathname === `${basePathOf(world)}/changes`) {
        if (isFromThisMachine(req)) feed.open(req, socket, head)
        else socket.end(FORBIDDEN)
      } else if (world.sockets && !faults.isDown()) world.sockets.open(searchParams.get('ticket'), req, socket, head)
      else socket.destroy()
    },
    sockets: world.sockets,
    get requestUrl() {
      return world.requestUrl
    },
    set requestUrl(url) {
      world.requestUrl = url
    },
    calls: api.calls,
    faults,
    mail,
    clock,
    async close() {
      closed = true
      world.sockets?.cut()
      feed.close()
      writer.flush()
    },
  }
}

function createWorld(options: LocalSlackOptions, stored: Snapshot, life: WorldLife): World {
  const { now, changed, isClosed } = life
  const bot = botIdentity(options.botName)
  return {
    baseUrl: options.baseUrl.replace(/\/$/, ''),
    requestUrl: options.requestUrl,
    signingSecret: options.signingSecret,
    botToken: options.botToken,
    appToken: options.appToken ?? null,
    sockets: options.appToken === undefined ? null : createSockets(bot.appId),
    team: options.team,
    bot,
    commands: options.commands ?? ['/book-car'],
    now,
    directory: createDirectory(options.team.id, options.people, changed),
    conversations: createConversations(now, stored.messages, changed),
    views: new Views(options.team.id, now, stored.homes, changed),
    triggers: createTriggers(now),
    responseUrls: createResponseUrls(now),
    isClosed,
  }
}

function readable(world: World): Pick<LocalSlack, 'baseUrl' | 'people' | 'messages' | 'modals' | 'home'> {
  return {
    baseUrl: world.baseUrl,
    people: world.directory.people,
    messages: (userId) => world.conversations.in(world.directory.byId(userId)?.channel ?? ''),
    modals: (userId) => world.views.stack(userId),
    home: (userId) => world.views.home(userId),
  }
}

/** Sends a request where it belongs; false when it belongs to nobody here. */
async function answerRequest(page: Page, api: WebApi, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const basePath = basePathOf(page.world)
  const url = new URL(req.url ?? '/', 'http://localhost')
  if (!url.pathname.startsWith(`${basePath}/`)) return false
  const path = url.pathname.slice(basePath.length)
  const method = /^\/slack\/api\/([\w.]+)$/.exec(path)?.[1]
  const secret = /^\/slack\/response\/([\w-]+)$/.exec(path)?.[1]
  try {
    if (method !== undefined) await api.callMethod(req, res, method, url.searchParams)
    else if (secret !== undefined && req.method === 'POST') await api.callResponseUrl(req, res, secret)
    else if (path === '/mail/emails' && req.method === 'POST') await page.mail.send(req, res)
    else return await servePage(page, req, res, path, url.searchParams)
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error
    sendJson(res, 413, { ok: false, error: 'request_too_large' }, { Connection: 'close' })
  }
  return true
}

function basePathOf({ baseUrl }: World): string {
  return new URL(baseUrl).pathname.replace(/\/$/, '')
}

function botIdentity(name: string): World['bot'] {
  const id = createHash('sha256').update(name).digest('hex').toUpperCase().slice(0, 9)
  return { name, userId: `U${id}B`, botId: `B${id}`, appId: `A${id}` }
}
