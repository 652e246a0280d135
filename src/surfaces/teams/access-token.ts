import { z } from 'zod'
import type { TeamsSettings } from './teams-settings.ts'

const LOGIN_URL = 'https://login.microsoftonline.com'
const SCOPE = 'https://api.botframework.com/.default'
const TIMEOUT = 10_000
/** A token that ends this soon is fetched anew, so that none ends on its way. Milliseconds. */
const SPARE = 5 * 60_000
/** Too slow, too many: these pass by themselves. */
const PASSING = new Set([408, 429])

/** The bot got no token for its calls to Teams. Told as a refused call is told. */
export class AccessTokenError extends Error {
  /** OAuth's word, for example `invalid_client`. https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
  readonly code: string
  /** 401 for whatever is wrong with the bot's registration: no call of anybody can be made. */
  readonly statusCode: number
  readonly response: { headers: { get(name: string): string | undefined } }

  constructor(code: string, { status, headers }: Response) {
    super(`No token for calls to Teams: ${code} (${status})`)
    this.name = 'AccessTokenError'
    this.code = code
    this.statusCode = status >= 400 && status < 500 && !PASSING.has(status) ? 401 : status
    this.response = { headers: { get: (name) => headers.get(name) ?? undefined } }
  }
}

/** The token that the bot's calls to Teams carry. */
export interface AccessTokens {
  /**
   * @throws AccessTokenError when it is refused
   * @throws another error when nobody answers
   */
  get(): Promise<string>
  /** That token was refused: the next one is fetched anew. */
  forget(token: string): void
}

interface Held {
  token: string
  goodUntil: number
}

/**
 * Client credentials, one token for many calls.
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#bot-to-connector
 */
export function createAccessTokens(settings: Registration, now: () => Date): AccessTokens {
  let held: Held | null = null
  let fetching: Promise<Held> | null = null

  async function fetchOnce(): Promise<string> {
    fetching ??= fetchToken(settings, now).finally(() => {
      fetching = null
    })
    held = await fetching
    return held.token
  }

  return {
    get: async () => (held && +now() < held.goodUntil ? held.token : fetchOnce()),
    forget: (token) => {
      if (held?.token === token) held = null
    },
  }
}

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })
const Refused = z.object({ error: z.string() })

type Registration = Pick<TeamsSettings, 'appId' | 'appPassword' | 'tenantId' | 'loginUrl'>

/** Where tokens for the bot's calls are had. */
export function tokenUrl({ tenantId, loginUrl }: Registration): string {
  return `${(loginUrl ?? LOGIN_URL).replace(/\/+$/, '')}/${tenantId}/oauth2/v2.0/token`
}

/** Asks for a token; gives whatever is answered. */
export function requestToken(registration: Registration): Promise<Response> {
  return fetch(tokenUrl(registration), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: registration.appId,
      client_secret: registration.appPassword,
      scope: SCOPE,
    }),
    signal: AbortSignal.timeout(TIMEOUT),
  })
}

async function fetchToken(registration: Registration, now: () => Date): Promise<Held> {
  const askedAt = +now()
  const response = await requestToken(registration)
  const answer: unknown = await response.json().catch(() => null)
  const granted = Granted.safeParse(answer)
  if (!response.ok || !granted.success) {
    throw new AccessTokenError(Refused.safeParse(answer).data?.error ?? 'no_token', response)
  }
  const life = granted.data.expires_in * 1000
  return { token: granted.data.access_token, goodUntil: askedAt + Math.max(life - SPARE, life / 2) }
}
