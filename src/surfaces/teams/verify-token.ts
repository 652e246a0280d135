import { verify } from 'node:crypto'
import { z } from 'zod'
import type { SigningKeys } from './signing-keys.ts'

/** How far clocks may differ, in seconds, as Microsoft advises. */
const MOST_CLOCK_SKEW = 5 * 60

/** What a token must vouch for. */
interface Expected {
  issuer: string
  /** The bot's app id. */
  audience: string
  channelId: string
  /** The one the activity names: answers go there, with the bot's own token. */
  serviceUrl: string
}

type Claims = z.infer<typeof Claims>

/** The token does not vouch for what it came with. */
export class BadToken extends Error {
  constructor(what: string) {
    super(`The token is not valid: ${what}`)
    this.name = 'BadToken'
  }
}

/** No `crit`: extensions that must be understood are not. https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11 */
const Header = z.object({ alg: z.literal('RS256'), kid: z.string(), crit: z.undefined().optional() })
const Claims = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  serviceurl: z.string(),
})

/**
 * Checks a signed token as Microsoft asks for it; the cheap checks first, so that only what could be right costs a look for keys.
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot-step-4
 * @param authorization the whole header: `Bearer …`
 * @throws BadToken
 * @throws KeysUnknown when nobody tells the keys
 */
export async function verifyToken(
  authorization: string,
  expected: Expected,
  keys: SigningKeys,
  now: () => Date,
): Promise<Claims> {
  const { header, claims, signed, signature } = readToken(authorization)
  if (claims.iss !== expected.issuer) throw new BadToken('issuer')
  if (claims.aud !== expected.audience) throw new BadToken('audience')
  const seconds = +now() / 1000
  if (claims.exp + MOST_CLOCK_SKEW <= seconds) throw new BadToken('expired')
  if (claims.nbf !== undefined && claims.nbf - MOST_CLOCK_SKEW > seconds) throw new BadToken('not valid yet')
  if (claims.serviceurl !== expected.serviceUrl) throw new BadToken('service URL')

  const found = await keys.find(header.kid)
  if (!found) throw new BadToken('unknown key')
  if (found.endorsements.length > 0 && !found.endorsements.includes(expected.channelId)) {
    throw new BadToken('key of another channel')
  }
  if (!verify('RSA-SHA256', signed, found.key, signature)) throw new BadToken('signature')
  return claims
}

function readToken(authorization: string) {
  const [, header, claims, signature] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization) ?? []
  if (!header || !claims || !signature) throw new BadToken('no signed token')
  return {
    header: read(Header, header, 'header'),
    claims: read(Claims, claims, 'claims'),
    signed: Buffer.from(`${header}.${claims}`),
    signature: Buffer.from(signature, 'base64url'),
  }
}

function read<T>(shape: z.ZodType<T>, part: string, name: string): T {
  try {
    return shape.parse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')))
  } catch {
    throw new BadToken(name)
  }
}
