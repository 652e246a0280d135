import { on, once } from 'node:events'
import { request } from 'node:http'
import type { App } from '@slack/bolt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { WorkspacePersonState, WorkspaceState } from '../../src/workspace/protocol/page-api.ts'
import { slackPerson } from '../support/slack-person.ts'
import { startWorkspaceWithApp, type WorkspaceWithApp } from './workspace-with-app.ts'

let workspace: WorkspaceWithApp
beforeAll(async () => {
  workspace = await startWorkspaceWithApp((app: App) => {
    app.command('/book-car', async ({ ack }) => ack('Opening …'))
  })
})
afterAll(() => workspace.close())

const anna = () => slackPerson(workspace.slack, 'anna@example.com')
const changesUrl = () => `${workspace.slack.baseUrl.replace('http', 'ws')}/changes`
const get = async <T>(path: string) => (await fetch(`${workspace.slack.baseUrl}${path}`)).json() as Promise<T>

/** A raw request, since fetch does not let anybody choose Host and Origin. */
function raw(path: string, headers: Record<string, string>, body?: string): Promise<{ status: number; body: string }> {
  const url = new URL(`${workspace.slack.baseUrl}${path}`)
  return new Promise((resolve, reject) => {
    const req = request(url, { method: body === undefined ? 'GET' : 'POST', headers }, async (res) => {
      let text = ''
      for await (const chunk of res) text += chunk
      resolve({ status: res.statusCode ?? 0, body: text })
    })
    req.on('error', reject)
    req.end(body)
  })
}

describe('what the page sees', () => {
  it('names those who can be chosen, and what they have not seen', async () => {
    const { channel, userId } = anna()
    await workspace.client.chat.postMessage({ channel, text: 'hello' })
    const unread = async () => {
      const { people } = await get<WorkspaceState>('/state')
      return people.find((person) => person.userId === userId)?.unread
    }
    const { people } = await get<WorkspaceState>('/state')
    expect(people.map((person) => person.name)).toEqual(['Anna Berg', 'Max Maurer', 'Gina Guest'])
    expect(await unread()).toBe(1)
    await get(`/people/${userId}?tab=mailbox`)
    expect(await unread()).toBe(1)
    const seen = await get<WorkspacePersonState>(`/people/${userId}?tab=messages`)
    expect(seen).toMatchObject({ messages: [{ text: 'hello', from: 'bot' }], modals: [], home: null, mails: [] })
    expect(await unread()).toBe(0)
    const { version } = await get<WorkspaceState>('/state')
    await get(`/people/${userId}?tab=messages`)
    expect((await get<WorkspaceState>('/state')).version).toBe(version)
  })

  it('hears of changes as they happen', async () => {
    const window = new WebSocket(changesUrl())
    const versions = on(window, 'message')
    const next = async () => Number(String(((await versions.next()).value as [Buffer])[0]))
    const first = await next()
    await workspace.client.chat.postMessage({ channel: anna().channel, text: 'news' })
    let told = await next()
    // A change from before the window was opened may be told once more.
    while (told === first) told = await next()
    expect(told).toBe(first + 1)
    window.close()
  })

  it.each([{ host: 'evil.example' }, { origin: 'https://evil.example' }])(
    'tells changes to nobody else: %o',
    async (headers) => {
      const window = new WebSocket(changesUrl(), { headers }).on('error', () => {})
      const [, { statusCode }] = (await once(window, 'unexpected-response')) as [unknown, { statusCode: number }]
      expect(statusCode).toBe(403)
    },
  )
})

describe('what the page does', () => {
  const json = { 'content-type': 'application/json' }
  const say = (headers: Record<string, string>, body = JSON.stringify({ text: '/book-car' })) =>
    raw(`/people/${anna().userId}/say`, headers, body)

  it('acts for a person', async () => {
    const answered = await say(json)
    expect(answered).toEqual({ status: 200, body: JSON.stringify({ ok: true }) })
    expect(anna().messages().at(-1)).toMatchObject({ text: 'Opening …', ephemeral: true })
  })

  it.each([
    ['another host', { host: 'evil.example' }, 403],
    ['a host that only begins like ours', { host: '127.0.0.1.evil.example' }, 403],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['another port’s origin', { origin: 'http://127.0.0.1:1' }, 403],
    ['no origin at all', { origin: 'null' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
  ])('refuses %s', async (_who, headers, status) => {
    const before = anna().messages().length
    expect((await say({ ...json, ...headers })).status).toBe(status)
    expect(anna().messages()).toHaveLength(before)
  })

  it.each(['/state', '/people/x'])('shows %s to no other host', async (path) => {
    expect((await raw(path, { host: 'evil.example' })).status).toBe(403)
  })

  it('takes localhost by name', async () => {
    const { port } = new URL(workspace.slack.baseUrl)
    for (const host of [`localhost:${port}`, `[::1]:${port}`]) {
      expect((await say({ ...json, host, origin: `http://${host}` })).status).toBe(200)
    }
  })

  it('refuses what is no act, has no sense, or is too long', async () => {
    expect((await raw(`/people/${anna().userId}/shout`, json, '{}')).status).toBe(404)
    expect((await raw('/people/UNOBODY/say', json, '{"text":"x"}')).status).toBe(404)
    expect((await say(json, '{"words":1}')).status).toBe(400)
    expect((await say(json, JSON.stringify({ text: 'x'.repeat(1_000_001) }))).status).toBe(413)
  })

  it('leaves other paths to others', async () => {
    expect((await raw('/', {})).status).toBe(404)
    expect((await raw('/page.js', {})).status).toBe(404)
  })
})
