import { subscribe, unsubscribe } from 'node:diagnostics_channel'

export interface Stopwatch {
  /** How long each request to the app took that was sent meanwhile, in milliseconds. */
  during(act: () => Promise<unknown>): Promise<number[]>
  stop(): void
}

/** Times the requests to `path` from when they leave until their answer comes, as Node's own `fetch` reports it. https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
export function startStopwatch(path: string): Stopwatch {
  const sent = new Map<unknown, number>()
  let times: number[] = []
  const onSent = (message: unknown) => {
    const { request } = message as { request: { path: string } }
    if (request.path === path) sent.set(request, performance.now())
  }
  const onAnswered = (message: unknown) => {
    const { request } = message as { request: object }
    const start = sent.get(request)
    if (start !== undefined) times.push(performance.now() - start)
    sent.delete(request)
  }
  subscribe('undici:client:sendHeaders', onSent)
  subscribe('undici:request:headers', onAnswered)
  return {
    during: async (act) => {
      times = []
      await act()
      if (times.length === 0) throw new Error('no request was timed')
      return times
    },
    stop: () => {
      unsubscribe('undici:client:sendHeaders', onSent)
      unsubscribe('undici:request:headers', onAnswered)
    },
  }
}
