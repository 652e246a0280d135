import { createRemoteJWKSet, customFetch, type FetchImplementation, type RemoteJWKSet } from 'jose'
import { z } from 'zod'

export const TEAMS_CHANNEL = 'msteams'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Microsoft wants keys renewed within 24 hours; the last one is for what jose still holds. */
const USE_WITHOUT_NEWS = 23 * HOUR
const TIMEOUT = 5_000

/** Without keys nothing can be verified. */
export class KeysUnknown extends Error {
  constructor(cause: unknown) {
    super('The keys that sign what Teams sends could not be fetched', { cause })
    this.name = 'KeysUnknown'
  }
}

/**
 * Microsoft's keys that may speak for Teams, for `jwtVerify`; they may be rolled at any time, and anybody can name one
 * that does not exist, so an unknown one is asked for once a minute. It throws KeysUnknown when nobody tells the keys.
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot
 */
export function createSigningKeys(metadataUrl: string, now: () => Date): RemoteJWKSet {
  let last: { keys: Key[]; at: number } | null = null

  /** jose drops keys that it cannot renew, and asks for each unknown one while nobody answers: so the last ones are told again. */
  const fetchOrKeep: FetchImplementation = async (url, options) => {
    const at = +now()
    try {
      last = { keys: await fetchKeys(url, options), at }
    } catch (error) {
      if (!last || at - last.at >= USE_WITHOUT_NEWS) throw new KeysUnknown(error)
    }
    return Response.json({ keys: last.keys })
  }

  return createRemoteJWKSet(new URL(metadataUrl), {
    cacheMaxAge: HOUR,
    cooldownDuration: MINUTE,
    timeoutDuration: TIMEOUT,
    [customFetch]: fetchOrKeep,
  })
}

type Key = z.infer<typeof Key>

const Metadata = z.object({ jwks_uri: z.url() })
const KeySet = z.object({ keys: z.array(z.unknown()) })
const Key = z.looseObject({ endorsements: z.array(z.string()).default([]) })

async function fetchKeys(metadataUrl: string, options: RequestInit): Promise<Key[]> {
  const { jwks_uri } = Metadata.parse(await fetchJson(metadataUrl, options))
  const { keys } = KeySet.parse(await fetchJson(jwks_uri, options))
  return keys
    .flatMap((key) => Key.safeParse(key).data ?? [])
    .filter(({ endorsements }) => endorsements.length === 0 || endorsements.includes(TEAMS_CHANNEL))
}

async function fetchJson(url: string, options: RequestInit): Promise<unknown> {
  const response = await fetch(url, options)
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.json()
}
