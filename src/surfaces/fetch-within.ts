import { EventEmitter } from 'node:events'
import { STATUS_CODES } from 'node:http'
import { request } from 'undici'

/**
 * A fetch that gives up when the whole answer takes longer, in milliseconds. It goes straight to what the built-in one is built on,
 * for half of the CPU time: every card and mail goes over it. An `AbortSignal` alone costs a fifth of a call; an emitter ends it too.
 */
export function fetchWithin(milliseconds: number) {
  return async (
    url: string | URL,
    { signal, ...asking }: Pick<RequestInit, 'method' | 'headers' | 'body' | 'signal'> = {},
  ) => {
    const ending = new EventEmitter()
    let isLate = false
    const end = () => ending.emit('abort')
    const timer = setTimeout(() => {
      isLate = true
      end()
    }, milliseconds)
    signal?.addEventListener('abort', end)
    // Undici's types know only its own FormData, and it takes every one.
    const options = { method: 'GET', ...asking, signal: ending } as Parameters<typeof request>[1]
    try {
      signal?.throwIfAborted()
      const { statusCode, headers, body } = await request(url, options)
      return answerOf(String(url), statusCode, headers, Buffer.from(await body.bytes()))
    } catch (error) {
      throw isLate ? new Error(`no answer within ${milliseconds} ms`) : error
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
    }
  }
}

/** Headers in their own class would cost as much as what sends the request. */
function answerOf(url: string, status: number, headers: Record<string, string | string[] | undefined>, body: Buffer) {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText: STATUS_CODES[status] ?? '',
    url,
    headers: { get: (name: string) => named.get(name.toLowerCase()) ?? null, entries: () => named.entries() },
    text: async () => body.toString(),
    json: async (): Promise<unknown> => JSON.parse(body.toString()),
    arrayBuffer: async () => new Uint8Array(body).buffer,
  }
}
