import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Resend } from 'resend'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { slackPerson } from '../support/slack-person.ts'
import { startWorkspace, webClient } from './workspace-with-app.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workspace-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('shows the same after a restart: conversations, Home tabs, mails and their keys', async () => {
  const snapshotFile = join(folder, 'deep', 'workspace.json')
  const before = await startWorkspace({ snapshotFile })
  const { userId, channel } = slackPerson(before, 'anna@example.com')
  const { ts = '' } = await webClient(before).chat.postMessage({
    channel,
    text: 'hello',
    metadata: { event_type: 'delivery', event_payload: { id: 'd1' } },
  })
  await webClient(before).views.publish({ user_id: userId, view: { type: 'home', blocks: [{ type: 'divider' }] } })
  const mail = { from: 'cars@example.com', to: 'anna@example.com', subject: 'Approved', text: 'Yes' }
  const sent = await new Resend('re_1', { baseUrl: `${before.baseUrl}/mail` }).emails.send(mail, {
    idempotencyKey: 'k',
  })
  const kept = { messages: before.messages(userId), home: before.home(userId), mails: before.mail.to(mail.to) }
  await before.close()

  const after = await startWorkspace({ snapshotFile })
  expect({ messages: after.messages(userId), home: after.home(userId), mails: after.mail.to(mail.to) }).toEqual(kept)
  await webClient(after).chat.update({ channel, ts, text: 'changed' })
  expect(after.messages(userId)).toMatchObject([{ text: 'changed', metadata: { event_type: 'delivery' } }])
  const again = await new Resend('re_1', { baseUrl: `${after.baseUrl}/mail` }).emails.send(mail, {
    idempotencyKey: 'k',
  })
  expect(again.data?.id).toBe(sent.data?.id)
  await after.close()
})

it('is written soon after a change, whole', async () => {
  const snapshotFile = join(folder, 'workspace.json')
  const slack = await startWorkspace({ snapshotFile })
  const { channel } = slackPerson(slack, 'anna@example.com')
  for (const text of ['1', '2', '3']) await webClient(slack).chat.postMessage({ channel, text })
  const written = async () => JSON.parse(await readFile(snapshotFile, 'utf8').catch(() => '{}')).messages?.length
  await expect.poll(written).toBe(3)
  expect(await readdir(folder)).toEqual(['workspace.json'])
  expect((await stat(snapshotFile)).mode & 0o077, 'what others may do with it').toBe(0)
  await slack.close()
})
