import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Delivered, DeliveryBody } from './delivered.ts'
import { isFields, parseJson } from './json.ts'

/** https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response */
const ANSWER_WITHIN_MS = 3000
/** The answer to a request for a WebSocket that nobody may open. */
export const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n'

/** The sockets over which the app takes what else would come as requests. https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface Sockets {
  /** The ticket of a URL that opens one connection, once. https://docs.slack.dev/reference/methods/apps.connections.open */
  issueTicket(): string
  /** Opens a connection where the ticket is good, else ends the request. */
  open(ticket: string | null, req: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Sends one envelope over a connection and waits at most 3 s until it is acknowledged. Never throws. */
  deliver(content: DeliveryBody, retry: { attempt: number; reason: string } | null): Promise<Delivered>
  /** Asks for new connections in place of those that are there, as Slack does every few hours. */
  renew(): void
  /** Whether the app has a connection. */
  isOpen(): boolean
  /** Cuts all connections. */
  cut(): void
}

export function createSockets(appId: string): Sockets {
  const server = new WebSocketServer({ noServer: true })
  const tickets = new Set<string>()
  const waiting = new Map<string, (answer: Delivered) => void>()

  function take(text: string): void {
    const message = parseJson(text)
    if (!isFields(message) || typeof message.envelope_id !== 'string') return
    const body = message.payload === undefined ? '' : JSON.stringify(message.payload)
    waiting.get(message.envelope_id)?.({ answered: true, body, json: true })
  }

  function greet(socket: WebSocket): void {
    socket.on('message', (data) => take(String(data)))
    const hello = { type: 'hello', num_connections: server.clients.size, connection_info: { app_id: appId } }
    socket.send(JSON.stringify(hello))
  }

  return {
    issueTicket() {
      const ticket = randomBytes(18).toString('base64url')
      tickets.add(ticket)
      return ticket
    },
    open(ticket, req, socket, head) {
      if (ticket !== null && tickets.delete(ticket)) server.handleUpgrade(req, socket, head, greet)
      else socket.end(FORBIDDEN)
    },
    async deliver(content, retry) {
      const connection = [...server.clients].findLast((client) => client.readyState === client.OPEN)
      if (!connection) return failed('dispatch_failed', 'connection_failed')
      const id = randomUUID()
      const answer = new Promise<Delivered>((resolve) => {
        waiting.set(id, resolve)
        setTimeout(() => resolve(failed('operation_timeout', 'timeout')), ANSWER_WITHIN_MS).unref()
        connection.once('close', () => resolve(failed('dispatch_failed', 'connection_failed')))
      })
      connection.send(JSON.stringify({ envelope_id: id, ...envelope(content, retry) }))
      return answer.finally(() => waiting.delete(id))
    },
    renew() {
      for (const client of server.clients)
        client.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
    },
    isOpen: () => [...server.clients].some((client) => client.readyState === client.OPEN),
    cut() {
      for (const client of server.clients) client.terminate()
    },
  }
}

function failed(error: 'operation_timeout' | 'dispatch_failed', retryReason: string): Delivered {
  return { answered: false, error, retryReason, mayRetry: true }
}

function envelope(content: DeliveryBody, retry: { attempt: number; reason: string } | null) {
  if ('json' in content) {
    const again = { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }
    return { type: 'events_api', accepts_response_payload: false, payload: content.json, ...again }
  }
  const { payload } = content.form
  return payload === undefined
    ? { type: 'slash_commands', accepts_response_payload: true, payload: content.form }
    : { type: 'interactive', accepts_response_payload: true, payload: parseJson(payload) }
}
