import { randomBytes } from 'node:crypto'
import { ApiRefusal } from './api-refusal.ts'

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const LIFETIME_MS = 30 * 60 * 1000
const USES = 5

/** Where the answers to a command or a press go. */
export interface ResponseTarget {
  userId: string
  channel: string
  /** The message that was pressed, which an answer may replace or delete; none for a command. */
  ts?: string
}

export interface ResponseUrls {
  /** Gives the secret end of a new response URL. */
  issue(target: ResponseTarget): string
  /** Uses a URL once; refuses one that is unknown, older than 30 min, or was used five times. */
  use(secret: string): ResponseTarget
}

export function createResponseUrls(now: () => number): ResponseUrls {
  const issued = new Map<string, { target: ResponseTarget; issuedAt: number; uses: number }>()
  return {
    issue(target) {
      for (const [secret, url] of issued) if (now() - url.issuedAt > LIFETIME_MS) issued.delete(secret)
      const secret = randomBytes(18).toString('base64url')
      issued.set(secret, { target, issuedAt: now(), uses: 0 })
      return secret
    },
    use(secret) {
      const url = issued.get(secret)
      if (!url || now() - url.issuedAt > LIFETIME_MS) throw new ApiRefusal('expired_url')
      if (url.uses >= USES) throw new ApiRefusal('used_url')
      url.uses += 1
      return url.target
    },
  }
}
