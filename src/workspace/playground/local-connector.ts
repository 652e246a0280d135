import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer } from '../protocol/faults.ts'
import { readBody, sendJson } from '../protocol/http-exchange.ts'
import { createLocalAuthority, type LocalAuthority } from './authority.ts'

/** Milliseconds. */
const TIMEOUT = 15_000
const LARGEST_BODY = 1024 * 1024
const LOOPBACK = /^(localhost|127\.0\.0\.1)(:\d+)?$/

/** The way between one client and the bot. */
interface Line {
  /** Where the client sends activities to, unsigned. */
  messagesUrl: string
  /** What the client's activities must name as theirs: the bot answers there. */
  serviceUrl: string
  /** Where the client takes what the bot sends to it; null as long as it does not run. */
  clientUrl: string | null
  /** Sends an activity to the bot as the client does. @throws when the bot does not take it */
  send(activity: object): Promise<void>
}

/** Stands between clients that sign nothing and a bot that takes only what is signed. */
export interface LocalConnector {
  /** What the bot is to be told. */
  settings: LocalAuthority['registration'] & { openIdMetadataUrl: string; loginUrl: string }
  /** Where the bot takes activities; to be set before any is sent. */
  botUrl: string
  /** @param name what it is called in its addresses */
  open(name: string): Line
  close(): Promise<void>
}

/** Runs on a port of its own on loopback. */
export async function startLocalConnector(): Promise<LocalConnector> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const authority = createLocalAuthority()
  const lines = new Map<string, Line>()
  const connector: LocalConnector = {
    settings: { ...authority.registration, openIdMetadataUrl: `${base}/openid`, loginUrl: `${base}/login` },
    botUrl: '',
    open: (name) => {
      const line: Line = {
        messagesUrl: `${base}/${name}/api/messages`,
        serviceUrl: `${base}/${name}/`,
        clientUrl: null,
        send: async (activity) => {
          const { status } = await toBot(line, JSON.stringify(activity))
          if (status !== 200) throw new Error(`The bot answered ${status} to an activity of ${name}'s`)
        },
      }
      lines.set(name, line)
      return line
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }

  const toBot = (line: Line, activity: string) =>
    forward(connector.botUrl, 'POST', activity, { authorization: authority.sign(line.serviceUrl) })

  async function answer(request: IncomingMessage): Promise<Answer> {
    // A page of another site in the same browser may send requests here, too: clients and bot are no pages.
    if (request.headers.origin !== undefined || !LOOPBACK.test(request.headers.host ?? '')) return said(403)
    const { method = 'GET', url = '/' } = request
    const body = await readBody(request, LARGEST_BODY)
    if (`${method} ${url}` === 'GET /openid') return { status: 200, body: { jwks_uri: `${base}/keys` } }
    if (`${method} ${url}` === 'GET /keys') return authority.keys()
    const [, tenant] = /^\/login\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(url) ?? []
    if (tenant !== undefined && method === 'POST') return authority.grant(tenant, new URLSearchParams(body))
    const [, name = '', rest = ''] = /^\/([^/]+)(\/.+)$/.exec(url) ?? []
    const line = lines.get(name)
    if (line && rest === '/api/messages') return method === 'POST' ? toBot(line, body) : said(200)
    if (!line || !rest.startsWith('/v3/')) return said(404)
    if (!authority.accepts(request.headers.authorization)) return said(401)
    return line.clientUrl === null ? said(503) : forward(`${line.clientUrl}${rest}`, method, body)
  }

  server.on('request', (request, response) => void reply(response, answer(request)))
  return connector
}

async function reply(response: ServerResponse, given: Promise<Answer>): Promise<void> {
  const { status, body } = await given.catch((error: unknown) => ({
    status: 502,
    body: { error: { code: 'BadGateway', message: String(error) } },
  }))
  sendJson(response, status, body)
}

const said = (status: number): Answer => ({ status, body: {} })

async function forward(
  url: string,
  method: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== '' && { body }),
    signal: AbortSignal.timeout(TIMEOUT),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
}
