import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalConnector, startLocalConnector } from '../../src/workspace/playground/local-connector.ts'
import { startAnsweringServer } from '../support/answering-server.ts'

let connector: LocalConnector

beforeAll(async () => {
  connector = await startLocalConnector()
})
afterAll(() => connector.close())

const MEMBERS = 'v3/conversations/one/members/two'

function askToken(changes: Record<string, string> = {}) {
  const { loginUrl, tenantId, appId, appPassword } = connector.settings
  const form = {
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: appPassword,
    scope: 'https://api.botframework.com/.default',
    ...changes,
  }
  return fetch(`${loginUrl}/${tenantId}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) })
}

async function bearer(): Promise<Record<string, string>> {
  const { access_token: token } = (await (await askToken()).json()) as { access_token: string }
  return { authorization: `Bearer ${token}` }
}

describe('what the bot sends', () => {
  it('goes to the client of its line, and the answer comes back', async () => {
    const client = await startAnsweringServer(() => ({ status: 201, body: { id: 'posted' } }))
    const line = connector.open('anna')
    line.clientUrl = client.url
    const answer = await fetch(`${line.serviceUrl}v3/conversations/one/activities`, {
      method: 'POST',
      headers: await bearer(),
      body: '{}',
    })
    expect([answer.status, await answer.json()]).toEqual([201, { id: 'posted' }])
    client.close()
  })

  it('goes nowhere without a token of ours', async () => {
    const { serviceUrl } = connector.open('anna')
    expect((await fetch(`${serviceUrl}${MEMBERS}`)).status).toBe(401)
    const headers = { authorization: 'Bearer made-up' }
    expect((await fetch(`${serviceUrl}${MEMBERS}`, { headers })).status).toBe(401)
  })

  it('is answered so that it is tried again while the client does not run', async () => {
    const line = connector.open('anna')
    const headers = await bearer()
    expect((await fetch(`${line.serviceUrl}${MEMBERS}`, { headers })).status).toBe(503)
    line.clientUrl = 'http://127.0.0.1:1'
    expect((await fetch(`${line.serviceUrl}${MEMBERS}`, { headers })).status).toBe(502)
    expect((await fetch(`${line.serviceUrl.replace('anna', 'nobody')}${MEMBERS}`, { headers })).status).toBe(404)
  })

  it.each([
    [{ client_secret: 'guessed' }, 401],
    [{ client_id: 'another' }, 400],
    [{ scope: 'https://graph.microsoft.com/.default' }, 400],
    [{ grant_type: 'password' }, 400],
  ])('gets no token for %o', async (changes, status) => {
    expect((await askToken(changes)).status).toBe(status)
  })
})

describe('what a page of another site sends', () => {
  it('is refused, by its origin and by the name it was sent to', async () => {
    const { messagesUrl } = connector.open('anna')
    const headers = { origin: 'https://evil.example' }
    expect((await fetch(messagesUrl, { method: 'POST', headers, body: '{}' })).status).toBe(403)
    expect(await statusWithHost(messagesUrl, 'evil.example')).toBe(403)
  })
})

it('says when the bot does not take an activity', async () => {
  const bot = await startAnsweringServer(() => ({ status: 401, body: {} }))
  connector.botUrl = bot.url
  await expect(connector.open('anna').send({ type: 'message' })).rejects.toThrow('401')
  bot.close()
})

/** `fetch` lets nobody choose the host header. */
function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'HEAD', headers: { host } }, (response) => resolve(response.statusCode))
      .on('error', reject)
      .end()
  })
}
