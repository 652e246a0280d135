import { randomBytes } from 'node:crypto'
import { ApiRefusal } from './api-refusal.ts'

/** https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
const LIFETIME_MS = 3000
/** How many spent or expired ids are remembered, to be told from invalid ones. */
const REMEMBERED = 1000

interface Trigger {
  userId: string
  issuedAt: number
  exchanged: boolean
}

export interface Triggers {
  issue(userId: string): string
  /** Whose trigger it is; refuses one that is unknown, was exchanged before, or is over 3 s old. */
  exchange(triggerId: unknown): string
}

/** Trigger ids: each opens one view, within 3 s. */
export function createTriggers(now: () => number): Triggers {
  const issued = new Map<string, Trigger>()
  return {
    issue(userId) {
      const id = `${now()}.${issued.size + 1}.${randomBytes(16).toString('hex')}`
      issued.set(id, { userId, issuedAt: now(), exchanged: false })
      const [oldest] = issued.keys()
      if (issued.size > REMEMBERED && oldest !== undefined) issued.delete(oldest)
      return id
    },
    exchange(triggerId) {
      const trigger = typeof triggerId === 'string' ? issued.get(triggerId) : undefined
      if (!trigger) throw new ApiRefusal('invalid_trigger_id')
      if (trigger.exchanged) throw new ApiRefusal('exchanged_trigger_id')
      if (now() - trigger.issuedAt > LIFETIME_MS) throw new ApiRefusal('expired_trigger_id')
      trigger.exchanged = true
      return trigger.userId
    },
  }
}
