import type { ErrorResponse } from 'resend'
import type { FailedOutcome, SendOutcome } from '../../core/notification/delivery.ts'

const RATE_PAUSE_SECONDS = 2

type Meaning = 'passing' | 'setup' | 'unreachable' | 'refused'

/**
 * Resend's errors by name, where they say more than that something went wrong; every other one may pass. `validation_error` is told
 * apart by its status and words: 403 is about our account, 422 may be about the address.
 * @see https://resend.com/docs/api-reference/errors
 */
const MEANING: Readonly<Record<string, Meaning>> = {
  missing_api_key: 'setup',
  invalid_api_key: 'setup',
  restricted_api_key: 'setup',
  invalid_access: 'setup',
  invalid_from_address: 'setup',
  daily_quota_exceeded: 'setup',
  monthly_quota_exceeded: 'setup',
  invalid_region: 'setup',
  invalid_attachment: 'refused',
  missing_required_field: 'refused',
  invalid_parameter: 'refused',
  invalid_idempotency_key: 'refused',
  invalid_idempotent_request: 'refused',
  concurrent_idempotent_requests: 'passing',
  rate_limit_exceeded: 'passing',
  application_error: 'passing',
  internal_server_error: 'passing',
}

/**
 * Says what a refusal of Resend means for the mail. Without a status there was no answer at all: it may have arrived.
 * @param triedBefore true if an earlier attempt may have been taken
 */
export function classifyRefusal(
  refusal: ErrorResponse,
  headers: Record<string, string> | null,
  triedBefore: boolean,
  now: Date,
): SendOutcome {
  const status = refusal.statusCode
  const error = refusal.name
    ? `${status ?? 'no answer'} ${refusal.name}: ${refusal.message}`.slice(0, 500)
    : `an answer of no known shape: ${JSON.stringify(refusal)}`.slice(0, 500)

  if (refusal.name === 'invalid_idempotent_request' && triedBefore) {
    // An earlier attempt was accepted under our key, and what the mail says of the reader (a zone, a name) has changed since.
    return { kind: 'sent', externalId: null }
  }
  const kind = meaningOf(refusal)
  if (kind === 'setup') return { kind, error, act: 'everything' }
  if (status === 429) return pausedFor(retryAfterSeconds(headers?.['retry-after'], now) ?? RATE_PAUSE_SECONDS, error)
  return { kind, error }
}

function meaningOf({ name, statusCode, message }: ErrorResponse): Meaning {
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return 'passing'
  if (statusCode === 401 || statusCode === 403) return 'setup'
  // "Invalid `to` field. The email address needs to follow the `email@example.com` format."
  if (name === 'validation_error') return /\bto\b/.test(message) && /invalid/i.test(message) ? 'unreachable' : 'refused'
  return (Object.hasOwn(MEANING, name) && MEANING[name]) || 'passing'
}

function pausedFor(seconds: number, error: string): FailedOutcome {
  return { kind: 'paused', error, seconds, act: 'everything', personOnly: false }
}

/** Seconds, or a date. @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function retryAfterSeconds(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : null
}
