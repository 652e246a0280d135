import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebClient } from '@slack/web-api'
import { expect, it } from 'vitest'
import { createSlackProfiles, zoneOf } from '../../../src/surfaces/slack/profiles.ts'
import { chatUrlOf, createTokenIdentity } from '../../../src/surfaces/slack/token-identity.ts'

it.each([
  ['Asia/Tokyo', 'Asia/Tokyo'],
  ['Mars/Olympus', null],
  ['', null],
])('a profile with the zone “%s” gives %s', (tz, expected) => {
  expect(zoneOf({ tz })).toBe(expected)
})

it('a profile without a zone gives none', () => {
  expect(zoneOf({})).toBeNull()
})

it('somebody is known by a Slack that says neither their team nor which app is ours', async () => {
  const answers: Record<string, object> = {
    '/auth.test': { ok: true, team_id: 'T1', user_id: 'UBOT', bot_id: 'B1' },
    '/bots.info': { ok: false, error: 'unknown_method' },
    '/users.info': { ok: true, user: { id: 'U1', tz: 'Asia/Tokyo', profile: { email: 'anna@example.com' } } },
    '/users.lookupByEmail': { ok: true, user: { id: 'U1', profile: { email: 'anna@example.com' } } },
  }
  const server = createServer((request, response) => {
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(answers[request.url ?? ''] ?? { ok: false }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as AddressInfo
    const client = new WebClient('xoxb-1', { slackApiUrl: `http://127.0.0.1:${port}/` })
    const identity = createTokenIdentity(client)
    const profiles = createSlackProfiles(client, [], identity)
    expect(await profiles.profileOf('U1')).toEqual({
      isMember: true,
      email: 'anna@example.com',
      timeZone: 'Asia/Tokyo',
    })
    expect((await profiles.findByEmail('anna@example.com'))?.identity.tenantId).toBe('T1')
    expect(await chatUrlOf(identity)).toBeNull()
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
