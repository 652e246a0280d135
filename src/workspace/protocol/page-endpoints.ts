import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { BusinessClock } from '../business-clock.ts'
import type { PersonActs } from './acts.ts'
import { clockState, moveClock } from './clock-endpoint.ts'
import { receiveJson, sendJson } from './http-exchange.ts'
import type { MailServer } from './mail-server.ts'
import type { ActResult, WorkspacePersonState, WorkspaceState } from './page-api.ts'
import type { Seen } from './seen.ts'
import type { World } from './world.ts'

const BODY_LIMIT = 1_000_000
const FOR_ALL = ['state', 'clock']

const viewState = z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() })))
const ACTS = {
  say: z.object({ text: z.string() }),
  action: z.object({
    source: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('message'), channel: z.string(), ts: z.string() }),
      z.object({ kind: z.literal('view'), viewId: z.string() }),
    ]),
    blockId: z.string(),
    action: z.looseObject({ type: z.string(), action_id: z.string() }),
    state: viewState,
  }),
  submit: z.object({ viewId: z.string(), state: viewState }),
  close: z.object({ viewId: z.string(), clearAll: z.boolean() }),
  suggest: z.object({ viewId: z.string(), blockId: z.string(), actionId: z.string(), value: z.string() }),
  home: z.object({}),
}

export interface Page {
  world: World
  acts: PersonActs
  mail: MailServer
  seen: Seen
  clock: BusinessClock
  version(): number
  /** To be called when something was seen. */
  changed(): void
}

/**
 * Serves what the workspace's page asks for, as `page-api.ts` says.
 * @param path below the workspace's own, for example `/state`
 * @returns false when the path is none of the page's
 */
export async function servePage(
  page: Page,
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  query: URLSearchParams,
): Promise<boolean> {
  const [, first, userId, act] = path.split('/')
  const known = first === 'people' ? userId !== undefined : FOR_ALL.includes(first ?? '')
  if (!known) return false
  if (!isFromThisMachine(req)) sendJson(res, 403, { error: 'forbidden' })
  else if (req.method === 'POST' && act !== undefined) await serveAct(page, req, res, { userId: userId ?? '', act })
  else if (req.method === 'POST' && first === 'clock') await serveMove(page, req, res)
  else if (req.method !== 'GET') sendJson(res, 405, { error: 'method_not_allowed' })
  else if (first === 'state') sendJson(res, 200, workspaceState(page))
  else if (first === 'clock') sendJson(res, 200, clockState(page.clock))
  else servePerson(page, res, userId ?? '', query.get('tab'))
  return true
}

/**
 * Only a page from this very server may act: its Host is a loopback name (no DNS rebinding), and its Origin, when the
 * browser sends one, is the same.
 */
export function isFromThisMachine(req: IncomingMessage): boolean {
  const host = req.headers.host ?? ''
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)) return false
  const { origin } = req.headers
  return origin === undefined || origin === `http://${host}`
}

async function serveAct(
  page: Page,
  req: IncomingMessage,
  res: ServerResponse,
  { userId, act }: { userId: string; act: string },
): Promise<void> {
  if (!isAct(act) || !page.world.directory.byId(userId)) return sendJson(res, 404, { error: 'not_found' })
  const received = await receiveJson(req, res, BODY_LIMIT)
  if (!received) return
  const body = ACTS[act].safeParse(received.body)
  if (!body.success) return sendJson(res, 400, { error: z.prettifyError(body.error) })
  sendJson(res, 200, await perform(page.acts, userId, act, body.data))
}

async function serveMove({ clock }: Page, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const received = await receiveJson(req, res, BODY_LIMIT)
  if (!received) return
  const problem = moveClock(clock, received.body)
  if (problem) sendJson(res, 400, problem)
  else sendJson(res, 200, clockState(clock))
}

function isAct(act: string): act is keyof typeof ACTS {
  return Object.hasOwn(ACTS, act)
}

function perform(acts: PersonActs, userId: string, act: keyof typeof ACTS, body: unknown): Promise<ActResult> {
  switch (act) {
    case 'say':
      return acts.say(userId, ACTS.say.parse(body).text)
    case 'action':
      return acts.action(userId, ACTS.action.parse(body))
    case 'submit':
      return acts.submit(userId, ACTS.submit.parse(body))
    case 'close':
      return acts.closeModal(userId, ACTS.close.parse(body))
    case 'suggest':
      return acts.suggest(userId, ACTS.suggest.parse(body))
    case 'home':
      return acts.openHome(userId)
  }
}

function workspaceState(page: Page): WorkspaceState {
  const { world, mail, seen } = page
  const people = world.directory.people.filter((person) => world.directory.canBeWrittenTo(person))
  return {
    version: page.version(),
    teamName: world.team.name,
    botName: world.bot.name,
    people: people.map((person) => {
      const marks = seen.marks(person.userId)
      const messages = world.conversations.in(person.channel).filter((message) => message.from === 'bot')
      return {
        userId: person.userId,
        name: person.name,
        email: person.email,
        title: person.title,
        timeZone: person.timeZone,
        unread: messages.filter((message) => Number(message.ts) > marks.message).length,
        unreadMails: mail.to(person.email).length - marks.mails,
      }
    }),
    clock: clockState(page.clock),
  }
}

function servePerson(page: Page, res: ServerResponse, userId: string, tab: string | null): void {
  const { world, mail, seen } = page
  const person = world.directory.byId(userId)
  if (!person) {
    sendJson(res, 404, { error: 'not_found' })
    return
  }
  const messages = [...world.conversations.in(person.channel)]
  const mails = mail.to(person.email)
  const marks = seen.marks(userId)
  const read = {
    message: tab === 'messages' ? Number(messages.at(-1)?.ts ?? 0) : marks.message,
    mails: tab === 'mailbox' ? mails.length : marks.mails,
  }
  if (seen.mark(userId, read)) page.changed()
  const state: WorkspacePersonState = {
    version: page.version(),
    messages,
    modals: [...world.views.stack(userId)],
    home: world.views.home(userId),
    mails,
  }
  sendJson(res, 200, state)
}
