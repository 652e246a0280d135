import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, type Faults, type TroubleWords, underFaults } from '../faults.ts'
import { bearerToken, readBody, sendJson } from '../http-exchange.ts'
import { type Fields, isFields, parseJson } from '../json.ts'
import type { World } from '../world.ts'
import { API_METHODS, STRUCTURED_ARGUMENTS } from './api-methods.ts'
import { ApiRefusal } from './api-refusal.ts'
import { answerResponseUrl } from './respond.ts'

const BODY_LIMIT = 2_000_000
const CALLS_REMEMBERED = 10_000

/** One call that the app made. */
export interface ApiCall {
  /** A method of the Web API, or `response_url`. */
  method: string
  args: Fields
  /** Milliseconds since the epoch. */
  at: number
  /** `ok`, an error code, or the kind of fault that struck. */
  outcome: string
}

export interface WebApi {
  calls: readonly ApiCall[]
  /** Answers `/slack/api/<method>`. */
  callMethod(req: IncomingMessage, res: ServerResponse, method: string, query: URLSearchParams): Promise<void>
  /** Answers `/slack/response/<secret>`. */
  callResponseUrl(req: IncomingMessage, res: ServerResponse, secret: string): Promise<void>
}

const WORDS: TroubleWords = {
  rateLimited: { ok: false, error: 'ratelimited' },
  serverError: { ok: false, error: 'internal_error' },
  refusal: (code) => ({ status: 200, body: { ok: false, error: code } }),
}

/** The part of Slack that the app calls. https://docs.slack.dev/apis/web-api/ */
export function createWebApi(world: World, faults: Faults): WebApi {
  const calls: ApiCall[] = []

  async function answer(
    res: ServerResponse,
    call: { method: string; args: Fields },
    act: () => Answer & { body: unknown },
  ): Promise<void> {
    const entry: ApiCall = { ...call, at: world.now(), outcome: 'pending' }
    calls.push(entry)
    if (calls.length > CALLS_REMEMBERED) calls.shift()
    const { answer, struck } = await underFaults(faults, call.method, WORDS, act)
    const body = answer?.body
    const refused = isFields(body) && body.ok === false ? String(body.error) : undefined
    entry.outcome = struck && struck !== 'slow' ? struck : (refused ?? 'ok')
    if (answer) sendJson(res, answer.status, answer.body, answer.headers)
    else res.destroy()
  }

  return {
    calls,
    async callMethod(req, res, method, query) {
      const args = requestArguments(req, await readBody(req, BODY_LIMIT), query)
      const token = bearerToken(req) ?? args.token
      const { token: _, ...rest } = args
      await answer(res, { method, args: rest }, () => runMethod(world, method, token, rest))
    },
    async callResponseUrl(req, res, secret) {
      const body = parseJson(await readBody(req, BODY_LIMIT))
      const args = isFields(body) ? body : {}
      await answer(res, { method: 'response_url', args }, () => answerResponseUrl(world, secret, args))
    },
  }
}

function runMethod(world: World, method: string, token: unknown, args: Fields): Answer {
  try {
    const run = API_METHODS[method]
    if (!run) throw new ApiRefusal('unknown_method')
    if (method !== 'api.test') checkToken(world, method, token)
    return { status: 200, body: { ok: true, ...run(world, args) } }
  } catch (error) {
    if (error instanceof ApiRefusal) return { status: 200, body: refusalBody(error) }
    throw error
  }
}

/** Only a connection is opened with the app-level token. https://docs.slack.dev/authentication/tokens */
function checkToken(world: World, method: string, token: unknown): void {
  if (token === undefined || token === '') throw new ApiRefusal('not_authed')
  if (token !== world.botToken && token !== world.appToken) throw new ApiRefusal('invalid_auth')
  const needed = method === 'apps.connections.open' ? world.appToken : world.botToken
  if (token !== needed) throw new ApiRefusal('not_allowed_token_type')
}

/** https://docs.slack.dev/apis/web-api/#responses */
function refusalBody(refusal: ApiRefusal): Fields {
  if (refusal.problems.length === 0) return { ok: false, error: refusal.code }
  return {
    ok: false,
    error: refusal.code,
    ...(refusal.code === 'invalid_blocks' && { errors: refusal.problems }),
    response_metadata: { messages: refusal.problems.map((problem) => `[ERROR] ${problem}`) },
  }
}

/** Form or JSON body, and query. https://docs.slack.dev/apis/web-api/#post_bodies */
function requestArguments(req: IncomingMessage, body: string, query: URLSearchParams): Fields {
  if (req.headers['content-type']?.startsWith('application/json')) {
    const parsed = parseJson(body)
    return { ...Object.fromEntries(query), ...(isFields(parsed) ? parsed : {}) }
  }
  const args: Fields = { ...Object.fromEntries(query), ...Object.fromEntries(new URLSearchParams(body)) }
  for (const name of STRUCTURED_ARGUMENTS) {
    const text = args[name]
    if (typeof text === 'string' && text !== '') args[name] = parseJson(text) ?? text
  }
  return args
}
