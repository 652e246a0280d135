import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createResendTransport } from '../../../src/surfaces/email/resend-transport.ts'
import { createEmailSender } from '../../../src/surfaces/email/sender.ts'
import { createMailServer, type MailServer } from '../../../src/workspace/protocol/mail-server.ts'
import { aDelivery, someFacts } from './notice-builders.ts'

const NOW = new Date('2025-10-30T15:00:00Z')
const servers: Server[] = []
let mail: MailServer
let baseUrl: string

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function sender(url = baseUrl, now = NOW) {
  return createEmailSender({
    from: 'Motorpool <cars@example.com>',
    chatOf: async () => ({ platform: 'slack', url: 'https://example.slack.com/app' }),
    transport: createResendTransport({ apiKey: 're_test', baseUrl: url }, () => now),
  })
}

/** A server that gives one answer to everything. */
function answering(status: number, body: unknown, headers: Record<string, string> = {}): Promise<string> {
  return listen((_req, res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers })
    res.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
}

beforeEach(async () => {
  mail = createMailServer(
    () => NOW.getTime(),
    { mails: [], keys: [] },
    () => {},
  )
  baseUrl = await listen((req, res) => {
    expect(`${req.method} ${req.url}`).toBe('POST /emails')
    void mail.send(req, res)
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

const pausedFor = (seconds: number) => ({ kind: 'paused', seconds, act: 'everything', personOnly: false })

describe('a delivery', () => {
  test('arrives as a mail with its calendar file, under its own key', async () => {
    const outcome = await sender().deliver(aDelivery())
    const [arrived] = mail.to('anna@example.com')
    expect(outcome).toEqual({ kind: 'sent', externalId: arrived?.id })
    expect(arrived).toMatchObject({
      from: 'Motorpool <cars@example.com>',
      subject: 'Approved #12: Škoda Octavia, Mon 3 Nov, 09:00 – 17:30',
      attachments: [{ filename: 'booking-12.ics', contentType: 'text/calendar; charset=utf-8; method=REQUEST' }],
    })
    const calendar = Buffer.from(arrived?.attachments[0]?.content ?? '', 'base64').toString()
    expect(calendar).toMatch(/^BEGIN:VCALENDAR\r\n/)
    expect(calendar).toContain('ORGANIZER;CN="Motorpool":mailto:cars@example.com\r\n')
    expect(mail.calls[0]?.idempotencyKey).toBe(aDelivery().id)
  })

  test('whose answer was lost is sent again a year later as the very same mail', async () => {
    mail.faults.add({ kind: 'drop_after_acting' })
    expect(await sender().deliver(aDelivery())).toMatchObject({ kind: 'passing' })
    const later = sender(baseUrl, new Date('2026-10-30T15:00:00Z'))
    const again = await later.deliver(aDelivery({ attempt: 2, triedSince: NOW }))
    expect(again).toEqual({ kind: 'sent', externalId: mail.all()[0]?.id })
    expect(mail.all()).toHaveLength(1)
  })

  test('that arrived before its reader moved to another zone counts as sent', async () => {
    mail.faults.add({ kind: 'drop_after_acting' })
    await sender().deliver(aDelivery())
    const recipient = { ...aDelivery().recipient, zone: 'Asia/Tokyo' }
    expect(await sender().deliver(aDelivery({ attempt: 2, triedSince: NOW, recipient }))).toEqual({
      kind: 'sent',
      externalId: null,
    })
    expect(mail.all()).toHaveLength(1)
  })

  test('whose key somebody else has used is not taken for sent', async () => {
    await sender().deliver(aDelivery())
    const other = aDelivery({ facts: someFacts({ number: 13 }) })
    expect(await sender().deliver(other)).toMatchObject({
      kind: 'refused',
      error: expect.stringContaining('409 invalid_idempotent_request'),
    })
  })
})

describe('what may pass is tried again', () => {
  test.each([
    [
      'the server fails',
      { kind: 'server_error' },
      { kind: 'passing', error: expect.stringContaining('500 application_error') },
    ],
    [
      'nothing arrives',
      { kind: 'drop_before_acting' },
      { kind: 'passing', error: expect.stringContaining('no answer') },
    ],
    ['there are too many', { kind: 'rate_limited', retryAfterSeconds: 7 }, { kind: 'paused', seconds: 7 }],
  ] as const)('%s', async (_case, fault, expected) => {
    mail.faults.add(fault)
    expect(await sender().deliver(aDelivery())).toMatchObject(expected)
    expect(await sender().deliver(aDelivery({ attempt: 2 }))).toMatchObject({ kind: 'sent' })
  })

  test('nobody listens', async () => {
    const url = await listen(() => {})
    servers.pop()?.close()
    expect(await sender(url).deliver(aDelivery())).toMatchObject({ kind: 'passing' })
  })

  test('the answer takes longer than ten seconds', async () => {
    const { setTimeout } = globalThis
    const hastily = (run: () => void, milliseconds?: number) =>
      setTimeout(run, milliseconds === 10_000 ? 50 : milliseconds)
    const asked = vi.spyOn(globalThis, 'setTimeout').mockImplementation(hastily as typeof setTimeout)
    mail.faults.add({ kind: 'slow', ms: 2_000 })
    const startedAt = Date.now()
    expect(await sender().deliver(aDelivery())).toMatchObject({ kind: 'passing' })
    expect(Date.now() - startedAt).toBeLessThan(1_500)
    expect(asked).toHaveBeenCalledWith(expect.any(Function), 10_000)
  })

  test.each([
    [409, { name: 'concurrent_idempotent_requests', message: 'In progress.' }, {}, { kind: 'passing' }],
    [429, { name: 'rate_limit_exceeded', message: 'Slow down.' }, {}, pausedFor(2)],
    [429, { name: 'daily_quota_exceeded', message: 'Used up.' }, {}, { kind: 'setup', act: 'everything' }],
    [
      429,
      { name: 'rate_limit_exceeded', message: '' },
      { 'retry-after': 'Thu, 30 Oct 2025 15:01:30 GMT' },
      pausedFor(90),
    ],
    [429, { name: 'rate_limit_exceeded', message: '' }, { 'retry-after': 'soon' }, pausedFor(2)],
    [503, { name: 'internal_server_error', message: 'Down.' }, {}, { kind: 'passing' }],
  ])('%i %j', async (status, body, headers, expected) => {
    const url = await answering(status, { statusCode: status, ...body }, headers)
    const outcome = await sender(url).deliver(aDelivery())
    expect(outcome).toEqual({ error: `${status} ${body.name}: ${body.message}`, ...expected })
  })

  test.each([
    ['a page of a proxy', 502, '<html>Bad gateway</html>', '502 application_error'],
    ['a body of no known shape', 500, { oops: true }, 'no known shape: {"oops":true}'],
    ['null', 500, 'null', 'could not be read'],
    ['a success that is not JSON', 200, 'OK', 'no answer'],
    ['a success that names no mail', 200, {}, 'could not be read'],
    ['an empty success', 200, 'null', 'could not be read'],
    ['a code that nobody knows', 418, { statusCode: 418, name: 'teapot', message: 'Tea.' }, '418 teapot: Tea.'],
  ])('%s', async (_case, status, body, error) => {
    expect(await sender(await answering(status, body)).deliver(aDelivery())).toEqual({
      kind: 'passing',
      error: expect.stringContaining(error),
    })
  })
})

describe('what a refusal is about', () => {
  test.each([
    [400, 'validation_error', { kind: 'refused' }],
    [401, 'missing_api_key', { kind: 'setup', act: 'everything' }],
    [401, 'restricted_api_key', { kind: 'setup', act: 'everything' }],
    [403, 'invalid_api_key', { kind: 'setup', act: 'everything' }],
    [403, 'validation_error', { kind: 'setup', act: 'everything' }],
    [404, 'not_found', { kind: 'passing' }],
    [422, 'invalid_from_address', { kind: 'setup', act: 'everything' }],
    [422, 'invalid_attachment', { kind: 'refused' }],
    [429, 'monthly_quota_exceeded', { kind: 'setup', act: 'everything' }],
  ])('%i %s', async (status, name, expected) => {
    const url = await answering(status, { statusCode: status, name, message: 'What is wrong.' })
    const outcome = await sender(url).deliver(aDelivery())
    expect(outcome).toEqual({ ...expected, error: `${status} ${name}: What is wrong.` })
  })

  test('an address that is none', async () => {
    const recipient = { ...aDelivery().recipient, email: 'nobody' }
    const outcome = await sender().deliver(aDelivery({ recipient }))
    expect(outcome).toEqual({
      kind: 'unreachable',
      error: expect.stringContaining('422 validation_error: Invalid `to`'),
    })
  })

  test('a mail that cannot be made', async () => {
    const recipient = { ...aDelivery().recipient, zone: 'Mars/Olympus' }
    const outcome = await sender().deliver(aDelivery({ recipient }))
    expect(outcome).toEqual({ kind: 'refused', error: expect.stringContaining('the mail could not be made') })
    expect(mail.calls).toEqual([])
  })
})
