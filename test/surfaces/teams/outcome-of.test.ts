import { describe, expect, it } from 'vitest'
import { AccessTokenError } from '../../../src/surfaces/teams/access-token.ts'
import { outcomeOf, Undeliverable } from '../../../src/surfaces/teams/outcome-of.ts'
import { NOW } from '../../support/builders.ts'

/** As the SDK tells it: an error with the status, Teams' code and the headers. */
function refused(statusCode: number, code?: string, headers: Record<string, string> = {}): Error {
  const message = `Trace ID ${crypto.randomUUID()}`
  return Object.assign(new Error(message), { statusCode, code, response: { headers: new Headers(headers) } })
}

function noToken(code: string, status: number, headers: Record<string, string> = {}): Error {
  return new AccessTokenError(code, new Response(null, { status, headers }))
}

function outcomeAfter(error: unknown) {
  return outcomeOf(
    () => Promise.reject(error),
    () => NOW,
  )
}

describe('outcomeOf', () => {
  it('says where the message is', async () => {
    const outcome = await outcomeOf(
      async () => ({ externalId: 'a:1|2' }),
      () => NOW,
    )
    expect(outcome).toEqual({ kind: 'sent', externalId: 'a:1|2' })
  })

  it.each([
    ['408', refused(408)],
    ['412', refused(412, 'PreconditionFailed')],
    ['500', refused(500, 'ServiceError')],
    ['502', refused(502, 'ServiceError')],
    ['503', refused(503)],
    ['504', refused(504)],
    ['an answer that cannot be read', refused(200, 'PARSE_ERROR')],
    ['no answer', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
    ['something that is no error', 'thrown'],
    ['a refusal that nobody knows', refused(403, 'MoonInTheWrongPhase')],
    ['a refusal without a code', refused(403)],
  ])('tries again after %s, and pauses nobody', async (_what, error) => {
    expect(await outcomeAfter(error)).toEqual({ kind: 'passing', error: expect.stringMatching(/./) })
  })

  it.each([
    ['seconds', '7', 7],
    ['a moment', 'Mon, 02 Nov 2026 08:00:30 GMT', 30],
  ])('pauses one conversation for as long as a 429 says in %s', async (_how, retryAfter, seconds) => {
    const outcome = await outcomeAfter(refused(429, 'Throttled', { 'Retry-After': retryAfter }))
    expect(outcome).toEqual({
      kind: 'paused',
      error: 'HTTP 429 Throttled',
      seconds,
      act: 'everything',
      personOnly: true,
    })
  })

  it.each([
    ['no pause', {}],
    ['a pause that nobody can read', { 'Retry-After': 'soon' }],
    ['a pause of nothing', { 'Retry-After': '0' }],
    ['a pause that is over', { 'Retry-After': 'Mon, 02 Nov 2026 07:59:00 GMT' }],
  ])('leaves a 429 with %s to the growing pauses of its own message', async (_what, headers) => {
    const outcome = await outcomeAfter(refused(429, 'Throttled', headers))
    expect(outcome).toEqual({ kind: 'passing', error: 'HTTP 429 Throttled' })
  })

  it.each([
    [400, 'Bad Argument', 'refused', 'HTTP 400 Bad Argument'],
    [
      403,
      'BotNotInConversationRoster',
      'unreachable',
      'the app is not installed for them in Teams (HTTP 403 BotNotInConversationRoster)',
    ],
    [
      403,
      'ConversationBlockedByUser',
      'unreachable',
      'they blocked the app in Teams (HTTP 403 ConversationBlockedByUser)',
    ],
    [404, 'ConversationNotFound', 'unreachable', 'their chat with the app is gone (HTTP 404 ConversationNotFound)'],
    [413, 'MessageSizeTooBig', 'refused', 'HTTP 413 MessageSizeTooBig'],
  ])('says what %i %s is about', async (status, code, kind, error) => {
    expect(await outcomeAfter(refused(status, code))).toEqual({ kind, error })
  })

  it('blames our set-up when Teams does not know us', async () => {
    const outcome = await outcomeAfter(refused(401, 'BotNotRegistered'))
    expect(outcome).toEqual({ kind: 'setup', error: 'HTTP 401 BotNotRegistered', act: 'everything' })
  })

  it('says of one error the same each time, so that the admins hear of it once', async () => {
    expect(await outcomeAfter(refused(403, 'NotEnoughPermissions'))).toEqual(
      await outcomeAfter(refused(403, 'NotEnoughPermissions')),
    )
  })

  describe('where there is no token to call with', () => {
    it('blames our set-up when it is refused', async () => {
      expect(await outcomeAfter(noToken('invalid_client', 401))).toEqual({
        kind: 'setup',
        error: expect.stringContaining('invalid_client'),
        act: 'everything',
      })
      expect(await outcomeAfter(noToken('unauthorized_client', 400))).toMatchObject({
        kind: 'setup',
        act: 'everything',
      })
    })

    it('tries again when that may pass', async () => {
      const outcome = await outcomeAfter(noToken('temporarily_unavailable', 503))
      expect(outcome).toEqual({ kind: 'passing', error: expect.stringContaining('temporarily_unavailable') })
    })

    it('pauses for as long as the authority says', async () => {
      expect(await outcomeAfter(noToken('too_many_requests', 429, { 'Retry-After': '12' }))).toMatchObject({
        kind: 'paused',
        seconds: 12,
        personOnly: false,
      })
    })
  })

  it('gives up on somebody whom nothing can reach', async () => {
    expect(await outcomeAfter(new Undeliverable('has not come yet'))).toEqual({
      kind: 'unreachable',
      error: 'has not come yet',
    })
  })
})
