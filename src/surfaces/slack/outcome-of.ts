import { ErrorCode, type WebAPICallError } from '@slack/web-api'
import type { ChannelAct, SendOutcome } from '../../core/notification/delivery.ts'
import { platformError } from './platform-error.ts'

/** Somebody whom no call can reach, for what is known here. */
export class Undeliverable extends Error {}

/** A call that failed, with what it was about: a pause holds back this act, and in a conversation nobody else's. */
class CallFailed extends Error {
  readonly act: ChannelAct
  readonly personOnly: boolean

  constructor(cause: unknown, act: ChannelAct, personOnly: boolean) {
    super(String(cause), { cause })
    this.act = act
    this.personOnly = personOnly
  }
}

/**
 * Runs a call, and says of an error what the call was about. Slack limits methods by workspace, and posting by conversation.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
export async function calling<T>(
  act: ChannelAct,
  call: () => Promise<T>,
  { personOnly = false }: { personOnly?: boolean } = {},
): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw error instanceof Undeliverable || error instanceof CallFailed ? error : new CallFailed(error, act, personOnly)
  }
}

type Meaning = 'passing' | 'setup' | 'unreachable' | 'refused'

/** What is wrong with our token concerns everything, what is wrong with a scope or a switch one act. */
const OUR_TOKEN = [
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
  'app_not_installed',
  'org_login_required',
  'ekm_access_denied',
  'team_access_not_granted',
  'team_not_found',
  'accesslimited',
  'invalid_app_id',
] as const

const table = (meaning: Meaning, codes: readonly string[]) => codes.map((code) => [code, meaning] as const)

/**
 * Slack's error codes; one that is not here may pass, as does every answer that is no JSON. Sources: the error tables of
 * https://docs.slack.dev/reference/methods/chat.postMessage#errors, chat.update, conversations.open, conversations.history,
 * users.lookupByEmail, views.publish and auth.test.
 */
const MEANING: ReadonlyMap<string, Meaning> = new Map([
  ...table('setup', OUR_TOKEN),
  ...table('setup', [
    'missing_scope',
    'no_permission',
    'not_allowed_token_type',
    'access_denied',
    'enterprise_is_restricted',
    'method_deprecated',
    'deprecated_endpoint',
    'messages_tab_disabled',
    'not_enabled',
    'restricted_action',
  ]),
  ...table('unreachable', [
    'user_not_found',
    'users_not_found',
    'user_disabled',
    'user_not_visible',
    'cannot_dm_bot',
    // After the conversation was opened again: see conversations.ts.
    'channel_not_found',
    'is_archived',
    'not_in_channel',
  ]),
  ...table('refused', [
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_too_long',
    'msg_blocks_too_long',
    'no_text',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'metadata_too_large',
    'view_too_large',
  ]),
  ...table('passing', [
    'ratelimited',
    'rate_limited',
    'internal_error',
    'fatal_error',
    'service_unavailable',
    'request_timeout',
    'team_added_to_org',
    'hash_conflict',
  ]),
])

/** Codes of a user whose account is closed, or never was: another one may have their address by now. */
export const ACCOUNT_GONE: ReadonlySet<string> = new Set(['user_not_found', 'user_disabled', 'user_not_visible'])

/** Codes of a conversation that is no longer the one with this user. */
export const CONVERSATION_GONE: ReadonlySet<string> = new Set(['channel_not_found', 'is_archived', 'not_in_channel'])

/** Codes of a message that can no longer be edited. https://docs.slack.dev/reference/methods/chat.update#errors */
const NOT_EDITABLE: ReadonlySet<string> = new Set([
  ...CONVERSATION_GONE,
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'block_mismatch',
  'channel_type_not_supported',
])

/** True if the message has to be posted again, since it cannot be edited. */
export function cannotBeEdited(error: unknown): boolean {
  return NOT_EDITABLE.has(codeOf(error) ?? '')
}

/** True if the question was refused for good, or nobody knows why: nothing passes by asking again. */
export function isRefusedForGood(error: unknown): boolean {
  const code = codeOf(error)
  if (code === null || !isCode(code) || CONVERSATION_GONE.has(code)) return false
  return MEANING.get(code) !== 'passing' && !(OUR_TOKEN as readonly string[]).includes(code)
}

/** Slack's error code, when it was Slack that refused. */
export function codeOf(error: unknown): string | null {
  return platformError(error instanceof CallFailed ? error.cause : error)
}

export async function outcomeOf(
  send: () => Promise<{ externalId: string | null; digest?: string; leftExternalId?: string | null }>,
): Promise<SendOutcome> {
  try {
    return { kind: 'sent', ...(await send()) }
  } catch (error) {
    if (error instanceof Undeliverable) return { kind: 'unreachable', error: error.message }
    return error instanceof CallFailed ? afterCall(error) : { kind: 'passing', error: String(error) }
  }
}

function afterCall({ cause, act, personOnly }: CallFailed): SendOutcome {
  const { code: kindOfError } = cause as WebAPICallError
  if (kindOfError === ErrorCode.RateLimitedError) {
    const { retryAfter } = cause as WebAPICallError & { retryAfter: number }
    return { kind: 'paused', error: 'rate limited', seconds: retryAfter, act, personOnly }
  }
  const code = platformError(cause)
  if (code === null) return { kind: 'passing', error: String(cause) }
  if (!isCode(code)) return { kind: 'passing', error: 'an answer that is no JSON' }
  const kind = MEANING.get(code) ?? 'passing'
  if (kind !== 'setup') return { kind, error: code }
  return { kind, error: code, act: (OUR_TOKEN as readonly string[]).includes(code) ? 'everything' : act }
}

/** The client takes a page that is no JSON for an error code. */
function isCode(text: string): boolean {
  return /^[a-z0-9_:.-]{1,80}$/i.test(text)
}
