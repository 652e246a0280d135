import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LaunchPlayground, PlaygroundOptions } from '../../src/workspace/playground/launch-playground.ts'
import type { Answer } from '../../src/workspace/protocol/faults.ts'
import { readBody, sendJson } from '../../src/workspace/protocol/http-exchange.ts'
import { parseJson } from '../../src/workspace/protocol/json.ts'
import { type Chats, createChats } from './bot-connector/chats.ts'
import type { TeamsUser } from './bot-connector/people.ts'
import { TeamsPerson } from './bot-connector/teams-person.ts'

interface PlaygroundUser {
  id: string
  name: string
  email: string
  userPrincipleName: string
  aadObjectId: string
}

/** What is read here of a Playground's settings. */
interface PlaygroundSettings {
  tenantId: string
  bot: { id: string }
  currentUser: PlaygroundUser
  users: PlaygroundUser[]
  personalChat: { id: string }
}

export interface FakePlayground {
  options: PlaygroundOptions
  settings: PlaygroundSettings
  /** Who uses it. Their client signs nothing. */
  person: TeamsPerson
  /** What the bot sent it, by method and path. */
  calls: string[]
  isRunning(): boolean
  /** As when its process dies. */
  dies(): void
}

/** Clients as the Microsoft 365 Agents Playground is one: unsigned activities out, the Bot Connector's interface in, for anybody. */
export function createFakePlaygrounds(): { launch: LaunchPlayground; launched: FakePlayground[] } {
  const launched: FakePlayground[] = []
  const launch: LaunchPlayground = async (options) => {
    const settings = JSON.parse(options.settings) as PlaygroundSettings
    const user = userOf(settings)
    const chats = createChats([user])
    const calls: string[] = []
    const server = createServer((request, response) => void answer(chats, calls, request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const closed = new Promise<void>((resolve) => server.once('close', () => resolve()))
    const dies = () => {
      server.closeAllConnections()
      server.close()
    }
    const { messagesUrl, serviceUrl } = options
    const deliver = (activity: object) => send(messagesUrl, activity)
    launched.push({
      options,
      settings,
      person: new TeamsPerson(user, { serviceUrl, chats, deliver }),
      calls,
      isRunning: () => server.listening,
      dies,
    })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const stop = async () => {
      dies()
      await closed
    }
    return { url, connectorUrl: `${url}/_connector`, ended: closed, stop }
  }
  return { launch, launched }
}

function userOf({ tenantId, currentUser, personalChat }: PlaygroundSettings): TeamsUser {
  const { id: userId, aadObjectId, name, email, userPrincipleName: userPrincipalName } = currentUser
  const own = { timeZone: 'Europe/Berlin', conversationId: personalChat.id, userRole: 'user', hasApp: true } as const
  return { userId, aadObjectId, name, email, userPrincipalName, tenantId, ...own }
}

async function send(messagesUrl: string, activity: object) {
  const headers = { 'content-type': 'application/json', 'x-ms-agents-playground': 'true' }
  const response = await fetch(messagesUrl, { method: 'POST', headers, body: JSON.stringify(activity) })
  return { status: response.status, body: parseJson(await response.text()) }
}

async function answer(chats: Chats, calls: string[], request: IncomingMessage, response: ServerResponse) {
  const line = `${request.method} ${decodeURIComponent(request.url ?? '')}`
  calls.push(line)
  const { status, body } = answerTo(chats, line, parseJson(await readBody(request, 1024 * 1024)))
  sendJson(response, status, body)
}

function answerTo(chats: Chats, line: string, body: unknown): Answer {
  const [, method, conversation = '', what = '', id = ''] =
    /^(\w+) \/_connector\/v3\/conversations\/([^/]+)\/(activities|members)(?:\/(.+))?$/.exec(line) ?? []
  const call = `${method} ${what}`
  if (call === 'POST activities') return chats.post(conversation, body)
  if (call === 'PUT activities') return chats.update(conversation, id, body)
  if (call === 'GET members') return chats.member(conversation, id)
  return { status: 404, body: {} }
}
