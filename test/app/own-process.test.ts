import { type ChildProcess, execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { acquireInstanceLock } from '../../src/store/embedded/instance-lock.ts'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import { cardsAbout, fillForm } from '../support/asking.ts'
import { createDemoDatabase, type TestDatabase } from '../support/database.ts'
import { startTestSlack, testConfig } from '../support/motorpool.ts'
import { type OwnProcess, startOwnProcess } from '../support/own-process.ts'
import { type SlackPerson, slackPerson } from '../support/slack-person.ts'
import { bookingsTo, everythingSent, undelivered } from '../support/what-stands.ts'

const PATIENT = { timeout: 15_000, interval: 20 }

let folder: string
const started: OwnProcess[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motorpool-process-'))
})
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop('SIGKILL')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function start(environment: Record<string, string>): OwnProcess {
  const one = startOwnProcess(folder, environment)
  started.push(one)
  return one
}

describe('a start that cannot succeed says why in one line and ends with 1', () => {
  const SLACK = { SLACK_BOT_TOKEN: 'xoxb-test', SLACK_SIGNING_SECRET: 'secret' }

  async function ending(environment: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
    const one = start(environment)
    const code = await new Promise<number | null>((resolve) => one.child.once('close', resolve))
    return { code, lines: one.output().trim().split('\n') }
  }

  it('the port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, resolve))
    const { port } = other.address() as { port: number }
    const { code, lines } = await ending({ PORT: String(port), DATABASE_URL: 'postgresql://127.0.0.1:1/x', ...SLACK })
    other.close()
    expect(code).toBe(1)
    expect(lines).toEqual([expect.stringMatching(`^Port ${port} is taken`)])
  })

  it('a setting is wrong', async () => {
    const { code, lines } = await ending({ PORT: 'many', ...SLACK })
    expect(code).toBe(1)
    expect(lines).toEqual(['Motorpool cannot start:', '  PORT must be a whole number'])
  })

  it('the database cannot be reached', async () => {
    const { code, lines } = await ending({ PORT: '0', DATABASE_URL: 'postgresql://127.0.0.1:1/x', ...SLACK })
    expect(code).toBe(1)
    expect(lines).toEqual([expect.stringMatching(/^DATABASE_URL names a server that cannot be reached/)])
  })

  it('Motorpool already runs in this folder', async () => {
    const lock = await acquireInstanceLock(join(folder, '.data'), { url: 'http://localhost:3999' })
    const { code, lines } = await ending({ PORT: '0' })
    await lock.release()
    expect(code).toBe(1)
    expect(lines).toEqual([
      `Motorpool is already running for this folder at http://localhost:3999 (process ${process.pid}).`,
    ])
  })
})

describe('a process that ends', () => {
  let testDatabase: TestDatabase
  let database: Database
  let slack: LocalSlack
  let again: App | undefined
  let anna: SlackPerson
  let mara: SlackPerson
  beforeEach(async () => {
    testDatabase = await createDemoDatabase()
    database = openDatabase(testDatabase.url, 4)
    slack = await startTestSlack(database)
    anna = slackPerson(slack, 'anna.schmidt@example.com')
    mara = slackPerson(slack, 'mara.lindqvist@example.com')
  })
  afterEach(async () => {
    for (const one of started.splice(0)) await one.stop('SIGKILL')
    await again?.stop()
    again = undefined
    await slack.close()
    await database.close()
    await testDatabase.drop()
  })

  async function startServing(): Promise<OwnProcess> {
    const one = start({
      PORT: '0',
      DATABASE_URL: testDatabase.url,
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_SIGNING_SECRET: 'a signing secret for tests',
      SLACK_API_URL: `${slack.baseUrl}/slack/api/`,
      RESEND_API_KEY: 're_test',
      RESEND_BASE_URL: `${slack.baseUrl}/mail`,
      EMAIL_FROM: 'Motorpool <cars@example.com>',
      LOG_LEVEL: 'fatal',
    })
    const url = /ready at http:\/\/localhost:(\d+)/
    await expect.poll(() => url.exec(one.output())?.[1], PATIENT).toBeDefined()
    slack.requestUrl = `http://127.0.0.1:${url.exec(one.output())?.[1]}/slack/events`
    return one
  }

  /** The same Motorpool once more; that it starts in this process makes no difference to what it finds. */
  async function startAgain(): Promise<void> {
    again = await startApp(testConfig(slack, testDatabase.url), { log: pino({ level: 'silent' }) })
  }

  /** What a process that was killed had in its hands comes up again when its lease is over: a minute later. */
  async function aMinuteLater(): Promise<void> {
    await database.sql`UPDATE deliveries SET due_at = now() WHERE status = 'pending'`
    await database.sql`UPDATE cards SET leased_until = NULL, due_at = now() WHERE drawn_version < wanted_version`
  }

  const KILLS: [string, () => void][] = [
    [
      'while Slack and mail are slow',
      () => {
        slack.faults.add({ kind: 'slow', ms: 5000, match: { method: /^(chat|conversations)\./ }, times: 4 })
        slack.mail.faults.add({ kind: 'slow', ms: 5000, times: 4 })
      },
    ],
    [
      'when the answers to everything it sent were lost',
      () => {
        slack.faults.add({ kind: 'drop_after_acting', match: { method: 'chat.postMessage' }, times: 4 })
        slack.mail.faults.add({ kind: 'drop_after_acting', times: 4 })
      },
    ],
  ]

  it.each(KILLS)(
    'by SIGKILL between commit and sending (%s): everything arrives all the same',
    async (how, trouble) => {
      const first = await startServing()
      const form = await fillForm(anna, 'Prenzlau')
      trouble()
      expect(await form.submit()).toEqual({ ok: true })
      const waiting = await undelivered(database)
      expect(waiting).toBe(4)
      const lost = () => slack.calls.filter(({ outcome }) => outcome === 'drop_after_acting').length
      if (how.includes('lost')) await expect.poll(lost, PATIENT).toBeGreaterThan(0)
      await first.stop('SIGKILL')
      expect(await bookingsTo(database, 'Prenzlau')).toHaveLength(1)
      for (const faults of [slack.faults, slack.mail.faults]) faults.clear()

      await aMinuteLater()
      await startAgain()
      await everythingSent(database)
      const cards = [anna, mara].map((person) => cardsAbout(person, 'Prenzlau').length)
      const mails = [anna, mara].map((person) => person.mails().length)
      const arrived = [...cards, ...mails]
      const twice = arrived.filter((count) => count > 1).length
      const calls = slack.calls.filter(({ method }) => method === 'chat.postMessage').length
      const sent = calls + slack.mail.calls.length
      console.log(
        `SIGKILL ${how}: ${sent} sent, ${arrived.filter((count) => count > 0).length} of 4 arrived, ${twice} twice`,
      )
      expect(arrived.every((count) => count > 0)).toBe(true)
      // Mail is never doubled, for its key is known there; a message in Slack is found again.
      expect(mails).toEqual([1, 1])
      expect(cards).toEqual([1, 1])
    },
  )

  it('by SIGTERM while it sends: what is on its way is finished, and it ends with 0', async () => {
    const one = await startServing()
    const form = await fillForm(anna, 'Quakenbrück')
    slack.faults.add({ kind: 'slow', ms: 800, match: { method: 'chat.postMessage' }, times: 2 })
    expect(await form.submit()).toEqual({ ok: true })
    await expect.poll(() => slack.calls.some(({ method }) => method === 'chat.postMessage'), PATIENT).toBe(true)
    const family = processesOf(one.child)
    expect(await one.stop('SIGTERM')).toBe(0)
    expect(family.filter(isRunning)).toEqual([])
    // What was on its way has arrived and is known to have arrived; the rest is kept.
    const posted = slack.calls.filter(({ method, outcome }) => method === 'chat.postMessage' && outcome === 'ok')
    const [row] = await database.sql`SELECT count(*)::int AS known FROM cards WHERE drawn_version > 0`
    expect(row?.known).toBe(posted.length)
    expect(posted.length).toBeGreaterThan(0)
    await startAgain()
    await everythingSent(database)
    for (const person of [anna, mara]) expect(cardsAbout(person, 'Quakenbrück')).toHaveLength(1)
  })

  it('by SIGTERM while Slack is down: it ends with 0 at once, and the work is kept', async () => {
    const one = await startServing()
    const form = await fillForm(anna, 'Rheine')
    for (const faults of [slack.faults, slack.mail.faults]) faults.down(true)
    expect(await form.submit()).toEqual({ ok: true })
    const startedAt = Date.now()
    expect(await one.stop('SIGTERM')).toBe(0)
    expect(Date.now() - startedAt).toBeLessThan(5000)
    for (const faults of [slack.faults, slack.mail.faults]) faults.down(false)
    expect(await undelivered(database)).toBe(4)
    await startAgain()
    await everythingSent(database)
    for (const person of [anna, mara]) expect(cardsAbout(person, 'Rheine')).toHaveLength(1)
  })

  it('by SIGTERM while a submission is being saved: it is saved and answered first', async () => {
    const one = await startServing()
    const form = await fillForm(anna, 'Soltau')
    const own = await database.sql.reserve()
    await own`BEGIN`
    await own`LOCK TABLE bookings IN ACCESS EXCLUSIVE MODE`
    const answer = form.submit()
    const waits = () => database.sql`SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'bookings'::regclass`
    await expect.poll(async () => (await waits()).length, PATIENT).toBeGreaterThan(0)
    const ended = one.stop('SIGTERM')
    await expect.poll(() => one.output(), PATIENT).toContain('SIGTERM')
    await own`COMMIT`
    own.release()
    expect(await answer).toEqual({ ok: true })
    expect(form.isOpen()).toBe(false)
    expect(await ended).toBe(0)
    expect(await bookingsTo(database, 'Soltau')).toHaveLength(1)
  })
})

/** The process and everything below it. */
function processesOf({ pid }: ChildProcess): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='])
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const below = (parent: number): number[] =>
    rows.flatMap(([child = 0, its]) => (its === parent ? [child, ...below(child)] : []))
  return pid === undefined ? [] : [pid, ...below(pid)]
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
