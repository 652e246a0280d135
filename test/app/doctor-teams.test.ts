import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkTeamsAccounts } from '../../src/store/check-teams-accounts.ts'
import { checkTeams } from '../../src/surfaces/teams/check-teams.ts'
import { startAnsweringServer } from '../support/answering-server.ts'
import { type BotConnector, startBotConnector } from '../support/bot-connector/start-bot-connector.ts'
import { type Company, openCompany } from '../support/company.ts'
import { runNpmCommand } from '../support/run-npm-command.ts'

let microsoft: BotConnector
beforeAll(async () => {
  microsoft = await startBotConnector()
})
afterAll(() => microsoft.close())

/** As if Microsoft were the double, but for what is said otherwise. */
const check = (changes: Partial<BotConnector> = {}) => {
  const { appId, appPassword, tenantId, openIdMetadataUrl, issuer, loginUrl } = { ...microsoft, ...changes }
  return checkTeams({ appId, appPassword, tenantId, openIdMetadataUrl, tokenIssuer: issuer, loginUrl })
}

/** What an administrator reads of a token endpoint that answers this. */
async function readOf(status: number, body: object): Promise<string> {
  const entra = await startAnsweringServer(() => ({ status, body }))
  const [found] = await check({ loginUrl: entra.url })
  entra.close()
  expect(found).toMatchObject({ level: 'problem', about: 'Teams' })
  return found?.text ?? ''
}

/** An address where nobody answers. */
async function nobody(): Promise<string> {
  const { url, close } = await startAnsweringServer(() => ({ body: {} }))
  close()
  return url
}

describe('the bot’s registration', () => {
  it('that is right', async () => {
    expect(await check()).toEqual([
      { level: 'ok', about: 'Teams', text: 'Microsoft Entra gives the bot a token' },
      { level: 'ok', about: 'Teams', text: expect.stringContaining(microsoft.openIdMetadataUrl) },
    ])
    expect(microsoft.calls.map(({ name }) => name).toSorted()).toEqual(['keys', 'metadata', 'token'])
  })

  it.each([
    ['a wrong secret', { appPassword: 'guessed' }, /MICROSOFT_APP_PASSWORD/],
    ['another app', { appId: crypto.randomUUID() }, /MICROSOFT_APP_ID/],
    ['another tenant', { tenantId: crypto.randomUUID() }, /MICROSOFT_APP_TENANT_ID/],
  ])('with %s', async (_what, settings, text) => {
    const [token, keys] = await check(settings)
    expect([token?.level, keys?.level]).toEqual(['problem', 'ok'])
    expect(token?.text).toMatch(text)
  })

  /** As Entra words it. https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes */
  it.each([
    [
      'a secret of another app',
      401,
      'invalid_client',
      7000215,
      /not a secret of this app: copy the Value, not the Secret ID/,
    ],
    ['an expired secret', 401, 'invalid_client', 7000222, /has expired: make a new one/],
    ['a revoked secret', 401, 'invalid_client', 7005003, /was revoked: make a new one/],
    ['an app of another tenant', 400, 'unauthorized_client', 700016, /no app MICROSOFT_APP_ID in the tenant/],
    ['no service principal', 401, 'invalid_client', 7000229, /Create service principal/],
    ['an unknown tenant', 400, 'invalid_request', 90002, /there is no tenant MICROSOFT_APP_TENANT_ID/],
    ['zeros for a tenant', 400, 'invalid_request', 900021, /there is no tenant MICROSOFT_APP_TENANT_ID/],
    ['something new', 400, 'invalid_grant', 53003, /AADSTS53003.*login\.microsoftonline\.com\/error\?code=53003/],
  ])('with %s', async (_what, status, error, code, text) => {
    const said = { error, error_description: `AADSTS${code}: …`, error_codes: [code] }
    const read = await readOf(status, said)
    expect(read).toMatch(text)
    expect(read).toContain(`AADSTS${code}`)
  })

  it('where something else than Entra answers, or nothing', async () => {
    expect(await readOf(403, { message: 'Blocked by the proxy' })).toMatch(/not answered by Microsoft Entra \(403\)/)
    expect(await readOf(200, {})).toMatch(/not answered by Microsoft Entra \(200\)/)
    const [found] = await check({ loginUrl: await nobody() })
    expect(found?.text).toMatch(/^http:\/\/127.*\(ECONNREFUSED\): does this machine reach it/)
  })

  it('never shows the secret', async () => {
    const settings = { appPassword: 'hush~hush', loginUrl: await nobody() }
    expect(JSON.stringify([await check(settings), await check({ appPassword: 'hush~hush' })])).not.toContain('hush')
  })
})

describe('the keys that sign what comes in', () => {
  it.each(['metadata', 'keys'])('that cannot be read, for the %s are not told', async (method) => {
    microsoft.faults.add({ kind: 'server_error', match: { method } })
    const [token, found] = await check()
    expect([token?.level, found?.level]).toEqual(['ok', 'problem'])
    expect(found?.text).toMatch(/\/openid does not tell the keys .* answered 500\).*does this machine reach it/)
  })

  it('that are out of reach, or elsewhere', async () => {
    const [, unreached] = await check({ openIdMetadataUrl: await nobody() })
    expect(unreached?.text).toMatch(/ECONNREFUSED/)
    const [, other] = await check({ openIdMetadataUrl: microsoft.openIdMetadataUrl.replace('/openid', '/keys') })
    expect(other?.text).toMatch(/what it answers is something else/)
  })

  it('that are another issuer’s than the one expected', async () => {
    const [, found] = await check({ issuer: 'https://api.botframework.us' })
    expect(found).toMatchObject({ level: 'problem', about: 'Teams' })
    expect(found?.text).toMatch(/the keys of https:\/\/api.botframework.example, .* is https:\/\/api.botframework.us/)
  })
})

describe('people in Teams', () => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany()
  })
  afterAll(() => company.close())

  const sees = async (isSlackThere: boolean) => {
    const [found, ...others] = await checkTeamsAccounts(company.database.prisma, { isSlackThere })
    expect(others).toEqual([])
    return `${found?.level}: ${found?.text}`
  }
  const account = (firstName: string, conversation?: object) =>
    company.database.prisma.chatAccount.create({
      data: {
        personId: company.personId(firstName),
        platform: 'teams',
        tenantId: microsoft.tenantId,
        userId: firstName,
        ...(conversation && { conversation }),
      },
    })

  it('who have the app, and who have not', async () => {
    expect(await sees(false)).toMatch(/^warning: none of 7 active people has the app, the others hear by mail alone: A/)
    expect(await sees(true)).toMatch(
      /^warning: none of 7 .*, to the others Motorpool writes in Slack: .*Teams admin center/,
    )

    await account('Anna', { serviceUrl: 'https://smba.example.com' })
    // Only ever seen in a channel: nothing can be written to them.
    await account('Ben')
    expect(await sees(false)).toMatch(/^warning: 1 of 7 active people has the app.*: Aydin Kaya, Ben Koch, .*Install/)
    expect(await sees(true)).toBe('ok: 1 of 7 active people has the app; to the others Motorpool writes in Slack')

    const { prisma } = company.database
    await prisma.person.updateMany({ where: { name: { not: 'Anna Schmidt' } }, data: { active: false } })
    expect(await sees(false)).toBe('ok: all 1 active people have the app')
  })
})

describe('npm run doctor', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'motorpool-doctor-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const doctor = async (databaseUrl: string) => {
    const environment = {
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: 'http://0.0.0.0:1',
      MICROSOFT_APP_ID: microsoft.appId,
      MICROSOFT_APP_PASSWORD: microsoft.appPassword,
      MICROSOFT_APP_TENANT_ID: microsoft.tenantId,
      TEAMS_OPENID_METADATA_URL: microsoft.openIdMetadataUrl,
      TEAMS_TOKEN_ISSUER: microsoft.issuer,
      TEAMS_LOGIN_URL: microsoft.loginUrl,
    }
    return runNpmCommand('doctor', { folder, environment })
  }

  it('of a company in Teams alone says nothing of Slack', async () => {
    const company = await openCompany()
    const { code, out, err } = await doctor(company.databaseUrl)
    await company.close()
    expect(out.map((line) => line.split(':')[0])).toEqual([
      'ok       Settings',
      'ok       Database',
      'ok       Database',
      'ok       People',
      'ok       Cars',
      'ok       Messages',
      'ok       Bookings',
      'warning  Teams',
      'ok       Teams',
      'ok       Teams',
      'ok       Address',
      'warning  Address',
      'warning  Mail',
      'no problems, 3 warnings',
    ])
    expect(out).toContain('ok       Address: the Azure bot’s messaging endpoint is to be http://0.0.0.0:1/api/messages')
    expect(out.join()).not.toContain('Slack')
    expect([code, err]).toEqual([0, []])
  })
})
