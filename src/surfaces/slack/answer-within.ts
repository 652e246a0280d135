import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Slack shows an error after 3 s although the work may succeed; this leaves room for the way back. Milliseconds.
 * https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
 */
export const ANSWER_WITHIN = 2500

export const TOO_LATE = Symbol('too late')

/**
 * The result when it comes in time, else {@link TOO_LATE}. The work goes on, and whoever asked waits for it once the answer
 * is given: a process that stops waits for them.
 */
export async function answerWithin<T>(milliseconds: number, work: Promise<T>): Promise<T | typeof TOO_LATE> {
  const timer = new AbortController()
  const late = sleep(milliseconds, TOO_LATE, { signal: timer.signal }).catch(() => TOO_LATE)
  const first = await Promise.race([work, late]).finally(() => timer.abort())
  return first as T | typeof TOO_LATE
}
