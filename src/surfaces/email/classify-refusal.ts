import type { ErrorResponse } from 'resend'
import type { SendOutcome } from '../../core/notification/delivery.ts'

const RATE_PAUSE_SECONDS = 2
/** A day's or month's allowance is used up: asking again soon would only burn attempts. */
const QUOTA_PAUSE_SECONDS = 3600

/**
 * What a refusal of Resend means for the delivery. Without a status there was no answer at all: it may have arrived.
 * @see https://resend.com/docs/api-reference/errors
 */
export function classifyRefusal(
  refusal: ErrorResponse,
  headers: Record<string, string> | null,
  attempt: number,
  now: Date,
): SendOutcome {
  const status = refusal.statusCode
  const error = refusal.name
    ? `${status ?? 'no answer'} ${refusal.name}: ${refusal.message}`.slice(0, 500)
    : `an answer of no known shape: ${JSON.stringify(refusal)}`.slice(0, 500)

  if (refusal.name === 'invalid_idempotent_request' && attempt > 1) {
    // An earlier attempt was accepted under our key, and what the mail says of the reader (a zone, a name) has changed since.
    return { kind: 'sent', externalId: null }
  }
  if (status === 429) {
    const standard = refusal.name.endsWith('_quota_exceeded') ? QUOTA_PAUSE_SECONDS : RATE_PAUSE_SECONDS
    return { kind: 'retry', error, pauseSeconds: retryAfterSeconds(headers?.['retry-after'], now) ?? standard }
  }
  if (refusal.name === 'concurrent_idempotent_requests') return { kind: 'retry', error }
  const permanent = typeof status === 'number' && status >= 400 && status < 500 && status !== 408
  const forEverybody = status === 401 || status === 403
  return permanent ? { kind: 'failed', error, forEverybody } : { kind: 'retry', error }
}

/** Seconds, or a date. @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function retryAfterSeconds(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : null
}
