import { subscribe, unsubscribe } from 'node:diagnostics_channel'

export interface Stopwatch {
  /** How long each request to the app took that was sent meanwhile, in milliseconds. */
  during(act: () => Promise<unknown>): Promise<number[]>
  stop(): void
}

/** Times the requests to `path` themselves, as Node's own `fetch` reports them. https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
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
  subscribe('undici:request:create', onSent)
  subscribe('undici:request:headers', onAnswered)
  return {
    during: async (act) => {
      times = []
      await act()
      if (times.length === 0) throw new Error('no request was timed')
      return times
    },
    stop: () => {
      unsubscribe('undici:request:create', onSent)
      unsubscribe('undici:request:headers', onAnswered)
    },
  }
}
