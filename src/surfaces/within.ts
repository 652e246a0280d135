/**
 * Does something that gives up when it takes longer, in milliseconds. The timer ends with the work: `AbortSignal.timeout` leaves its
 * own behind, and costs more CPU time than all else of a call.
 */
export async function within<T>(milliseconds: number, work: (tooLate: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  try {
    return await work(ending.signal)
  } finally {
    clearTimeout(timer)
  }
}
