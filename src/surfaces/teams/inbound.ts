import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder'
import { AuthenticationError } from 'botframework-connector'
import { z } from 'zod'
import type { TeamsAdapter } from './adapter.ts'
import { tenantOf } from './conversation.ts'
import type { TeamsSettings } from './teams-settings.ts'

/** Many times what Teams sends: a message has at most 100 kB. Bytes. */
const LARGEST_BODY = 256 * 1024

interface Log {
  error(facts: object, message: string): void
}

/** Why a request is not taken. */
class Refusal extends Error {
  readonly status: number
  readonly headers: Record<string, string>

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

/**
 * Takes what Teams sends to our own address, signed. Who cannot show that they are Teams gets 401, and nothing is logged of it;
 * another tenant gets 403. When `handle` throws, that is logged and answered 500.
 */
export function createInbound(
  { tenantId }: Pick<TeamsSettings, 'tenantId'>,
  adapter: Pick<TeamsAdapter, 'receive'>,
  handle: (context: TurnContext) => Promise<void>,
  log: Log,
): RequestListener {
  async function take(request: IncomingMessage): Promise<InvokeResponse | undefined> {
    if (request.method !== 'POST') throw new Refusal(405, 'only POST', { allow: 'POST' })
    const { authorization } = request.headers
    if (!authorization) throw new Refusal(401, 'no token')
    const activity = readActivity(await readBody(request))
    let isVerified = false
    try {
      return await adapter.receive(authorization, activity, async (context) => {
        isVerified = true
        if (tenantOf(activity)?.toLowerCase() !== tenantId.toLowerCase()) throw new Refusal(403, 'another tenant')
        await handle(context)
      })
    } catch (error) {
      if (!isVerified && error instanceof AuthenticationError) throw unverified(error, log)
      throw error
    }
  }

  return async (request, response) => {
    try {
      const { status, body } = (await take(request)) ?? { status: 200 }
      if (status === 501) log.error({}, 'An invoke from Teams was not answered by any handler')
      send(response, status, body)
    } catch (error) {
      if (error instanceof Refusal) return send(response, error.status, { error: error.message }, error.headers)
      log.error({ err: error }, 'What Teams sent could not be handled')
      send(response, 500, { error: 'internal' })
    }
  }
}

function unverified({ statusCode, message }: AuthenticationError, log: Log): Refusal {
  if (statusCode === 401) return new Refusal(401, 'not verified')
  log.error({ reason: message }, 'What Teams sent could not be verified')
  return new Refusal(503, 'cannot be verified now')
}

/** An id that can be kept: no control character and no half of a pair in it. */
const Id = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u)
const Text = z.string().nullish()
const Account = z.looseObject({ id: Id, name: Text, aadObjectId: Id.nullish() })

/** What is read by us and by the SDK; the rest is as Teams sends it. */
const Inbound = z.looseObject({
  type: z.string().min(1),
  id: Id.nullish(),
  name: Text,
  action: Text,
  text: Text,
  channelId: z.string(),
  serviceUrl: z.string().min(1),
  conversation: z.looseObject({ id: Id, conversationType: Text, tenantId: Id.nullish() }),
  from: Account,
  recipient: Account,
  membersAdded: z.array(Account).nullish(),
  localTimezone: Text,
  entities: z
    .array(
      z.looseObject({ type: Text, text: Text, mentioned: z.looseObject({ id: z.string().optional() }).optional() }),
    )
    .nullish(),
  channelData: z.looseObject({ tenant: z.looseObject({ id: Id.nullish() }).nullish() }).nullish(),
  /** The SDK would answer in another way than Teams waits for. */
  deliveryMode: z.enum(['normal', 'notification']).nullish(),
})

function readActivity(body: string): Activity {
  let read: unknown
  try {
    read = JSON.parse(body)
  } catch {
    throw new Refusal(400, 'not JSON')
  }
  if (!isActivity(read)) throw new Refusal(400, 'no activity')
  // Some clients name no message, or 0.
  if (!Id.safeParse(read.replyToId).success) delete read.replyToId
  return read
}

function isActivity(value: unknown): value is Activity {
  return Inbound.safeParse(value).success
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > LARGEST_BODY) break
      chunks.push(chunk)
    }
  } catch {
    throw new Refusal(400, 'cut off')
  }
  if (size > LARGEST_BODY) throw new Refusal(413, 'too large', { connection: 'close' })
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  if (body === undefined) response.writeHead(status, headers).end()
  else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
