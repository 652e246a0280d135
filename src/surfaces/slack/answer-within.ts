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
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<typeof TOO_LATE>((resolve) => {
    timer = setTimeout(resolve, milliseconds, TOO_LATE)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
