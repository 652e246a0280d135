import type { App, RespondFn } from '@slack/bolt'
import type { KnownBlock } from '@slack/types'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { slackPerson } from '../support/slack-person.ts'
import { startWorkspaceWithApp, type WorkspaceWithApp } from './workspace-with-app.ts'

const card: KnownBlock[] = [
  { type: 'section', text: { type: 'mrkdwn', text: 'Anna wants the *Golf*' } },
  {
    type: 'actions',
    block_id: 'decide',
    elements: [
      { type: 'button', action_id: 'approve', text: { type: 'plain_text', text: 'Approve' }, value: 'step-1' },
      { type: 'button', action_id: 'reject', text: { type: 'plain_text', text: 'Reject' }, value: 'step-1' },
    ],
  },
]

let workspace: WorkspaceWithApp
let respond: RespondFn
let presses: unknown[] = []
let clock = Date.now()

function listen(app: App): void {
  app.command('/book-car', async (args) => {
    respond = args.respond
    await args.ack()
  })
  app.action(/^(approve|reject)$/, async (args) => {
    respond = args.respond
    presses.push(args.body)
    await args.ack()
  })
}

beforeAll(async () => {
  workspace = await startWorkspaceWithApp(listen, { now: () => clock })
})
afterAll(() => workspace.close())
beforeEach(() => {
  presses = []
})

const anna = () => slackPerson(workspace.slack, 'anna@example.com')

async function pressedCard() {
  await workspace.client.chat.postMessage({ channel: anna().userId, text: 'Anna wants the Golf', blocks: card })
  const message = await anna().waitForMessage(/wants the \*Golf/)
  expect(message.buttons()).toEqual(['Approve', 'Reject'])
  expect(await anna().press(message, 'Approve')).toEqual({ ok: true })
  return message
}

it('answers a command five times, for its eyes only unless it says otherwise', async () => {
  await anna().types('/book-car')
  await respond('one')
  await respond({ text: 'two', response_type: 'in_channel' })
  expect(anna().messages().slice(-2)).toMatchObject([
    { text: 'one', ephemeral: true },
    { text: 'two', ephemeral: false },
  ])
  for (const text of ['three', 'four', 'five']) await respond(text)
  await expect(respond('six')).rejects.toThrow('404')
  expect(anna().messages().at(-1)?.text).toBe('five')
})

it('is good for half an hour', async () => {
  await anna().types('/book-car')
  clock += 30 * 60_000
  await respond('just in time')
  clock += 1
  await expect(respond('too late')).rejects.toThrow('404')
})

it('says which message was pressed, with its metadata-free state, value and a new trigger', async () => {
  const message = await pressedCard()
  expect(presses).toMatchObject([
    {
      type: 'block_actions',
      user: { id: anna().userId, team_id: 'TACME' },
      container: { type: 'message', message_ts: message.ts, channel_id: anna().channel, is_ephemeral: false },
      message: { ts: message.ts, text: 'Anna wants the Golf', blocks: message.blocks },
      actions: [{ type: 'button', action_id: 'approve', block_id: 'decide', value: 'step-1' }],
      trigger_id: expect.any(String),
    },
  ])
})

it('replaces and deletes the message that was pressed', async () => {
  const message = await pressedCard()
  const count = anna().messages().length
  await respond({ replace_original: true, text: 'Approved by Max', blocks: [] })
  expect(anna().messages()).toHaveLength(count)
  expect(anna().messages().at(-1)).toMatchObject({ ts: message.ts, text: 'Approved by Max', blocks: [] })
  expect(await anna().press(message, 'Reject')).toEqual({ ok: true })
  await respond({ delete_original: true })
  expect(anna().messages()).toHaveLength(count - 1)
  expect(await anna().press(message, 'Reject')).toMatchObject({ ok: false })
})

it('keeps an ephemeral message back when it is pressed', async () => {
  const { userId, channel } = anna()
  await workspace.client.chat.postEphemeral({ channel, user: userId, text: 'psst', blocks: card })
  await anna().press(await anna().waitForMessage((message) => message.ephemeral && message.blocks.length > 0), 'Reject')
  expect(presses).toMatchObject([{ container: { is_ephemeral: true } }])
  expect(presses[0]).not.toHaveProperty('message')
  await respond({ replace_original: true, text: 'gone' })
  expect(anna().messages().at(-1)).toMatchObject({ text: 'gone', ephemeral: true, blocks: [] })
})
