import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { fetchWithin } from '../../src/surfaces/fetch-within.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function answering(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/chat.postMessage`
}

it('gives status, headers and body as they came', async () => {
  const url = await answering((request, response) => {
    response.writeHead(429, { 'retry-after': '7', 'content-type': 'application/json' })
    request.pipe(response)
  })
  const answer = await fetchWithin(1000)(url, { method: 'POST', body: '{"text":"für Zoë"}' })
  expect(answer.status).toBe(429)
  expect(answer.headers.get('retry-after')).toBe('7')
  expect(await answer.json()).toEqual({ text: 'für Zoë' })
})

it('gives up where no answer comes', async () => {
  const url = await answering(() => {})
  await expect(fetchWithin(30)(url)).rejects.toThrow('no answer within 30 ms')
})

it('gives up where an answer begins and does not end', async () => {
  const url = await answering((_, response) => {
    response.writeHead(200).write('{"ok":')
  })
  await expect(fetchWithin(30)(url)).rejects.toThrow('no answer within 30 ms')
})

it('fails where an answer is broken off', async () => {
  const url = await answering((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"ok":', () => response.destroy())
  })
  await expect(fetchWithin(1000)(url)).rejects.toThrow()
})

it('ends when the one who asked does', async () => {
  const asking = new AbortController()
  const url = await answering(() => asking.abort())
  const answer = fetchWithin(10_000)(url, { signal: asking.signal })
  await expect(answer).rejects.toThrow()
  await expect(fetchWithin(10_000)(url, { signal: asking.signal })).rejects.toThrow(/abort/)
})

it('fails where nobody listens', async () => {
  await expect(fetchWithin(1000)('http://127.0.0.1:1/')).rejects.toThrow()
})
