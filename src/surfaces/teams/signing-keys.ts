import { createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'

/** Asked again after this time; Microsoft wants it within 24 hours, after which keys we could not renew are not used any more. */
const RENEW_AFTER = 12 * 3600_000
const USE_FOR = 24 * 3600_000
/** Keys may be rolled at any time, and anybody can name a key that does not exist: an unknown one is asked for this often at most. */
const ASK_AT_MOST_EVERY = 60_000
const TIMEOUT = 5_000

/** A key that Microsoft signs with, and the channels it may speak for; none named: all. */
interface SigningKey {
  key: KeyObject
  endorsements: readonly string[]
}

export interface SigningKeys {
  /**
   * The key of that id; null when there is none.
   * @throws KeysUnknown when nobody tells the keys
   */
  find(keyId: string): Promise<SigningKey | null>
}

/** Without keys nothing can be verified. */
export class KeysUnknown extends Error {
  constructor(cause: unknown) {
    super('The keys that sign what Teams sends could not be fetched', { cause })
    this.name = 'KeysUnknown'
  }
}

/** https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot */
export function createSigningKeys(metadataUrl: string, now: () => Date): SigningKeys {
  let keys = new Map<string, SigningKey>()
  let loadedAt = Number.NEGATIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  let loading: Promise<void> | null = null

  function load(): Promise<void> {
    if (loading) return loading
    askedAt = +now()
    loading = fetchKeys(metadataUrl)
      .then((fetched) => {
        keys = fetched
        loadedAt = askedAt
      })
      .finally(() => {
        loading = null
      })
    return loading
  }

  return {
    find: async (keyId) => {
      const usable = +now() - loadedAt < USE_FOR
      const wanted = !usable || +now() - loadedAt >= RENEW_AFTER || !keys.has(keyId)
      if (wanted && (!usable || loading || +now() - askedAt >= ASK_AT_MOST_EVERY)) {
        await load().catch((error: unknown) => {
          if (!usable) throw new KeysUnknown(error)
        })
      }
      return keys.get(keyId) ?? null
    },
  }
}

const Metadata = z.object({ jwks_uri: z.url() })
const KeySet = z.object({ keys: z.array(z.unknown()) })
const RsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).default([]),
})

async function fetchKeys(metadataUrl: string): Promise<Map<string, SigningKey>> {
  const { jwks_uri } = Metadata.parse(await fetchJson(metadataUrl))
  const { keys } = KeySet.parse(await fetchJson(jwks_uri))
  const usable = keys.flatMap((key) => RsaKey.safeParse(key).data ?? [])
  return new Map(
    usable.map(({ kid, kty, n, e, endorsements }) => [
      kid,
      { key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }), endorsements },
    ]),
  )
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.json()
}
