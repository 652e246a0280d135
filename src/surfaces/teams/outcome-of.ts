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

type Meaning = 'passing' | 'setup' | 'unreachable' | 'refused'

/**
 * Teams' refusals by code; every other one may pass, as do all without an answer.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
 */
const MEANING: Readonly<Record<string, Meaning>> = {
  BotNotRegistered: 'setup',
  InvalidBotApiHost: 'setup',
  BotNotInConversationRoster: 'unreachable',
  ForbiddenOperationException: 'unreachable',
  ConversationBlockedByUser: 'unreachable',
  MessageWritesBlocked: 'unreachable',
  BotDisabledByAdmin: 'unreachable',
  ConversationNotFound: 'unreachable',
  MessageSizeTooBig: 'refused',
  'Bad Argument': 'refused',
  BadArgument: 'refused',
  BadSyntax: 'refused',
  PreconditionFailed: 'passing',
}

/** What the admins read where a bare code would leave them guessing. */
const IN_WORDS: Record<string, string> = {
  BotNotInConversationRoster: 'the app is not installed for them in Teams',
  ForbiddenOperationException: 'the app is not installed for them in Teams',
  ConversationBlockedByUser: 'they blocked the app in Teams',
  MessageWritesBlocked: 'they blocked the app in Teams',
  BotDisabledByAdmin: 'the app is blocked for them by the Teams administration',
  ConversationNotFound: 'their chat with the app is gone',
}

/**
 * Sends, and says what became of it. Never throws.
 * @param send returns where the message is, and the digest of what it shows
 * @param now for a `Retry-After` that names a moment
 */
export async function outcomeOf(
  send: () => Promise<{ externalId: string; digest?: string; leftExternalId?: string | null }>,
  now: () => Date,
): Promise<SendOutcome> {
  try {
    return { kind: 'sent', ...(await send()) }
  } catch (error) {
    if (error instanceof Undeliverable) return { kind: 'unreachable', error: error.message }
    return isRefusal(error) ? afterRefusal(error, now()) : { kind: 'passing', error: String(error) }
  }
}

/** Whatever else went wrong, no answer came. */
function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'statusCode' in error && error.statusCode !== undefined
}

function afterRefusal(refusal: Refusal, now: Date): SendOutcome {
  const { statusCode, code = '' } = refusal
  const error = inWords(refusal)
  if (statusCode === 401) return { kind: 'setup', error, act: 'everything' }
  if (statusCode === 429) return pausedBy(refusal, error, now)
  if (statusCode < 400 || statusCode >= 500) return { kind: 'passing', error }
  const kind = statusCode === 413 ? 'refused' : (Object.hasOwn(MEANING, code) && MEANING[code]) || 'passing'
  return kind === 'setup' ? { kind, error, act: 'everything' } : { kind, error }
}

/**
 * A 429 is about one conversation, unless it is the authority that says it: nobody else has to wait. Without a pause in it, the
 * relay's growing pauses are the backoff that Microsoft asks for.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
 */
function pausedBy(refusal: Refusal, error: string, now: Date): SendOutcome {
  const seconds = secondsAskedBy(refusal, now)
  const personOnly = !(refusal instanceof AccessTokenError)
  return seconds > 0 ? { kind: 'paused', error, seconds, act: 'everything', personOnly } : { kind: 'passing', error }
}

function secondsAskedBy({ response }: Refusal, now: Date): number {
  const retryAfter = response?.headers.get('Retry-After') ?? ''
  // https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
  return /^\d+$/.test(retryAfter) ? Number(retryAfter) : Math.ceil((Date.parse(retryAfter) - +now) / 1000)
}

/** Refusals of an update that say something about the message, where their code says nothing else. */
const ABOUT_THE_MESSAGE = new Set([400, 403, 404, 405, 410])

/** True if this message can no longer be changed; whether its reader can be reached shows when it is posted again. */
export function cannotBeChanged(error: unknown): boolean {
  if (!isRefusal(error)) return false
  const { statusCode, code = '' } = error
  return statusCode === 404 || (ABOUT_THE_MESSAGE.has(statusCode) && !Object.hasOwn(MEANING, code))
}

/** True if Teams refuses a call for what it names: a chat or a message that is gone, or that we are no part of. */
export function isRefusedThere(error: unknown): boolean {
  return isRefusal(error) && [400, 403, 404].includes(error.statusCode)
}

/** The same words each time, for admins are told of an error once: Microsoft's own messages carry ids and times. */
function inWords(refusal: Refusal): string {
  if (refusal instanceof AccessTokenError) return refusal.message
  const { statusCode, code } = refusal
  const plain = ['HTTP', statusCode, code].filter(Boolean).join(' ')
  const words = code && IN_WORDS[code]
  return words ? `${words} (${plain})` : plain
}
