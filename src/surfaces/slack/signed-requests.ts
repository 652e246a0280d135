import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { App, Receiver } from '@slack/bolt'
import { readPosted, type SlackBody, UnreadableBody } from './read-body.ts'

/** As Slack advises for the past, in seconds. https://docs.slack.dev/authentication/verifying-requests-from-slack */
const MOST_CLOCK_SKEW = 5 * 60

/** Slack sends some 300 kB at most. Bytes. */
const LARGEST_BODY = 1024 * 1024

/** Why a request is not taken: the status that says so. */
class Refusal extends Error {
  readonly status: number
  readonly headers: Record<string, string>

  constructor(status: number, headers: Record<string, string> = {}) {
    super(`refused with ${status}`)
    this.status = status
    this.headers = headers
  }
}

/**
 * Takes what Slack sends to our own address, signed. It logs nothing of a request that is not signed: anybody can send
 * those. Of a signed one that Slack would never send it logs one line, and answers 400.
 */
export function createSignedRequests(
  signingSecret: string,
  log: { warn(facts: object, message: string): void },
): { receiver: Receiver; listener(request: IncomingMessage, response: ServerResponse): Promise<void> } {
  let app: App | null = null

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readSigned(request, signingSecret)
    const body = readPosted(text, request.headers['content-type'])
    if (body.ssl_check !== undefined) return send(response, 200)
    if (body.type === 'url_verification') return send(response, 200, { challenge: body.challenge })
    await process(request.headers, body, response)
  }

  /** Bolt says in the log why it could not process something. */
  async function process(headers: IncomingHttpHeaders, body: SlackBody, response: ServerResponse): Promise<void> {
    const ack = async (answer?: unknown) => {
      if (answer instanceof Error) send(response, 500)
      else send(response, 200, answer || undefined)
    }
    const retryNum = Number(headers['x-slack-retry-num'])
    const retryReason = headers['x-slack-retry-reason']
    await app
      ?.processEvent({
        body,
        ack,
        ...(Number.isInteger(retryNum) && { retryNum }),
        ...(typeof retryReason === 'string' && { retryReason }),
      })
      .catch(() => send(response, 500))
  }

  return {
    receiver: {
      init: (given) => {
        app = given
      },
      start: async () => {},
      stop: async () => {},
    },
    listener: async (request, response) => {
      try {
        await take(request, response)
      } catch (error) {
        if (error instanceof Refusal) return send(response, error.status, undefined, error.headers)
        if (!(error instanceof UnreadableBody)) throw error
        log.warn({ where: error.where }, 'A request from Slack could not be read')
        send(response, 400)
      }
    },
  }
}

/**
 * Returns the body of a request that Slack has signed; what is refused by its headers alone is not read.
 * @throws Refusal
 */
async function readSigned(request: IncomingMessage, signingSecret: string): Promise<string> {
  if (request.method !== 'POST') throw new Refusal(405, { allow: 'POST' })
  const { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp } = request.headers
  if (typeof signature !== 'string' || !isTimely(timestamp)) throw new Refusal(401)
  const body = await readWhole(request)
  const signed = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex')
  if (!isSame(signature, `v0=${signed}`)) throw new Refusal(401)
  return body.toString('utf8')
}

/** Bolt would refuse old timestamps only, but a request signed for tomorrow could be kept and sent again until then. */
function isTimely(timestamp: string | string[] | undefined): boolean {
  return Math.abs(Number(timestamp) - Date.now() / 1000) <= MOST_CLOCK_SKEW
}

function isSame(given: string, right: string): boolean {
  return given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right))
}

async function readWhole(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = new Refusal(413, { connection: 'close' })
  if (Number(request.headers['content-length']) > LARGEST_BODY) throw tooLarge
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > LARGEST_BODY) break
      chunks.push(chunk)
    }
  } catch {
    throw new Refusal(400)
  }
  if (size > LARGEST_BODY) throw tooLarge
  return Buffer.concat(chunks)
}

/** Only the first answer counts. */
function send(response: ServerResponse, status: number, body?: unknown, headers: Record<string, string> = {}): void {
  if (response.headersSent) return
  if (body === undefined) response.writeHead(status, headers).end()
  else if (typeof body === 'string') response.writeHead(status, headers).end(body)
  else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
