import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { ActivityTypes } from 'botbuilder'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fields } from '../../../src/workspace/protocol/json.ts'
import { messageFrom } from '../../support/bot-connector/activities.ts'
import type { SignOptions, TokenClaims } from '../../support/bot-connector/authority.ts'
import { type ReachedBot, reachedBot } from './reached-bot.ts'

let bot: ReachedBot
let clock: Date

beforeEach(async () => {
  clock = new Date()
  bot = await reachedBot({ now: () => clock })
})
afterEach(() => bot.close())

const MINUTE = 60
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow
const message = (changes: Fields = {}): Fields => ({
  ...messageFrom(bot.teams.person('anna').user, bot.teams.serviceUrl, 'help'),
  ...changes,
})

describe('what is signed by Teams', () => {
  it('is let in', async () => {
    expect(await bot.teams.deliver(message())).toEqual({ status: 200, body: undefined })
    expect(bot.handled).toEqual(['help'])
  })

  it.each<[string, TokenClaims]>([
    ['has ended just now, by a clock that is a little late', { exp: seconds(-4 * MINUTE) }],
    ['begins soon, by a clock that is a little early', { nbf: seconds(4 * MINUTE) }],
    ['says no beginning', { nbf: undefined }],
  ])('is let in when its token %s', async (_what, claims) => {
    expect((await bot.teams.deliver(message(), bot.teams.authority.sign(claims))).status).toBe(200)
  })

  it('is let in when its key names no channel that it speaks for', async () => {
    bot.teams.authority.rotateKeys([])
    expect((await bot.teams.deliver(message())).status).toBe(200)
  })

  it('answers an invoke as its handler does', async () => {
    bot.handle = async (context) => {
      const value = { status: 200, body: { statusCode: 200, type: 'text', value: 'Done' } }
      await context.sendActivity({ type: ActivityTypes.InvokeResponse, value })
    }
    const answer = await bot.teams.deliver(message({ type: 'invoke', name: 'adaptiveCard/action', value: {} }))
    expect(answer).toEqual({ status: 200, body: { statusCode: 200, type: 'text', value: 'Done' } })
  })
})

describe('what is not', () => {
  const refused = async (authorization: string | null, activity: Fields = message()) => {
    const printed = vi.spyOn(console, 'error')
    const answer = await bot.teams.deliver(activity, authorization)
    expect(answer).toEqual({ status: 401, body: { error: expect.any(String) } })
    expect(bot.handled).toEqual([])
    expect([bot.logged, printed.mock.calls], 'a log that anybody can fill').toEqual([[], []])
  }

  it('is refused without a header', () => refused(null))

  it.each(['garbage', 'Bearer', 'Bearer a.b.c', 'Bearer e30.e30.', 'Basic YTpi', 'Bearer {}.{}.{}'])(
    'is refused with the header "%s"',
    (header) => refused(header),
  )

  it.each<[string, TokenClaims, SignOptions]>([
    ['signed with another key than the one it names', {}, { key: 'stranger' }],
    ['signed with a key nobody knows', {}, { kid: 'unknown' }],
    ['not signed at all (alg none)', {}, { algorithm: 'none' }],
    ['that says it is not signed, whatever else it carries', {}, { header: { alg: 'none' } }],
    ['signed with the public key as a secret (HS256)', {}, { algorithm: 'HS256' }],
    ['signed in another way than agreed', {}, { algorithm: 'RS512' }],
    ['with an extension that must be understood', {}, { header: { crit: ['b64'], b64: false } }],
    ['for another bot', { aud: '00000000-0000-4000-8000-000000000000' }, {}],
    ['for several bots', { aud: ['5f9c1e0a-3b7d-4e21-8c46-0a1b2c3d4e5f', 'other'] }, {}],
    ['for nobody', { aud: undefined }, {}],
    ['by another issuer', { iss: 'https://api.botframework.com.example.org' }, {}],
    [
      'by an issuer that the SDK trusts in emulators',
      { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' },
      {},
    ],
    ['by nobody', { iss: undefined }, {}],
    ['that has ended', { exp: seconds(-6 * MINUTE) }, {}],
    ['that never ends', { exp: undefined }, {}],
    ['that is not valid yet', { nbf: seconds(6 * MINUTE) }, {}],
    ['for another service URL', { serviceurl: 'https://smba.example.org/emea/' }, {}],
    ['for no service URL', { serviceurl: undefined }, {}],
  ])('is refused with a token %s', (_what, claims, options) => refused(bot.teams.authority.sign(claims, options)))

  it('is refused when the token was changed after it was signed', () => {
    const [head, , signature] = bot.teams.authority.sign({ aud: 'another' }).split('.')
    const [, claims] = bot.teams.authority.sign().split('.')
    return refused([head, claims, signature].join('.'))
  })

  it('is refused when the activity names another service URL than its token', () =>
    refused(bot.teams.authority.sign(), message({ serviceUrl: 'https://smba.example.org/emea/' })))

  it.each(['emulator', 'webchat', 'AppService', 'MSTEAMS', ''])(
    'is refused from the channel "%s" before its token is looked at',
    async (channelId) => {
      bot.teams.authority.rotateKeys([])
      await refused(bot.teams.authority.sign(), message({ channelId }))
      expect(bot.teams.calls).toEqual([])
    },
  )

  it('is refused when it has ended by our clock', () => {
    clock = new Date(+clock + 2 * 3600_000)
    return refused(bot.teams.authority.sign())
  })

  it.each<[string, TokenClaims]>([
    ['issuer', { iss: 'https://login.example.org' }],
    ['audience', { aud: '00000000-0000-4000-8000-000000000000' }],
  ])('is refused for its %s without a look for keys', async (_what, claims) => {
    await refused(bot.teams.authority.sign(claims, { kid: 'unknown' }))
    expect(bot.teams.calls).toEqual([])
  })

  it('is refused when its key may not speak for Teams', () => {
    bot.teams.authority.rotateKeys(['webchat'])
    return refused(bot.teams.authority.sign())
  })
})

describe('another tenant', () => {
  it.each<[string, Fields]>([
    ['by its conversation', { conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'another' } }],
    [
      'by its channel data',
      { conversation: { id: 'a:1', conversationType: 'personal' }, channelData: { tenant: { id: 'another' } } },
    ],
    ['by naming none', { conversation: { id: 'a:1', conversationType: 'personal' }, channelData: undefined }],
  ])('is refused, told %s', async (_how, changes) => {
    expect(await bot.teams.deliver(message(changes))).toEqual({ status: 403, body: { error: 'another tenant' } })
    expect(bot.handled).toEqual([])
    expect(bot.logged).toEqual([])
  })
})

describe('what Teams would never send', () => {
  it.each<[string, string]>([
    ['no JSON', 'help'],
    ['a list', '[]'],
    ['nothing', ''],
    ['no activity', '{"type":"message"}'],
  ])('is refused: %s', async (_what, body) => {
    expect((await bot.teams.deliver(body)).status).toBe(400)
  })

  it('is refused when it is too large', async () => {
    const answer = await bot.teams.deliver(message({ text: 'x'.repeat(257 * 1024) }))
    expect(answer).toEqual({ status: 413, body: { error: 'too large' } })
  })

  it('is refused when it is too large, and its size is not said', async () => {
    const response = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const headers = { authorization: bot.teams.authority.sign(), 'transfer-encoding': 'chunked' }
      const call = request(bot.url, { method: 'POST', headers }, async (answer) =>
        resolve({ status: answer.statusCode, body: await text(answer) }),
      )
      call.on('error', reject)
      call.end('x'.repeat(8 * 1024 * 1024))
    })
    expect(response).toEqual({ status: 413, body: '{"error":"too large"}' })
  })

  it('is not logged when it is cut off on its way', async () => {
    const headers = { authorization: bot.teams.authority.sign(), 'content-length': 100 }
    const call = request(bot.url, { method: 'POST', headers })
    call.on('error', () => {})
    call.write('{"type":')
    await pause(20)
    call.destroy()
    await pause(20)
    expect(bot.logged).toEqual([])
  })

  it('is refused unless it is posted', async () => {
    const response = await fetch(bot.url, { headers: { authorization: bot.teams.authority.sign() } })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })
})

describe('a handler', () => {
  it.each(['message', 'invoke'])('that fails on a %s is logged, and Teams hears that it failed', async (type) => {
    bot.handle = async () => {
      throw new Error('no database')
    }
    expect(await bot.teams.deliver(message({ type }))).toEqual({ status: 500, body: { error: 'internal' } })
    expect(bot.logged).toEqual([expect.objectContaining({ err: new Error('no database') })])
  })

  it('that leaves an invoke without an answer is logged', async () => {
    expect((await bot.teams.deliver(message({ type: 'invoke' }))).status).toBe(501)
    expect(bot.logged).toHaveLength(1)
  })
})
