import { createHmac } from 'node:crypto'
import type { TestMotorpool } from './motorpool.ts'

export interface Signing {
  secret?: string
  /** Seconds that the timestamp lies in the past. */
  age?: number
  /** Headers that are left out. */
  without?: readonly string[]
}

/** Sends a form as Slack does, signed as Slack signs it. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function postSigned(
  motorpool: Pick<TestMotorpool, 'slack' | 'config'>,
  form: Record<string, string>,
  signing: Signing = {},
): Promise<Response> {
  const body = new URLSearchParams(form).toString()
  return post(motorpool, { body, contentType: 'application/x-www-form-urlencoded' }, signing)
}

/** Sends an event in the same way; `attempt`: how often it was sent before. */
export function postSignedEvent(
  motorpool: Pick<TestMotorpool, 'slack' | 'config'>,
  event: object,
  attempt: number | null = null,
): Promise<Response> {
  const retry: Record<string, string> =
    attempt === null ? {} : { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': 'http_timeout' }
  return post(motorpool, { body: JSON.stringify(event), contentType: 'application/json', retry })
}

function post(
  { slack, config }: Pick<TestMotorpool, 'slack' | 'config'>,
  { body, contentType, retry = {} }: { body: string; contentType: string; retry?: Record<string, string> },
  { secret = config.slack?.signingSecret ?? '', age = 0, without = [] }: Signing = {},
): Promise<Response> {
  const timestamp = String(Math.floor(Date.now() / 1000) - age)
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  const headers = {
    ...retry,
    'content-type': contentType,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  }
  const sent = Object.entries(headers).filter(([name]) => !without.includes(name))
  return fetch(slack.requestUrl, { method: 'POST', headers: Object.fromEntries(sent), body })
}
