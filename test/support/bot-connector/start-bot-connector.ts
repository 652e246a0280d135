import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, createFaults, type Faults, underFaults } from '../../../src/workspace/protocol/faults.ts'
import { readBody, sendJson } from '../../../src/workspace/protocol/http-exchange.ts'
import { parseJson } from '../../../src/workspace/protocol/json.ts'
import { APP_ID, APP_PASSWORD, type Authority, createAuthority } from './authority.ts'
import { type Chats, createChats, refusal } from './chats.ts'
import { createPeople, TENANT_ID, type TeamsUser, type TeamsUserOptions } from './people.ts'
import { type Delivered, TeamsPerson } from './teams-person.ts'

/** A call of the bot's. */
interface BotCall {
  /** As {@link Faults} name it: an operation of the Bot Connector's interface, or `token`, `metadata`, `keys`. */
  name: string
  path: string
  authorization: string | undefined
  body: unknown
}

/** Microsoft Teams as a bot knows it: the Bot Connector, the authority that signs, and people with their clients. */
export interface BotConnector {
  serviceUrl: string
  openIdMetadataUrl: string
  issuer: string
  loginUrl: string
  appId: string
  appPassword: string
  tenantId: string
  /** Where the bot takes activities; to be set before anybody does anything. */
  messagingEndpoint: string
  people: TeamsUser[]
  authority: Authority
  chats: Chats
  faults: Faults
  calls: BotCall[]
  /** The person with this address, or whose address begins with this first name. */
  person(email: string): TeamsPerson
  /** Sends an activity to the bot, signed as it has to be unless a header is given; null: none. */
  deliver(activity: unknown, authorization?: string | null): Promise<Delivered>
  close(): Promise<void>
}

const ISSUER = 'https://api.botframework.example'
const LARGEST_BODY = 1024 * 1024

/** Runs on a port of its own on loopback. */
export async function startBotConnector(options: { people?: readonly TeamsUserOptions[] } = {}): Promise<BotConnector> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const serviceUrl = `${base}/emea/`
  const people = createPeople(options.people)
  const authority = createAuthority({ issuer: ISSUER, serviceUrl, tenantId: TENANT_ID, keysUrl: `${base}/keys` })
  const connector: BotConnector = {
    serviceUrl,
    openIdMetadataUrl: `${base}/openid`,
    issuer: ISSUER,
    loginUrl: `${base}/login`,
    appId: APP_ID,
    appPassword: APP_PASSWORD,
    tenantId: TENANT_ID,
    messagingEndpoint: '',
    people,
    authority,
    chats: createChats(people),
    faults: createFaults(),
    calls: [],
    person: (email) => {
      const user = people.find(
        (one) => one.email === email || one.name.toLowerCase().startsWith(`${email.toLowerCase()} `),
      )
      if (!user) throw new Error(`nobody in this tenant is ${email}`)
      return new TeamsPerson(user, connector)
    },
    deliver: (activity, authorization = authority.sign()) =>
      deliver(connector.messagingEndpoint, activity, authorization),
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  server.on('request', (request, response) => void answer(connector, request, response).catch(() => response.destroy()))
  return connector
}

async function deliver(endpoint: string, activity: unknown, authorization: string | null): Promise<Delivered> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== null && { authorization }) },
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  })
  return { status: response.status, body: parseJson(await response.text()) }
}

interface Operation {
  name: string
  act(): Answer
  /** Whether it wants the bot's token. */
  isOpen?: boolean
}

async function answer(connector: BotConnector, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = decodeURIComponent((request.url ?? '/').split('?', 1)[0] ?? '/')
  const text = await readBody(request, LARGEST_BODY)
  const { authorization } = request.headers
  const operation = operationOf(connector, `${request.method} ${path}`, text)
  if (!operation) return sendJson(response, 404, { message: 'No HTTP resource was found' })
  const { name, act, isOpen = false } = operation
  connector.calls.push({ name, path, authorization, body: parseJson(text) })
  const words = { rateLimited: refusal('Throttled').body, serverError: refusal('InternalServerError').body, refusal }
  const { answer: given } = await underFaults(connector.faults, name, words, () =>
    isOpen || connector.authority.accepts(authorization) ? act() : DENIED,
  )
  if (!given) return void response.destroy()
  sendJson(response, given.status, given.body, given.headers)
}

const DENIED: Answer = { status: 401, body: { message: 'Authorization has been denied for this request.' } }

/** https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference */
function operationOf({ authority, chats }: BotConnector, line: string, text: string): Operation | null {
  const body: unknown = parseJson(text)
  const at = (pattern: RegExp) => pattern.exec(line)?.slice(1)
  const tenant = at(/^POST \/login\/([^/]+)\/oauth2\/v2\.0\/token$/)
  if (tenant)
    return { name: 'token', isOpen: true, act: () => authority.token(tenant[0] ?? '', new URLSearchParams(text)) }
  if (line === 'GET /openid') return { name: 'metadata', isOpen: true, act: () => authority.metadata() }
  if (line === 'GET /keys') return { name: 'keys', isOpen: true, act: () => authority.keys() }
  if (line === 'POST /emea/v3/conversations') {
    return { name: 'CreateConversation', act: () => chats.createConversation(body) }
  }
  const [, conversation = '', rest = ''] = at(/^(\w+ )\/emea\/v3\/conversations\/([^/]+)\/(.+)$/) ?? []
  const call = `${line.split(' ', 1)[0]} ${rest}`
  const [, id = ''] = rest.split('/')
  if (call === 'POST activities') return { name: 'SendToConversation', act: () => chats.post(conversation, body) }
  if (/^POST activities\/[^/]+$/.test(call))
    return { name: 'ReplyToActivity', act: () => chats.post(conversation, body) }
  if (/^PUT activities\/[^/]+$/.test(call)) {
    return { name: 'UpdateActivity', act: () => chats.update(conversation, id, body) }
  }
  if (/^GET members\/[^/]+$/.test(call))
    return { name: 'GetConversationMember', act: () => chats.member(conversation, id) }
  if (call === 'GET pagedmembers') {
    return { name: 'GetConversationPagedMembers', act: () => chats.pagedMembers(conversation) }
  }
  return null
}
