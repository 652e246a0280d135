import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'

/** How far clocks may differ, in seconds, as Microsoft advises. */
const MOST_CLOCK_SKEW = 5 * 60

/** What a token must vouch for. */
interface Expected {
  issuer: string
  /** The bot's app id. */
  audience: string
  /** The one the activity names: answers go there, with the bot's own token. */
  serviceUrl: string
}

/** The token does not vouch for what it came with. */
export class BadToken extends Error {
  constructor(what: string) {
    super(`The token is not valid: ${what}`)
    this.name = 'BadToken'
  }
}

/**
 * Checks a signed token as Microsoft asks for it.
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot-step-4
 * @param authorization the whole header: `Bearer …`
 * @throws BadToken
 * @throws KeysUnknown when nobody tells the keys
 */
export async function verifyToken(
  authorization: string,
  { issuer, audience, serviceUrl }: Expected,
  keys: JWTVerifyGetKey,
  now: () => Date,
): Promise<JWTPayload> {
  const token = /^Bearer (\S+)$/.exec(authorization)?.[1] ?? ''
  try {
    // Only what could be right costs a look for keys; and jose lets in a token for several bots.
    const unverified = decodeJwt(token)
    if (unverified.iss !== issuer || unverified.aud !== audience) throw new BadToken('not for this bot')

    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer,
      audience,
      clockTolerance: MOST_CLOCK_SKEW,
      requiredClaims: ['exp', 'serviceurl'],
      currentDate: now(),
    })
    if (payload.serviceurl !== serviceUrl) throw new BadToken('service URL')
    return payload
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new BadToken(error.message)
    throw error
  }
}
