import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../manifests/slack/manifest.json' with { type: 'json' }
import { inspectConfig } from '../../src/config.ts'
import { checkCompany } from '../../src/store/check-company.ts'
import { checkDatabase } from '../../src/store/check-database.ts'
import { checkMail } from '../../src/surfaces/email/check-mail.ts'
import { type Caller, checkPublicUrl } from '../../src/surfaces/http/check-public-url.ts'
import { checkSlack } from '../../src/surfaces/slack/check-slack.ts'
import { type Answer, startAnsweringServer } from '../support/answering-server.ts'
import { type Company, openCompany } from '../support/company.ts'
import { runNpmCommand } from '../support/run-npm-command.ts'

const cleanups: (() => unknown)[] = []
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

/** The address of a server that answers every request the same way. */
async function answering(answer: () => Answer): Promise<string> {
  const { url, close } = await startAnsweringServer(answer)
  cleanups.push(close)
  return url
}

/** A server that takes every connection and never says a word. */
async function startSilentServer(): Promise<{ url: string; close(): void }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { url: `http://0.0.0.0:${(server.address() as AddressInfo).port}`, close }
}

const SCOPES = manifest.oauth_config.scopes.bot

describe('Slack', () => {
  const check = async (answer: Answer) =>
    checkSlack({ botToken: 'xoxb-1', apiUrl: `${await answering(() => answer)}/` })
  const body = { ok: true, team: 'Example', user: 'motorpool' }

  it.each([
    ['all scopes and more', [...SCOPES, 'team:read'], ['ok', 'ok'], /has the scopes/],
    ['one scope fewer', SCOPES.filter((scope) => scope !== 'im:write'), ['ok', 'problem'], /lacks im:write: .*install/],
    ['none', ['identify'], ['ok', 'problem'], /lacks chat:write/],
  ])('with %s', async (_what, scopes, levels, text) => {
    const found = await check({ headers: { 'x-oauth-scopes': scopes.join(',') }, body })
    expect(found.map((finding) => finding.level)).toEqual(levels)
    expect(found[1]?.text).toMatch(text)
  })

  it('that does not say the scopes', async () => {
    expect((await check({ body }))[1]).toMatchObject({ level: 'warning' })
  })

  it('that refuses the token', async () => {
    const [found, ...others] = await check({ body: { ok: false, error: 'token_revoked' } })
    expect(others).toEqual([])
    expect(found).toMatchObject({ level: 'problem', text: expect.stringMatching(/SLACK_BOT_TOKEN \(token_revoked\)/) })
  })
})

describe('mail', () => {
  const check = async (answer: Answer) =>
    checkMail({ apiKey: 're_1', from: 'Motorpool <cars@Example.com>', baseUrl: await answering(() => answer) })
  const domains = (...data: { name: string; status: string }[]) => ({ body: { object: 'list', data } })

  it.each([
    ['a verified domain', domains({ name: 'example.com', status: 'verified' }), 'ok', /sends from example.com/],
    [
      'an unverified domain',
      domains({ name: 'example.com', status: 'pending' }),
      'problem',
      /not verified \(pending\)/,
    ],
    ['another domain', domains({ name: 'sub.example.com', status: 'verified' }), 'problem', /not among/],
    [
      'a key that may only send',
      { status: 401, body: { statusCode: 401, name: 'restricted_api_key', message: 'Only send' } },
      'warning',
      /may only send/,
    ],
    [
      'a key that is wrong',
      { status: 400, body: { statusCode: 400, name: 'validation_error', message: 'API key is invalid' } },
      'problem',
      /API key is invalid.*RESEND_API_KEY/,
    ],
  ])('with %s', async (_what, answer, level, text) => {
    const found = await check(answer)
    expect(found).toMatchObject({ level, about: 'Mail' })
    expect(found.text).toMatch(text)
  })
})

describe('the address from outside', () => {
  /** As if this machine were the outside: what it reaches under a name of its own, Slack would not. */
  const slack: Caller = {
    name: 'Slack',
    path: '/slack/events',
    wants: 'Slack’s Request URLs are',
    otherwise: 'a socket',
  }
  const teams: Caller = { name: 'Teams', path: '/api/messages', wants: 'the bot’s endpoint is' }
  const check = (publicUrl: string, callers = [slack]) => checkPublicUrl(publicUrl, callers)
  const outside = async (answer: Answer) => (await answering(() => answer)).replace('127.0.0.1', '0.0.0.0')
  const alive = { body: { status: 'alive' } }

  it('where Motorpool answers is what Slack is to be given', async () => {
    const url = await outside(alive)
    expect(await check(url)).toEqual([
      { level: 'ok', about: 'Address', text: `Slack’s Request URLs are to be ${url}/slack/events` },
      { level: 'ok', about: 'Address', text: `${url} answers` },
    ])
  })

  it('is given to each platform that wants one, and tried once', async () => {
    const url = await outside(alive)
    expect((await check(url, [slack, teams])).map(({ text }) => text)).toEqual([
      `Slack’s Request URLs are to be ${url}/slack/events`,
      `the bot’s endpoint is to be ${url}/api/messages`,
      `${url} answers`,
    ])
    expect(await check(url, [])).toEqual([])
  })

  it.each([
    ['something else', { body: { status: 'up' } }],
    ['an error', { status: 502, body: {} }],
  ])('where %s answers', async (_what, answer) => {
    const url = await outside(answer)
    const [, found] = await check(url)
    expect(found).toMatchObject({ level: 'warning', about: 'Address' })
    expect(found?.text).toMatch(/\/healthz is not answered by Motorpool.*PUBLIC_URL/)
  })

  it('where nothing answers', async () => {
    const gone = await startSilentServer()
    gone.close()
    const [, found] = await check(gone.url)
    expect(found).toMatchObject({ level: 'warning' })
    expect(found?.text).toMatch(/ECONNREFUSED.*start Motorpool.*PUBLIC_URL/)
  })

  it('that takes longer than it may', async () => {
    const silent = await startSilentServer()
    cleanups.push(silent.close)
    const startedAt = performance.now()
    const [, found] = await check(silent.url)
    expect(performance.now() - startedAt).toBeLessThan(4000)
    expect(found?.text).toMatch(/no answer within 3 s.*PUBLIC_URL/)
  })

  it('that only this computer has', async () => {
    for (const url of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000']) {
      const [found, ...others] = await check(url)
      expect(others).toEqual([])
      expect(found).toMatchObject({ level: 'warning', about: 'Address' })
      expect(found?.text).toMatch(/only this computer.* Slack .*PUBLIC_URL.*, or a socket$/)
    }
    const [found] = await check('http://localhost:3000', [teams])
    expect(found?.text).toMatch(/only this computer.* Teams .*PUBLIC_URL to the address from outside$/)
  })
})

describe('the database and the company in it', () => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany()
  })
  afterAll(() => company.close())

  const problems = async () => {
    const found = await checkCompany(company.database.prisma)
    return found.flatMap(({ level, about, text }) => (level === 'ok' ? [] : [`${level} ${about}: ${text}`]))
  }

  it('that are as they should be', async () => {
    const found = [...(await checkDatabase(company.databaseUrl)), ...(await checkCompany(company.database.prisma))]
    expect(found.map(({ level, about }) => `${level} ${about}`)).toEqual([
      'ok Database',
      'ok Database',
      'ok People',
      'ok Cars',
      'ok Messages',
    ])
  })

  it('that cannot be reached, or do not let us in', async () => {
    const text = expect.stringMatching(/ECONNREFUSED.*DATABASE_URL/)
    expect(await checkDatabase('postgresql://127.0.0.1:1/x')).toEqual([{ level: 'problem', about: 'Database', text }])
    const stranger = new URL(company.databaseUrl)
    stranger.password = 'guess'
    const [found] = await checkDatabase(stranger.href)
    expect(found?.text).toMatch(/does not let us in \(password authentication failed/)
  })

  it('with migrations that are missing or were edited', async () => {
    const { sql } = company.database
    const rows = await sql`SELECT * FROM _prisma_migrations`
    const state = async () => (await checkDatabase(company.databaseUrl)).at(-1)
    await sql`UPDATE _prisma_migrations SET checksum = 'another'`
    expect(await state()).toMatchObject({ level: 'problem', text: expect.stringMatching(/was edited/) })
    await sql`DELETE FROM _prisma_migrations`
    expect(await state()).toMatchObject({ level: 'problem', text: expect.stringMatching(/npm run db:migrate/) })
    await sql`ALTER TABLE _prisma_migrations RENAME TO away`
    expect(await state()).toMatchObject({ level: 'problem', text: expect.stringMatching(/npm run db:migrate/) })
    await sql`ALTER TABLE away RENAME TO _prisma_migrations`
    await sql`INSERT INTO _prisma_migrations ${sql([...rows])}`
    expect(await state()).toMatchObject({ level: 'ok' })
  })

  it('with messages that were given up', async () => {
    await company.request()
    const { prisma } = company.database
    const { id } = await prisma.delivery.findFirstOrThrow()
    await prisma.delivery.update({
      where: { id },
      data: { status: 'dead', lastError: 'no such address', settledAt: new Date() },
    })
    expect(await problems()).toEqual([
      'warning Messages: 1 could not be delivered and were given up; the last one (email): no such address. npm run doctor -- --resend sends them again',
    ])
    await prisma.delivery.update({ where: { id }, data: { status: 'sent' } })
  })

  it('without HR, without anybody to decide, without cars', async () => {
    const { prisma } = company.database
    const set = (firstName: string, active: boolean) =>
      prisma.person.update({ where: { id: company.personId(firstName) }, data: { active } })
    await set('Hanna', false)
    expect(await problems()).toEqual([
      'warning People: nobody has the role hr: the admins take the last decision',
      expect.stringMatching(/^problem People: 2 of 6 cannot request a car.*: Aydin Kaya, Duarte Reis\./),
    ])
    await set('Aydin', false)
    expect(await problems()).toEqual([
      expect.stringMatching(/^problem People: nobody has the role hr or admin/),
      expect.stringMatching(/^problem People: 5 of 5 cannot request a car.*: Anna Schmidt, .* Mara Lindqvist\./),
    ])
    await Promise.all([set('Hanna', true), set('Aydin', true)])
    for (let n = 0; n < 12; n += 1) await company.hire(`P${n} Person`, { role: 'employee', manager: 'Hanna' })
    await set('Aydin', false)
    expect((await problems()).at(0)).toMatch(/of 18 cannot request a car.*: (?:[^,]+, ){9}[^,]+ and \d+ more\./)
    await set('Aydin', true)

    const { id: siteId } = await prisma.site.findUniqueOrThrow({ where: { name: 'Lisbon' } })
    await prisma.vehicle.updateMany({ where: { siteId }, data: { status: 'retired' } })
    expect(await problems()).toEqual(['warning Cars: no car at Lisbon: people there book those of other sites'])
    await prisma.vehicle.updateMany({ data: { status: 'retired' } })
    expect(await problems()).toEqual(['problem Cars: none is in service: npm run import:vehicles -- vehicles.csv'])
  })
})

describe('npm run doctor', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'motorpool-doctor-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('goes on when one check fails, names everything, and ends with 1', async () => {
    const environment = {
      PORT: 'eighty',
      DATABASE_URL: 'postgresql://127.0.0.1:1/x',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'secret',
      SLACK_API_URL: `${await answering(() => ({ body: { ok: false, error: 'invalid_auth' } }))}/`,
      PUBLIC_URL: 'http://0.0.0.0:1/',
    }
    const { code, out, err } = await runNpmCommand('doctor', { folder, environment })
    expect(out.map((line) => line.split(/:| \(/)[0])).toEqual([
      'problem  Settings',
      'problem  Database',
      'problem  Slack',
      'ok       Address',
      'warning  Address',
      'warning  Mail',
      '3 problems, 2 warnings',
    ])
    expect(out[3]).toContain(' http://0.0.0.0:1/slack/events')
    expect([code, err]).toEqual([1, []])
  })

  it('has no address to give where everything from Slack comes over a socket', async () => {
    const environment = {
      DATABASE_URL: 'postgresql://127.0.0.1:1/x',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: `${await answering(() => ({ body: { ok: false, error: 'invalid_auth' } }))}/`,
    }
    const { out } = await runNpmCommand('doctor', { folder, environment })
    expect(out.filter((line) => line.includes('Address'))).toEqual([])
    expect(out.filter((line) => line.includes('Slack'))).toHaveLength(1)
  })

  it('makes nothing where there is nothing yet, and that is no problem', async () => {
    const { code, out } = await runNpmCommand('doctor', { folder })
    expect(out).toContain('warning  Database: there is none yet: npm start makes one under .data')
    expect(code).toBe(0)
    expect(await readdir(folder)).toEqual([])
  })
})

describe('settings that are partly wrong', () => {
  it('are there as far as they can be made out', () => {
    const { config, problems } = inspectConfig({
      PORT: 'x',
      SLACK_BOT_TOKEN: 't',
      LOG_LEVEL: 'warn',
      DATABASE_POOL: '1',
    })
    expect(config).toMatchObject({ port: 3000, logLevel: 'warn', databasePool: 20, slack: null })
    expect(problems.map((problem) => problem.split(' ')[0]).toSorted()).toEqual([
      'DATABASE_POOL',
      'PORT',
      'SLACK_SIGNING_SECRET',
    ])
  })

  it('that are right have no problems', () => {
    expect(inspectConfig({}).problems).toEqual([])
  })
})
