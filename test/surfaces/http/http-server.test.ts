import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpSurface } from '../../../src/surfaces/http/http-server.ts'
import { readableLog } from '../../support/log-lines.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function listening(options: Parameters<typeof createHttpSurface>[2] = {}) {
  const { log } = readableLog()
  const { surface, server } = createHttpSurface(log, ['/slack/events'], options)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
  const { port } = server.address() as AddressInfo
  return { surface, port, url: `http://127.0.0.1:${port}` }
}

const statusOf = async (url: string) => {
  const { status, headers } = await fetch(url, { method: 'POST', body: 'x' })
  return [status, headers.get('retry-after')]
}

describe('while it starts', () => {
  it('asks platforms to come again, and knows nothing else', async () => {
    const { url } = await listening()
    expect(await statusOf(`${url}/slack/events`)).toEqual([503, '2'])
    expect(await statusOf(`${url}/api/messages`)).toEqual([404, null])
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  it('and once it serves, hands requests to their route', async () => {
    const { surface, url } = await listening()
    surface.routes.push({ path: '/slack/events', handle: (_request, response) => response.writeHead(200).end() })
    expect(await statusOf(`${url}/slack/events`)).toEqual([503, '2'])
    surface.readiness = async () => ({})
    expect(await statusOf(`${url}/slack/events`)).toEqual([200, null])
  })
})

it.each([
  ['headers', 'POST /slack/events HTTP/1.1\r\nHost: x\r\n'],
  ['body', 'POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf of it'],
])('closes a connection whose %s never end', async (_part, begun) => {
  const { surface, port } = await listening({ receivedWithin: 100 })
  surface.readiness = async () => ({})
  surface.routes.push({
    path: '/slack/events',
    handle: async (request, response) => {
      for await (const _chunk of request);
      response.end()
    },
  })
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.resume()
  socket.write(begun)
  await once(socket, 'close')
})
