import type { SendOutcome } from '../../core/notification/delivery.ts'
import { AccessTokenError } from './access-token.ts'

/** Somebody whom no call can reach, for what is known here. */
export class Undeliverable extends Error {}

/** A refused call, as the SDK tells it. */
interface Refusal {
  statusCode: number
  /** Teams' own code, such as `BotNotInConversationRoster`. */
  code?: string
  response?: { headers: { get(name: string): string | undefined } }
}

/**
 * Refusals that pass by themselves, as do all from 500 on.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/build-conversational-capability#status-codes-retry-guidance
 */
const PASSING = new Set([408, 412])

/** What the admins read where a bare code would leave them guessing. */
const IN_WORDS: Record<string, string> = {
  BotNotInConversationRoster: 'the app is not installed for them in Teams',
  ForbiddenOperationException: 'the app is not installed for them in Teams',
  ConversationBlockedByUser: 'they blocked the app in Teams',
  BotDisabledByAdmin: 'the app is blocked for them by the Teams administration',
  ConversationNotFound: 'their chat with the app is gone',
}

/**
 * Sends, and says what became of it. Never throws.
 * @param send gives where the message is
 * @param now for a `Retry-After` that names a moment
 */
export async function outcomeOf(send: () => Promise<string>, now: () => Date): Promise<SendOutcome> {
  try {
    return { kind: 'sent', externalId: await send() }
  } catch (error) {
    if (error instanceof Undeliverable) return { kind: 'failed', error: error.message }
    return isRefusal(error) ? afterRefusal(error, now()) : { kind: 'retry', error: String(error) }
  }
}

/** Whatever else went wrong, no answer came. */
function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'statusCode' in error && error.statusCode !== undefined
}

function afterRefusal(refusal: Refusal, now: Date): SendOutcome {
  const { statusCode } = refusal
  const error = inWords(refusal)
  if (statusCode === 429) return { kind: 'retry', error, ...pauseAskedBy(refusal, now) }
  if (statusCode < 400 || statusCode >= 500 || PASSING.has(statusCode)) return { kind: 'retry', error }
  return { kind: 'failed', error, forEverybody: statusCode === 401 }
}

/**
 * Without a pause in it, a 429 is taken for what it mostly is, one about this one conversation: nobody else is to wait, and the
 * relay's growing pauses are the backoff that Microsoft asks for.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/build-conversational-capability#status-codes-retry-guidance
 */
function pauseAskedBy({ response }: Refusal, now: Date): { pauseSeconds?: number } {
  const retryAfter = response?.headers.get('Retry-After')
  if (!retryAfter) return {}
  // https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
  const isNumber = /^\d+$/.test(retryAfter)
  const seconds = isNumber ? Number(retryAfter) : Math.ceil((Date.parse(retryAfter) - +now) / 1000)
  return seconds > 0 ? { pauseSeconds: seconds } : {}
}

/** The same words each time, for admins are told of an error once: Microsoft's own messages carry ids and times. */
function inWords(refusal: Refusal): string {
  if (refusal instanceof AccessTokenError) return refusal.message
  const { statusCode, code } = refusal
  const plain = ['HTTP', statusCode, code].filter(Boolean).join(' ')
  const words = code && IN_WORDS[code]
  return words ? `${words} (${plain})` : plain
}
