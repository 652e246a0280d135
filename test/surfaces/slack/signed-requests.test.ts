import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createSignedRequests } from '../../../src/surfaces/slack/signed-requests.ts'
import { readableLog } from '../../support/log-lines.ts'

const SECRET = 'a signing secret for tests'
const { log, lines } = readableLog()
let server: Server
let url: string
beforeAll(async () => {
  const { listener } = createSignedRequests(SECRET, log)
  server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
afterEach(() => {
  lines.length = 0
})

function headersFor(body: string, { secret = SECRET, age = 0 } = {}): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000) - age)
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  return {
    'content-type': 'application/json',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  }
}

const send = (body: string, headers: Record<string, string>) => fetch(url, { method: 'POST', headers, body })
const CHALLENGE = JSON.stringify({ type: 'url_verification', challenge: 'abc' })

it('answers what Slack asks when the address is entered', async () => {
  const answer = await send(CHALLENGE, headersFor(CHALLENGE))
  expect([answer.status, await answer.json()]).toEqual([200, { challenge: 'abc' }])
})

describe('what anybody may send', () => {
  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is answered 405, and not logged', async (method) => {
    const answer = await fetch(url, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    expect(lines).toEqual([])
  })

  it.each<[string, Record<string, string>]>([
    ['without a signature', {}],
    ['signed with another secret', headersFor(CHALLENGE, { secret: 'another' })],
    ['signed long ago', headersFor(CHALLENGE, { age: 6 * 60 })],
    ['signed for tomorrow', headersFor(CHALLENGE, { age: -24 * 3600 })],
    ['with a signature that is none', { ...headersFor(CHALLENGE), 'x-slack-signature': 'v0=' }],
    ['with a time that is none', { ...headersFor(CHALLENGE), 'x-slack-request-timestamp': 'now' }],
  ])('%s is answered 401, and not logged', async (_how, headers) => {
    expect((await send(CHALLENGE, headers)).status).toBe(401)
    expect(lines).toEqual([])
  })

  it('a large body without a signature is answered before it is read', async () => {
    const { status } = await send('x'.repeat(900_000), {})
    expect(status).toBe(401)
  })
})

it('takes a body of up to 1 MB, and no larger one', async () => {
  const sized = (length: number) =>
    JSON.stringify({ type: 'url_verification', challenge: '', more: 'x'.repeat(length) })
  const fits = sized(1024 * 1024 - 100)
  expect((await send(fits, headersFor(fits))).status).toBe(200)
  const large = sized(1024 * 1024)
  expect((await send(large, headersFor(large))).status).toBe(413)
})
