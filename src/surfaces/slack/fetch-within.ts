import type { FetchFunction } from '@slack/web-api'
import { fetch, Response } from '@whatwg-node/node-fetch'

/**
 * A fetch that gives up when the whole answer takes longer, in milliseconds. It goes over Node's own HTTP, and its timer ends with
 * the answer: the built-in fetch under `AbortSignal.timeout` costs more than twice the CPU time, and it is called at every card.
 */
export function fetchWithin(milliseconds: number): FetchFunction {
  return async (url, { signal: ended, ...init } = {}) => {
    const tooLate = new AbortController()
    const timer = setTimeout(() => tooLate.abort(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
    const signal = ended ? AbortSignal.any([ended, tooLate.signal]) : tooLate.signal
    try {
      const answer = await fetch(url, { ...init, signal })
      const { status, statusText, headers } = answer
      return new Response(await answer.text(), { status, statusText, headers, url: answer.url })
    } catch (error) {
      // This fetch says of every end "The operation was aborted".
      throw tooLate.signal.aborted ? tooLate.signal.reason : error
    } finally {
      clearTimeout(timer)
    }
  }
}
