import { generateKeyPairSync, randomBytes, randomUUID, sign as signWith } from 'node:crypto'
import type { Answer } from '../protocol/faults.ts'

const SCOPE = 'https://api.botframework.com/.default'
/** Seconds. */
const GOOD_FOR = 3600

/** A bot's registration with an authority that exists on this computer only. */
interface Registration {
  appId: string
  appPassword: string
  tenantId: string
  tokenIssuer: string
}

/** Takes Microsoft's place in signing in: vouches for what goes to the bot, and gives tokens for what comes from it. */
export interface LocalAuthority {
  registration: Registration
  /** The header `Bearer …` for an activity that names this service URL. */
  sign(serviceUrl: string): string
  /** Whether a header carries a token of ours. */
  accepts(authorization: string | undefined): boolean
  /** The keys that what goes to the bot is signed with. https://www.rfc-editor.org/rfc/rfc7517 */
  keys(): Answer
  /** Client credentials for a token. */
  grant(tenantId: string, form: URLSearchParams): Answer
}

/**
 * Key, secret and ids are new each time, and nobody else's.
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 */
export function createLocalAuthority(): LocalAuthority {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = randomUUID()
  const given = new Set<string>()
  const registration = {
    appId: randomUUID(),
    appPassword: randomBytes(24).toString('base64url'),
    tenantId: randomUUID(),
    tokenIssuer: 'https://authority.localhost',
  }
  const { appId, appPassword, tenantId: ownTenant, tokenIssuer } = registration

  return {
    registration,

    sign: (serviceurl) => {
      const now = Math.floor(Date.now() / 1000)
      const claims = { iss: tokenIssuer, aud: appId, serviceurl, nbf: now, exp: now + GOOD_FOR }
      const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid })}.${encode(claims)}`
      return `Bearer ${signed}.${signWith('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`
    },

    accepts: (authorization) => given.has(authorization?.replace(/^Bearer /, '') ?? ''),

    keys: () => ({
      status: 200,
      body: { keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', kid, endorsements: ['msteams'] }] },
    }),

    grant: (tenantId, form) => {
      if (tenantId !== ownTenant || form.get('client_id') !== appId) return refused(400, 'unauthorized_client')
      if (form.get('client_secret') !== appPassword) return refused(401, 'invalid_client')
      if (form.get('grant_type') !== 'client_credentials') return refused(400, 'unsupported_grant_type')
      if (form.get('scope') !== SCOPE) return refused(400, 'invalid_scope')
      const token = randomBytes(24).toString('base64url')
      given.add(token)
      return { status: 200, body: { token_type: 'Bearer', expires_in: GOOD_FOR, access_token: token } }
    },
  }
}

/** https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function refused(status: number, error: string): Answer {
  return { status, body: { error } }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
