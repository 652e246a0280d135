import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign as signWith } from 'node:crypto'
import type { Answer } from '../../../src/workspace/protocol/faults.ts'

export const APP_ID = '5f9c1e0a-3b7d-4e21-8c46-0a1b2c3d4e5f'
export const APP_PASSWORD = 'an app password for tests'
const SCOPE = 'https://api.botframework.com/.default'

interface Key {
  kid: string
  publicKey: KeyObject
  privateKey: KeyObject
  endorsements: string[]
}

export interface SignOptions {
  algorithm?: 'RS256' | 'RS512' | 'HS256' | 'none'
  /** `stranger`: another key than the one it names. */
  key?: 'current' | 'stranger'
  kid?: string
  header?: object
}

/** What a token of the Bot Connector to the bot says, in seconds. */
export type TokenClaims = Record<string, unknown>

/** Microsoft's side of signing in: keys for what goes to the bot, tokens for what comes from it. */
export interface Authority {
  /** A header `Bearer …`, good for an hour; a claim that is undefined is left out. */
  sign(claims?: TokenClaims, options?: SignOptions): string
  /** What is signed from now on is signed with another key, and the one before is not told any more. */
  rotateKeys(endorsements?: string[]): void
  /** Tokens given so far are refused from now on. */
  revokeTokens(): void
  /** How many tokens were given, and for how long those to come are good, in seconds. */
  issued(): number
  lifetime: number
  accepts(authorization: string | undefined): boolean
  metadata(): Answer
  keys(): Answer
  token(tenantId: string, form: URLSearchParams): Answer
}

export function createAuthority(about: {
  issuer: string
  serviceUrl: string
  tenantId: string
  keysUrl: string
}): Authority {
  const stranger = newKey(2, [])
  let generation: 0 | 1 = 0
  let current = newKey(generation, ['msteams'])
  const given = new Set<string>()
  let issued = 0

  const authority: Authority = {
    lifetime: 3600,
    issued: () => issued,
    revokeTokens: () => given.clear(),
    rotateKeys: (endorsements = ['msteams']) => {
      generation = generation === 0 ? 1 : 0
      current = newKey(generation, endorsements)
    },
    accepts: (authorization) => given.has(authorization?.replace(/^Bearer /, '') ?? ''),

    sign: (claims = {}, { algorithm = 'RS256', key = 'current', kid = current.kid, header = {} } = {}) => {
      const now = Math.floor(Date.now() / 1000)
      const { issuer: iss, serviceUrl: serviceurl } = about
      const payload = { iss, aud: APP_ID, serviceurl, nbf: now - 10, exp: now + 3600, ...claims }
      const signed = `${encode({ alg: algorithm, typ: 'JWT', kid, ...header })}.${encode(payload)}`
      return `Bearer ${signed}.${signature(signed, algorithm, key === 'current' ? current : stranger)}`
    },

    metadata: () => ({
      status: 200,
      body: {
        issuer: about.issuer,
        jwks_uri: about.keysUrl,
        id_token_signing_alg_values_supported: ['RS256'],
      },
    }),

    keys: () => {
      const { kid, publicKey, endorsements } = current
      return {
        status: 200,
        body: { keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', kid, endorsements }] },
      }
    },

    token: (tenantId, form) => {
      if (tenantId !== about.tenantId) return refused(400, 'invalid_request')
      if (form.get('client_id') !== APP_ID) return refused(400, 'unauthorized_client')
      if (form.get('client_secret') !== APP_PASSWORD) return refused(401, 'invalid_client')
      if (form.get('grant_type') !== 'client_credentials') return refused(400, 'unsupported_grant_type')
      if (form.get('scope') !== SCOPE) return refused(400, 'invalid_scope')
      const access_token = `token-${randomUUID()}`
      given.add(access_token)
      issued += 1
      return { status: 200, body: { token_type: 'Bearer', expires_in: authority.lifetime, access_token } }
    },
  }
  return authority
}

function refused(status: number, error: string): Answer {
  return { status, body: { error, error_description: `AADSTS: ${error}` } }
}

/** Making a pair takes half a second, so they are made once, two to take turns and a stranger's; what is told of one changes. */
const PAIRS: { publicKey: KeyObject; privateKey: KeyObject }[] = []

function newKey(pair: 0 | 1 | 2, endorsements: string[]): Key {
  PAIRS[pair] ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { kid: randomUUID(), endorsements, ...PAIRS[pair] }
}

function signature(signed: string, algorithm: SignOptions['algorithm'], { privateKey, publicKey }: Key): string {
  if (algorithm === 'none') return ''
  if (algorithm === 'HS256') {
    const secret = publicKey.export({ type: 'spki', format: 'pem' })
    return createHmac('sha256', secret).update(signed).digest('base64url')
  }
  return signWith(algorithm === 'RS512' ? 'RSA-SHA512' : 'RSA-SHA256', Buffer.from(signed), privateKey).toString(
    'base64url',
  )
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
