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
  { slack, config }: Pick<TestMotorpool, 'slack' | 'config'>,
  form: Record<string, string>,
  { secret = config.slack?.signingSecret ?? '', age = 0, without = [] }: Signing = {},
): Promise<Response> {
  const body = new URLSearchParams(form).toString()
  const timestamp = String(Math.floor(Date.now() / 1000) - age)
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  }
  const sent = Object.entries(headers).filter(([name]) => !without.includes(name))
  return fetch(slack.requestUrl, { method: 'POST', headers: Object.fromEntries(sent), body })
}
