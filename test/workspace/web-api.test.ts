import type { KnownBlock } from '@slack/types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import { slackPerson } from '../support/slack-person.ts'
import { startWorkspace, webClient } from './workspace-with-app.ts'

let slack: LocalSlack
beforeAll(async () => {
  slack = await startWorkspace()
})
afterAll(() => slack.close())

const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } })
const refusal = (error: string) => expect.objectContaining({ data: expect.objectContaining({ ok: false, error }) })

describe('who may call', () => {
  it('knows its own token and refuses others with HTTP 200', async () => {
    await expect(webClient(slack).auth.test()).resolves.toMatchObject({ ok: true, team_id: 'TACME', team: 'Acme Cars' })
    await expect(webClient(slack, 'xoxb-other').auth.test()).rejects.toEqual(refusal('invalid_auth'))
    const response = await fetch(`${slack.baseUrl}/slack/api/auth.test`, { method: 'POST' })
    expect([response.status, await response.json()]).toEqual([200, { ok: false, error: 'not_authed' }])
  })

  it('names methods it does not know', async () => {
    await expect(webClient(slack).apiCall('cars.list')).rejects.toEqual(refusal('unknown_method'))
  })
})

describe('users', () => {
  it('finds people by address, with zone and what sets them apart', async () => {
    const { users } = webClient(slack)
    const found = await users.lookupByEmail({ email: 'MAX@example.com' })
    expect(found.user).toMatchObject({ real_name: 'Max Maurer', tz: 'America/New_York', is_restricted: false })
    const guest = await users.lookupByEmail({ email: 'gina@partner.example' })
    expect(guest.user?.is_restricted).toBe(true)
    const stranger = await users.lookupByEmail({ email: 'otto@other.example' })
    expect(stranger.user).toMatchObject({ team_id: 'TOTHER' })
  })

  it.each(['nobody@example.com', 'bot@example.com', 'lea@example.com'])('does not find %s', async (email) => {
    await expect(webClient(slack).users.lookupByEmail({ email })).rejects.toEqual(refusal('users_not_found'))
  })

  it('still knows a person who left by id', async () => {
    const lea = slack.people.find((person) => person.name === 'Lea Left')
    const { user } = await webClient(slack).users.info({ user: lea?.userId ?? '' })
    expect(user).toMatchObject({ deleted: true, profile: { email: 'lea@example.com' } })
    await expect(webClient(slack).users.info({ user: 'UNOBODY' })).rejects.toEqual(refusal('user_not_found'))
  })
})

describe('messages', () => {
  it('posts to a person or their conversation, keeps metadata and fills in block ids', async () => {
    const anna = slackPerson(slack, 'anna@example.com')
    const { chat, conversations } = webClient(slack)
    const opened = await conversations.open({ users: anna.userId })
    expect(opened.channel?.id).toBe(anna.channel)
    const metadata = { event_type: 'delivery', event_payload: { id: 'd1' } }
    const posted = await chat.postMessage({ channel: anna.userId, text: 'one', blocks: [section('first')], metadata })
    await chat.postMessage({ channel: anna.channel, text: 'two' })
    expect(posted.channel).toBe(anna.channel)
    expect(posted.message?.blocks?.[0]?.block_id).toMatch(/^.{5}$/)

    const withMetadata = await conversations.history({ channel: anna.channel, include_all_metadata: true })
    expect(withMetadata.messages?.map((message) => message.text)).toEqual(['two', 'one'])
    expect(withMetadata.messages?.[1]?.metadata).toEqual(metadata)
    await chat.postEphemeral({ channel: anna.channel, user: anna.userId, text: 'psst' })
    const without = await conversations.history({ channel: anna.channel })
    expect(without.messages?.map((message) => message.text)).toEqual(['two', 'one'])
    expect(without.messages?.[1]?.metadata).toBeUndefined()
  })

  it('pages through the history, newest first, between exclusive or inclusive ends', async () => {
    const { userId, channel } = slackPerson(slack, 'max@example.com')
    const { chat, conversations } = webClient(slack)
    const stamps: string[] = []
    for (const text of ['1', '2', '3']) stamps.push((await chat.postMessage({ channel: userId, text })).ts ?? '')
    const [oldest = '', , latest = ''] = stamps
    const texts = async (args: object) =>
      (await conversations.history({ channel, ...args })).messages?.map((message) => message.text)
    expect(await texts({ oldest, latest })).toEqual(['2'])
    expect(await texts({ oldest, latest, inclusive: true })).toEqual(['3', '2', '1'])
    const page = await conversations.history({ channel, limit: 2 })
    expect(page).toMatchObject({ has_more: true })
    expect(await texts({ cursor: page.response_metadata?.next_cursor })).toEqual(['1'])
  })

  it('changes and deletes only its own, lasting messages', async () => {
    const anna = slackPerson(slack, 'anna@example.com')
    const { chat } = webClient(slack)
    const { channel } = anna
    const { ts = '' } = await chat.postMessage({ channel, text: 'asks', blocks: [section('asks')] })
    await chat.update({ channel, ts, text: 'decided' })
    expect(anna.messages().at(-1)).toMatchObject({ text: 'decided', blocks: [{ type: 'section' }] })
    await chat.update({ channel, ts, text: 'decided', blocks: [] })
    expect(anna.messages().at(-1)).toMatchObject({ blocks: [], edited: true })

    await anna.types('thanks')
    const said = anna.messages().at(-1)?.ts ?? ''
    await expect(chat.update({ channel, ts: said, text: 'x' })).rejects.toEqual(refusal('cant_update_message'))
    await expect(chat.update({ channel, ts: '1.2', text: 'x' })).rejects.toEqual(refusal('message_not_found'))
    const whisper = await chat.postEphemeral({ channel, user: anna.userId, text: 'psst' })
    const gone = chat.update({ channel, ts: whisper.message_ts ?? '', text: 'x' })
    await expect(gone).rejects.toEqual(refusal('message_not_found'))
    await chat.delete({ channel, ts })
    await expect(chat.delete({ channel, ts })).rejects.toEqual(refusal('message_not_found'))
  })

  it('writes to nobody who cannot be written to, and nothing empty', async () => {
    const { chat } = webClient(slack)
    const ids = ['Buildbot', 'Lea Left', 'Otto Other'].map(
      (name) => slack.people.find((one) => one.name === name)?.userId,
    )
    for (const channel of [...ids, 'C123', 'UNOBODY']) {
      const posted = chat.postMessage({ channel: channel ?? '', text: 'hello' })
      await expect(posted).rejects.toEqual(refusal('channel_not_found'))
    }
    const { channel } = slackPerson(slack, 'anna@example.com')
    await expect(chat.postMessage({ channel, text: '' })).rejects.toEqual(refusal('no_text'))
    const { ts = '' } = await chat.postMessage({ channel, text: 'x'.repeat(40_001) })
    expect(slack.messages(slackPerson(slack, 'anna@example.com').userId).at(-1)?.text).toHaveLength(40_000)
    await expect(chat.update({ channel, ts, text: 'x'.repeat(4001) })).rejects.toEqual(refusal('msg_too_long'))
  })

  it('says where blocks are wrong, as Slack does', async () => {
    const { channel } = slackPerson(slack, 'anna@example.com')
    const posted = webClient(slack).chat.postMessage({ channel, text: 'x', blocks: [section('x'.repeat(3001))] })
    await expect(posted).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: {
          messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
        },
      },
    })
  })

  it('logs each call with what became of it', async () => {
    await webClient(slack)
      .users.lookupByEmail({ email: 'nobody@example.com' })
      .catch(() => {})
    expect(slack.calls.at(-1)).toMatchObject({
      method: 'users.lookupByEmail',
      args: { email: 'nobody@example.com' },
      outcome: 'users_not_found',
    })
  })
})
