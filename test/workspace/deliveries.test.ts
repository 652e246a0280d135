import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import { slackPerson } from '../support/slack-person.ts'
import { waitUntil } from '../support/wait-until.ts'
import { SIGNING_SECRET, startWorkspace } from './workspace-with-app.ts'

interface Received {
  headers: IncomingMessage['headers']
  body: string
}

/** A bare server in the app's place: sees the raw requests, answers as it is told. */
async function startReceiver(answer: (res: ServerResponse, count: number) => void) {
  const received: Received[] = []
  const server = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    received.push({ headers: req.headers, body })
    answer(res, received.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

let slack: LocalSlack
let receiver: Awaited<ReturnType<typeof startReceiver>>
let answer: (res: ServerResponse, count: number) => void

beforeEach(async () => {
  answer = (res) => res.end()
  receiver = await startReceiver((res, count) => answer(res, count))
  slack = await startWorkspace({ requestUrl: receiver.url })
})
afterEach(async () => {
  receiver.close()
  await slack.close()
})

describe('a profile that changes', () => {
  it('is told as user_change, with the whole user', async () => {
    const anna = slackPerson(slack, 'anna@example.com')
    expect(await slack.changeTimeZone(anna.userId, 'Asia/Tokyo')).toEqual({ ok: true })
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received
    expect(headers['content-type']).toBe('application/json')
    expect(JSON.parse(body)).toMatchObject({
      type: 'event_callback',
      team_id: 'TACME',
      event: {
        type: 'user_change',
        user: { id: anna.userId, team_id: 'TACME', tz: 'Asia/Tokyo', tz_offset: 9 * 3600 },
        cache_ts: expect.any(Number),
        event_ts: expect.stringMatching(/^\d+\.\d{6}$/),
      },
    })
    expect(slack.people.find(({ userId }) => userId === anna.userId)?.timeZone).toBe('Asia/Tokyo')
  })

  it('of somebody in another organisation keeps their own team', async () => {
    await slack.changeTimeZone(slackPerson(slack, 'otto@other.example').userId, 'Asia/Tokyo')
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      team_id: 'TACME',
      event: { user: { team_id: 'TOTHER' } },
    })
  })
})

describe('a slash command', () => {
  it('is a form, signed with the shared secret', async () => {
    const anna = slackPerson(slack, 'anna@example.com')
    expect(await anna.types('/book-car  tomorrow 9-11')).toEqual({ ok: true })
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received
    const base = `v0:${headers['x-slack-request-timestamp']}:${body}`
    const expected = createHmac('sha256', SIGNING_SECRET).update(base).digest('hex')
    expect(headers['x-slack-signature']).toBe(`v0=${expected}`)
    expect(Math.abs(Number(headers['x-slack-request-timestamp']) - Date.now() / 1000)).toBeLessThan(5)
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      command: '/book-car',
      text: 'tomorrow 9-11',
      user_id: anna.userId,
      user_name: 'anna',
      channel_id: anna.channel,
      team_id: 'TACME',
      response_url: expect.stringContaining(`${slack.baseUrl}/slack/response/`),
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
    })
    expect(anna.messages()).toEqual([])
  })

  it('shows what its acknowledgement says', async () => {
    const anna = slackPerson(slack, 'anna@example.com')
    answer = (res) => res.end('just text')
    await anna.types('/book-car')
    answer = (res) => {
      res.setHeader('content-type', 'application/json')
      res.end(JSON.stringify({ response_type: 'in_channel', text: 'for all' }))
    }
    await anna.types('/book-car')
    expect(anna.messages()).toMatchObject([
      { text: 'just text', ephemeral: true },
      { text: 'for all', ephemeral: false },
    ])
  })

  it('fails in Slack’s words, once, when the app fails', async () => {
    answer = (res) => {
      res.statusCode = 500
      res.end()
    }
    const result = await slackPerson(slack, 'anna@example.com').types('/book-car')
    expect(result).toEqual({ ok: false, error: '/book-car failed with the error “dispatch_failed”' })
    expect(receiver.received).toHaveLength(1)
  })

  it('fails after three seconds of silence', async () => {
    answer = () => {}
    const result = await slackPerson(slack, 'anna@example.com').types('/book-car')
    expect(result).toEqual({ ok: false, error: '/book-car failed with the error “operation_timeout”' })
    expect(receiver.received).toHaveLength(1)
  })

  it('that nobody declared is answered by Slack itself', async () => {
    const anna = slackPerson(slack, 'anna@example.com')
    await anna.types('/xyz now')
    expect(anna.messages()).toMatchObject([
      { ephemeral: true, text: expect.stringContaining('/xyz is not a valid command') },
    ])
    expect(receiver.received).toEqual([])
  })
})

describe('an event', () => {
  it('is repeated with its number and reason until it is taken', async () => {
    answer = (res, count) => {
      res.statusCode = count < 3 ? 503 : 200
      res.end()
    }
    const anna = slackPerson(slack, 'anna@example.com')
    expect(await anna.opensHome()).toEqual({ ok: true })
    expect(receiver.received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2'])
    expect(receiver.received[2]?.headers['x-slack-retry-reason']).toBe('http_error')
    const events = receiver.received.map(({ body }) => JSON.parse(body))
    expect(events[0]).toMatchObject({
      type: 'event_callback',
      team_id: 'TACME',
      event: { type: 'app_home_opened', user: anna.userId, tab: 'home' },
    })
    expect(new Set(events.map((event) => event.event_id)).size).toBe(1)
  })

  it('is given up after three repetitions, or at once when the app says so', async () => {
    answer = (res, count) => {
      res.statusCode = 500
      if (count > 4) res.setHeader('X-Slack-No-Retry', '1')
      res.end()
    }
    const anna = slackPerson(slack, 'anna@example.com')
    expect(await anna.opensHome()).toMatchObject({ ok: false })
    expect(receiver.received).toHaveLength(4)
    await anna.opensHome()
    expect(receiver.received).toHaveLength(5)
  })
})

it('sends a global shortcut, and a member of another organisation with their own team', async () => {
  await slackPerson(slack, 'otto@other.example').globalShortcut('book_car')
  await waitUntil(() => receiver.received.length === 1, 'the shortcut')
  const payload = JSON.parse(new URLSearchParams(receiver.received[0]?.body).get('payload') ?? '')
  expect(payload).toMatchObject({
    type: 'shortcut',
    callback_id: 'book_car',
    team: { id: 'TOTHER' },
    user: { team_id: 'TOTHER' },
    trigger_id: expect.any(String),
  })
})

it('lets nobody act who has left', async () => {
  expect(await slackPerson(slack, 'lea@example.com').types('/book-car')).toMatchObject({ ok: false })
  expect(receiver.received).toEqual([])
})
