import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import { type Playground, startPlayground } from '../../src/start-playground.ts'
import type { LaunchPlayground } from '../../src/workspace/playground/launch-playground.ts'
import { messageFrom } from '../support/bot-connector/activities.ts'
import { buttonsOf, shownText } from '../support/bot-connector/teams-person.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createFakePlaygrounds, type FakePlayground } from '../support/fake-playground.ts'

let database: TestDatabase
let port: number
let playground: Playground
let anna: FakePlayground
let mara: FakePlayground
let hanna: FakePlayground

beforeAll(async () => {
  database = await createTestDatabase()
  port = await freePort()
  const { launch, launched } = createFakePlaygrounds()
  playground = await start(launch, new AbortController().signal, port)
  ;[anna, mara, hanna] = launched as [FakePlayground, FakePlayground, FakePlayground]
})
afterAll(async () => {
  await playground.stop()
  await database.drop()
})

function start(launch: LaunchPlayground, signal: AbortSignal, motorpoolPort = 0): Promise<Playground> {
  const config = {
    production: false,
    port: motorpoolPort,
    publicUrl: 'http://localhost',
    logLevel: 'fatal',
    databaseUrl: database.url,
    databasePool: 8,
    dataDirectory: '.data/playground-test',
    email: null,
    companyTimeZone: 'Europe/Berlin',
    deadlines: DEADLINES,
  } as const
  return startPlayground(config, launch, signal)
}

describe('the playground', () => {
  it('carries a booking from the employee over her manager to HR, of whom the last two have not written a word', async () => {
    await anna.person.says('book')
    const form = await anna.person.waitFor(/Book a car/)
    await anna.person.presses(form, 'Request car', { destination: 'Hamburg' })
    const asked = await mara.person.waitFor(/Anna Schmidt.* asks for a car/)
    await mara.person.presses(asked, 'Approve')
    await hanna.person.presses(await hanna.person.waitFor(/Anna Schmidt.* asks for a car/), 'Reject request', {
      reason: 'Please take the train.',
    })
    await anna.person.waitFor(/Hanna Weber rejected your request/)
    const own = await anna.person.waitFor(/Rejected by Hanna Weber for HR/)
    expect(own.updates).toBeGreaterThan(0)
    expect(buttonsOf(own)).toEqual([])
  })

  it('tells each client who uses it, and asks there for their profile', async () => {
    const emails = [anna, mara, hanna].map(({ settings }) => settings.currentUser.email)
    expect(emails).toEqual(['anna.schmidt@example.com', 'mara.lindqvist@example.com', 'hanna.weber@example.com'])
    for (const { settings } of [anna, mara, hanna]) {
      expect(settings.users).toHaveLength(5)
      expect(settings.users).not.toContainEqual(settings.currentUser)
      expect(settings.tenantId).toBe(anna.settings.tenantId)
    }
    const { personalChat, currentUser } = mara.settings
    expect(mara.calls).toContain(`GET /_connector/v3/conversations/${personalChat.id}/members/${currentUser.id}`)
    expect(shownText(await mara.person.waitFor(/What you can type/))).toContain('approvals')
  })

  it('lets a client speak for its own line only', async () => {
    const before = mara.person.sees().length
    const body = JSON.stringify(messageFrom(mara.person.user, mara.options.serviceUrl, 'help'))
    const post = async ({ options }: FakePlayground) =>
      (await fetch(options.messagesUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body }))
        .status
    expect(await post(anna)).toBe(401)
    expect(mara.person.sees()).toHaveLength(before)
    expect(await post(mara)).toBe(200)
    expect(mara.person.sees()).toHaveLength(before + 1)
  })

  it.skipIf(!outerAddress())('listens on loopback only', async () => {
    expect(await answersAt('127.0.0.1', port)).toBe(true)
    expect(await answersAt(outerAddress() ?? '', port)).toBe(false)
  })

  it('ends what has started when a client cannot be launched', async () => {
    const { launch, launched } = createFakePlaygrounds()
    const second: LaunchPlayground = async (options, signal) => {
      if (launched.length === 1) throw new Error('no room')
      return launch(options, signal)
    }
    await expect(start(second, new AbortController().signal)).rejects.toThrow('no room')
    expect(launched.map((client) => client.isRunning())).toEqual([false])
    await expect(fetch(launched[0]?.options.messagesUrl ?? '', { method: 'HEAD' })).rejects.toThrow('fetch failed')
  })

  it('ends what has started when it is aborted', async () => {
    const { launch, launched } = createFakePlaygrounds()
    const aborted = new AbortController()
    const first: LaunchPlayground = (options, signal) => {
      aborted.abort()
      return launch(options, signal)
    }
    await expect(start(first, aborted.signal)).rejects.toThrow('aborted')
    expect(launched.map((client) => client.isRunning())).toEqual([false])
  })

  it('says when a client has ended, and ends with all others', async () => {
    mara.dies()
    await playground.ended
    await playground.stop()
    expect([anna, mara, hanna].map((client) => client.isRunning())).toEqual([false, false, false])
    await expect(fetch(anna.options.messagesUrl, { method: 'HEAD' })).rejects.toThrow('fetch failed')
  })
})

it('is refused in production', async () => {
  const entry = fileURLToPath(new URL('../../src/playground.ts', import.meta.url))
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', entry], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
  })
  await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('refused'), stdout: '' })
})

/** This computer's address for others. */
function outerAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function answersAt(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
