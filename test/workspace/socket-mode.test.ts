import type { WebClient } from '@slack/web-api'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import { slackPerson } from '../support/slack-person.ts'
import { startWorkspace, webClient } from './workspace-with-app.ts'

const APP_TOKEN = 'xapp-workspace-test'

let slack: LocalSlack
beforeAll(async () => {
  slack = await startWorkspace({ appToken: APP_TOKEN })
})
afterAll(() => slack.close())

const openUrl = async (client: WebClient) => (await client.apps.connections.open({})).url ?? ''
const anna = () => slackPerson(slack, 'anna@example.com')

/** The messages that come over a connection, in order. */
function messagesOver(socket: WebSocket): () => Promise<Record<string, unknown>> {
  const come: Record<string, unknown>[] = []
  const wanted: ((message: Record<string, unknown>) => void)[] = []
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Record<string, unknown>
    const next = wanted.shift()
    if (next) next(message)
    else come.push(message)
  })
  return () => new Promise((resolve) => (come[0] ? resolve(come.shift() ?? {}) : wanted.push(resolve)))
}

function refused(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    new WebSocket(url)
      .on('unexpected-response', (_request, { statusCode }) => resolve(statusCode))
      .on('error', () => {})
  })
}

it('opens connections with the app-level token alone, which is good for nothing else', async () => {
  await expect(openUrl(webClient(slack))).rejects.toThrow('not_allowed_token_type')
  await expect(webClient(slack, APP_TOKEN).auth.test()).rejects.toThrow('not_allowed_token_type')
  await expect(openUrl(webClient(slack, 'xapp-other'))).rejects.toThrow('invalid_auth')
})

it('fails whatever somebody does while the app has no connection', async () => {
  expect(await anna().types('/book-car')).toMatchObject({
    ok: false,
    error: expect.stringContaining('dispatch_failed'),
  })
})

it('says hello, sends envelopes and takes their acknowledgement as the answer', async () => {
  const url = await openUrl(webClient(slack, APP_TOKEN))
  const socket = new WebSocket(url)
  const next = messagesOver(socket)
  expect(await next()).toMatchObject({ type: 'hello', num_connections: 1 })
  expect(await refused(url)).toBe(403)

  const typing = anna().types('/book-car mine')
  const command = await next()
  expect(command).toMatchObject({
    type: 'slash_commands',
    accepts_response_payload: true,
    payload: { command: '/book-car', text: 'mine', user_id: anna().userId },
  })
  socket.send(JSON.stringify({ envelope_id: 'of somebody else', payload: { text: 'wrong' } }))
  socket.send(JSON.stringify({ envelope_id: command.envelope_id, payload: { text: 'nothing yet' } }))
  expect(await typing).toEqual({ ok: true })
  expect(anna().messages().at(-1)).toMatchObject({ text: 'nothing yet', ephemeral: true })

  const shortcut = anna().globalShortcut('book_car')
  expect(await next()).toMatchObject({ type: 'interactive', payload: { type: 'shortcut', callback_id: 'book_car' } })
  socket.close()
  expect(await shortcut).toMatchObject({ ok: false })
})
