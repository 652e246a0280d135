import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTeamsAdapter } from '../../../src/surfaces/teams/adapter.ts'
import type { Conversation } from '../../../src/surfaces/teams/conversation.ts'
import { type BotConnector, startBotConnector } from '../../support/bot-connector/start-bot-connector.ts'
import { shownText } from '../../support/bot-connector/teams-person.ts'
import { type ReachedBot, reachedBot, settingsFor } from './reached-bot.ts'

let teams: BotConnector
let clock: Date
let adapter: ReturnType<typeof createTeamsAdapter>

beforeEach(async () => {
  teams = await startBotConnector()
  clock = new Date()
  adapter = createTeamsAdapter(settingsFor(teams), () => clock)
})
afterEach(() => teams.close())

const chatWith = (name: string): Conversation => {
  const { conversationId, userId } = teams.person(name).user
  return { serviceUrl: teams.serviceUrl, conversationId, userId, botId: `28:${teams.appId}` }
}
const say = (text: string, to = 'anna') => adapter.post(chatWith(to), { type: 'message', text })
const seenBy = (name: string) => teams.person(name).sees().map(shownText)
const callsTo = (name: string) => teams.calls.filter((call) => call.name === name)

describe('what is posted', () => {
  it('arrives in the conversation, and can be drawn anew in place', async () => {
    const id = await say('one moment')
    expect(teams.person('anna').sees()).toEqual([expect.objectContaining({ id, updates: 0 })])
    await adapter.update(chatWith('anna'), id, { type: 'message', text: 'done' })
    expect(teams.person('anna').sees()).toEqual([
      expect.objectContaining({ id, updates: 1, activity: expect.objectContaining({ type: 'message', text: 'done' }) }),
    ])
  })

  it('says from whom and to whom it is', async () => {
    await say('hello')
    const { userId, conversationId } = teams.person('anna').user
    expect(callsTo('SendToConversation')[0]?.body).toMatchObject({
      from: { id: `28:${teams.appId}` },
      recipient: { id: userId },
      conversation: { id: conversationId },
    })
  })

  it('keeps a card as it is', async () => {
    const content = {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'TextBlock', text: 'Škoda 🚗 *Octavia*', wrap: true }],
    }
    await adapter.post(chatWith('anna'), {
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
    })
    expect(teams.person('anna').sees()[0]?.activity.attachments).toEqual([expect.objectContaining({ content })])
  })
})

describe('a conversation', () => {
  it('is opened with somebody who has the app', async () => {
    const { user } = teams.person('mara')
    const opened = await adapter.openConversation(teams.serviceUrl, user)
    expect(opened).toEqual(chatWith('mara'))
    await adapter.post(opened, { type: 'message', text: 'hello' })
    expect(seenBy('mara')).toEqual(['hello'])
  })

  it('is not opened with somebody who has not', async () => {
    const { user } = teams.person('mara')
    user.hasApp = false
    const opening = adapter.openConversation(teams.serviceUrl, user)
    await expect(opening).rejects.toMatchObject({ statusCode: 403, code: 'BotNotInConversationRoster' })
  })

  it('tells about its members', async () => {
    const { user } = teams.person('anna')
    const { userId: id, name, email, userPrincipalName, tenantId, aadObjectId, userRole } = user
    const told = { id, name, email, userPrincipalName, tenantId, aadObjectId, userRole }
    expect(await adapter.member(chatWith('anna'), id)).toEqual(told)
    const thread = { ...chatWith('anna'), conversationId: '19:team@thread.tacv2;messageid=1700000000000' }
    expect(await adapter.member(thread, id)).toEqual(told)
  })

  it('does not tell about strangers', async () => {
    const asking = adapter.member(chatWith('anna'), '29:1nobody')
    await expect(asking).rejects.toMatchObject({ statusCode: 404, code: 'MemberNotFoundInConversation' })
  })
})

describe('a refused call', () => {
  it.each([
    ['PreconditionFailed', 412],
    ['Throttled', 429],
    ['InternalServerError', 500],
    ['BadGateway', 502],
    ['ServiceUnavailable', 503],
    ['GatewayTimeout', 504],
  ])('(%s) is told with its status, and is not made again', async (code, statusCode) => {
    teams.faults.add({ kind: 'error', error: code, match: { method: 'SendToConversation' } })
    await expect(say('hello')).rejects.toMatchObject({ statusCode, code })
    expect(callsTo('SendToConversation')).toHaveLength(1)
  })

  it('is told with the pause it asks for, and is not made again', async () => {
    teams.faults.add({ kind: 'rate_limited', retryAfterSeconds: 1, match: { method: 'SendToConversation' } })
    const error = await say('hello').catch((thrown: unknown) => thrown as { response: { headers: Headers } })
    expect(error).toMatchObject({ statusCode: 429 })
    expect(typeof error === 'object' && error.response.headers.get('Retry-After')).toBe('1')
    expect(callsTo('SendToConversation')).toHaveLength(1)
  })

  it.each(['drop_before_acting', 'drop_after_acting'] as const)(
    'without an answer (%s) has no status',
    async (kind) => {
      teams.faults.add({ kind, match: { method: 'SendToConversation' } })
      const error = await say('hello').catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(Error)
      expect(error).toHaveProperty('statusCode', undefined)
      expect(callsTo('SendToConversation')).toHaveLength(1)
      expect(seenBy('anna')).toHaveLength(kind === 'drop_after_acting' ? 1 : 0)
    },
  )
})

describe('the token of outgoing calls', () => {
  it('is one for many calls, to whatever conversation, at the same time or later', async () => {
    await Promise.all([
      say('one'),
      say('two', 'mara'),
      adapter.member(chatWith('anna'), teams.person('anna').user.userId),
    ])
    await say('three')
    expect(teams.authority.issued()).toBe(1)
    const calls = teams.calls.filter(({ name }) => name !== 'token')
    expect(calls).toHaveLength(4)
    expect(new Set(calls.map(({ authorization }) => authorization)).size).toBe(1)
    expect(calls[0]?.authorization).toMatch(/^Bearer ./)
  })

  it.each([
    [3600, 54, 56],
    [120, 0.9, 1.1],
  ])('good for %i seconds is fetched anew some time before it ends', async (lifetime, before, after) => {
    teams.authority.lifetime = lifetime
    const start = +clock
    await say('one')
    clock = new Date(start + before * 60_000)
    await say('two')
    expect(teams.authority.issued()).toBe(1)
    clock = new Date(start + after * 60_000)
    await say('three')
    expect(teams.authority.issued()).toBe(2)
  })

  it('is fetched anew once when it is refused, and the call is made', async () => {
    await say('one')
    teams.authority.revokeTokens()
    await say('two')
    expect(seenBy('anna')).toEqual(['one', 'two'])
    expect(teams.authority.issued()).toBe(2)
  })

  it('that is refused again is given up', async () => {
    teams.faults.add({ kind: 'error', error: 'Unauthorized', match: { method: 'SendToConversation' }, times: 9 })
    await expect(say('hello')).rejects.toMatchObject({ statusCode: 401 })
    expect(callsTo('SendToConversation')).toHaveLength(2)
  })

  it.each([
    [{ appPassword: 'an old one' }, 'invalid_client'],
    [{ appId: '00000000-0000-4000-8000-000000000000' }, 'unauthorized_client'],
    [{ tenantId: 'another' }, 'invalid_request'],
  ])('is refused with %j: then no call can be made, for anybody', async (wrong, code) => {
    adapter = createTeamsAdapter({ ...settingsFor(teams), ...wrong })
    await expect(say('hello')).rejects.toMatchObject({ statusCode: 401, code })
    expect(callsTo('SendToConversation')).toEqual([])
    expect(callsTo('token')).toHaveLength(1)
  })

  it.each([
    [{ kind: 'server_error' }, 500],
    [{ kind: 'rate_limited', retryAfterSeconds: 7 }, 429],
    [{ kind: 'drop_before_acting' }, undefined],
  ] as const)('that cannot be had now (%j) is asked for by the next call', async (fault, statusCode) => {
    teams.faults.add({ ...fault, match: { method: 'token' } })
    const error = await say('one').catch((thrown: unknown) => thrown as { statusCode?: number })
    expect(typeof error === 'object' && error.statusCode).toBe(statusCode)
    await say('two')
    expect(seenBy('anna')).toEqual(['two'])
  })

  it('is carried by what a handler answers in its turn, too', async () => {
    const bot: ReachedBot = await reachedBot()
    bot.handle = async (context) => void (await context.sendActivity('hello yourself'))
    await bot.teams.person('anna').says('hello')
    expect(bot.teams.person('anna').sees().map(shownText)).toEqual(['hello yourself'])
    expect(bot.teams.calls.map(({ name }) => name)).toEqual(['metadata', 'keys', 'token', 'ReplyToActivity'])
    await bot.close()
  })
})
