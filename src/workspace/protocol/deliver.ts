import { createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Delivered, DeliveryBody } from './delivered.ts'
import type { Sockets } from './socket-mode.ts'

/** https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response */
const ANSWER_WITHIN_MS = 3000
/** Slack repeats an event three times (at once, after a minute, after five); here the pauses are short. */
const EVENT_RETRY_PAUSES_MS = [20, 100, 400]

export interface Destination {
  /** The app's Request URL. */
  requestUrl: string
  signingSecret: string
  /** Where the app has turned on Socket Mode, everything goes this way instead. */
  sockets: Sockets | null
}

/**
 * The two headers that prove a request comes from Slack.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
function signatureHeaders(signingSecret: string, body: string, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000))
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
  return { 'X-Slack-Request-Timestamp': timestamp, 'X-Slack-Signature': `v0=${digest}` }
}

/** Sends one signed request, or an envelope, to the app and waits at most 3 s for its answer. Never throws. */
export async function deliver(
  destination: Destination,
  content: DeliveryBody,
  retry: { attempt: number; reason: string } | null = null,
): Promise<Delivered> {
  if (destination.sockets) return destination.sockets.deliver(content, retry)
  const body = 'json' in content ? JSON.stringify(content.json) : new URLSearchParams(content.form).toString()
  try {
    const response = await fetch(destination.requestUrl, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      headers: {
        'Content-Type': 'json' in content ? 'application/json' : 'application/x-www-form-urlencoded',
        'User-Agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signatureHeaders(destination.signingSecret, body, Date.now()),
        ...(retry && { 'X-Slack-Retry-Num': String(retry.attempt), 'X-Slack-Retry-Reason': retry.reason }),
      },
      body,
    })
    const text = await response.text()
    if (response.status === 200) {
      return { answered: true, body: text, json: (response.headers.get('content-type') ?? '').includes('json') }
    }
    const mayRetry = response.headers.get('x-slack-no-retry') !== '1'
    return { answered: false, error: 'dispatch_failed', retryReason: 'http_error', mayRetry }
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    return timedOut
      ? { answered: false, error: 'operation_timeout', retryReason: 'http_timeout', mayRetry: true }
      : { answered: false, error: 'dispatch_failed', retryReason: 'connection_failed', mayRetry: true }
  }
}

/**
 * Sends an event, and again up to three times while the app does not take it.
 * https://docs.slack.dev/apis/events-api/#retries
 * @param stopped asked before each repetition
 */
export async function deliverEvent(
  destination: Destination,
  event: unknown,
  stopped: () => boolean,
): Promise<Delivered> {
  let delivered = await deliver(destination, { json: event })
  for (const [index, ms] of EVENT_RETRY_PAUSES_MS.entries()) {
    if (delivered.answered || !delivered.mayRetry) break
    await pause(ms)
    if (stopped()) break
    delivered = await deliver(destination, { json: event }, { attempt: index + 1, reason: delivered.retryReason })
  }
  return delivered
}
