import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Slack shows an error after 3 s although the work may succeed; this leaves room for the way back. Milliseconds.
 * https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
 */
export const ANSWER_WITHIN = 2500

export const TOO_LATE = Symbol('too late')

/** The result when it comes in time, else {@link TOO_LATE}; the work goes on, and its failure is for `onLateError`. */
export async function answerWithin<T>(
  milliseconds: number,
  work: Promise<T>,
  onLateError: (error: unknown) => void,
): Promise<T | typeof TOO_LATE> {
  const timer = new AbortController()
  const late = sleep(milliseconds, TOO_LATE, { signal: timer.signal }).catch(() => TOO_LATE)
  const first = await Promise.race([work, late]).finally(() => timer.abort())
  if (first === TOO_LATE) work.catch(onLateError)
  return first as T | typeof TOO_LATE
}
