import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../manifests/slack/manifest.json' with { type: 'json' }
import { type Database, openDatabase } from '../../src/store/database.ts'
import { startAnsweringServer } from '../support/answering-server.ts'
import { cardAbout, requestCar } from '../support/asking.ts'
import { startBotConnector } from '../support/bot-connector/start-bot-connector.ts'
import { createDemoDatabase } from '../support/database.ts'
import { DEMO_IN_TEAMS } from '../support/demo-in-teams.ts'
import { type BuiltImage, buildImage } from '../support/dockerfile.ts'
import { startTestSlack } from '../support/motorpool.ts'
import { slackPerson } from '../support/slack-person.ts'
import { bookingsTo } from '../support/what-stands.ts'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

/** The steps of the Dockerfile, carried out in empty folders, and what they give, run as production runs it. */
describe('the image', () => {
  let scratch: string
  let image: BuiltImage
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'motorpool-image-'))
    const context = join(scratch, 'context')
    await copyContext(context)
    image = await buildImage(join(PROJECT, 'Dockerfile'), context, scratch)
  }, 300_000)
  afterAll(() => rm(scratch, { recursive: true, force: true }))

  it('has production packages and compiled code, and nothing else', async () => {
    expect((await readdir(image.folder)).sort()).toEqual([
      'dist',
      'manifests',
      'node_modules',
      'package.json',
      'prisma',
    ])
    expect(await readdir(join(image.folder, 'manifests'), { recursive: true })).toEqual([
      'slack',
      'slack/manifest.json',
    ])
    expect(await readdir(join(image.folder, 'prisma'))).toEqual(['migrations'])
    const code = await readdir(join(image.folder, 'dist'), { recursive: true })
    expect(code.filter((path) => /workspace|test|\.tsx?$/.test(path))).toEqual([])
    const { devDependencies, optionalDependencies } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'))
    // What others need too stays: Bolt's own types name Node's.
    const unwanted = Object.keys({ ...devDependencies, ...optionalDependencies }).filter(
      (name) => !/^@types/.test(name),
    )
    const installed = unwanted.filter((name) => existsSync(join(image.folder, 'node_modules', name, 'package.json')))
    expect(unwanted.length).toBeGreaterThan(10)
    expect(installed).toEqual([])
  })

  it('does not run as root', () => {
    expect(image.user).toBe('node')
  })

  it('has a doctor that knows the scopes of the manifest', async () => {
    const slack = await startAnsweringServer(() => ({
      headers: { 'x-oauth-scopes': manifest.oauth_config.scopes.bot.filter((scope) => scope !== 'im:write').join() },
      body: { ok: true, team: 'Example', user: 'motorpool' },
    }))
    const environment = {
      ...image.environment,
      PATH: process.env.PATH ?? '',
      DATABASE_URL: 'postgresql://127.0.0.1:1/x',
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_SIGNING_SECRET: 'a signing secret for tests',
      SLACK_API_URL: `${slack.url}/`,
    }
    const { child, output } = start({ ...image, command: ['node', 'dist/commands/doctor.js'] }, environment)
    expect(await once(child, 'close')).toEqual([1, null])
    slack.close()
    expect(output()).toMatch(/^problem {2}Slack: the token lacks im:write: update the app/m)
  })

  it('finds its migrations, carries a request to a card, is healthy, and ends on SIGTERM', { timeout: 60_000 }, () =>
    withDatabase(async (url, database) => {
      const slack = await startTestSlack(database)
      const settings = {
        DATABASE_URL: url,
        SLACK_BOT_TOKEN: 'xoxb-test',
        SLACK_SIGNING_SECRET: 'a signing secret for tests',
        SLACK_API_URL: `${slack.baseUrl}/slack/api/`,
      }
      await whileRunning(image, settings, async (port) => {
        expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
        await checkHealth(image, port)
        await expect(checkHealth(image, '1')).rejects.toThrow()

        slack.requestUrl = `http://127.0.0.1:${port}/slack/events`
        await requestCar(slackPerson(slack, 'anna.schmidt@example.com'), 'Rheinsberg')
        await cardAbout(slackPerson(slack, 'mara.lindqvist@example.com'), 'Rheinsberg')
        expect(await bookingsTo(database, 'Rheinsberg')).toHaveLength(1)
      }).finally(slack.close)
    }),
  )

  it('serves a company that has Teams and no Slack', { timeout: 60_000 }, () =>
    withDatabase(async (url) => {
      const connector = await startBotConnector({ people: DEMO_IN_TEAMS })
      const settings = {
        DATABASE_URL: url,
        MICROSOFT_APP_ID: connector.appId,
        MICROSOFT_APP_PASSWORD: connector.appPassword,
        MICROSOFT_APP_TENANT_ID: connector.tenantId,
        TEAMS_OPENID_METADATA_URL: connector.openIdMetadataUrl,
        TEAMS_TOKEN_ISSUER: connector.issuer,
        TEAMS_LOGIN_URL: connector.loginUrl,
      }
      await whileRunning(image, settings, async (port) => {
        connector.messagingEndpoint = `http://127.0.0.1:${port}/api/messages`
        const anna = connector.person('Anna')
        expect(await anna.says('cars')).toMatchObject({ status: 200 })
        await anna.waitFor(/Octavia/)
      }).finally(connector.close)
    }),
  )
})

/** What `.dockerignore` lets through: the lines that begin with `!`, without those that follow them. */
async function copyContext(context: string): Promise<void> {
  const lines = (await readFile(join(PROJECT, '.dockerignore'), 'utf8'))
    .split('\n')
    .filter((line) => /^[^#]/.test(line))
  const left = lines.filter((line) => !/^[!*]/.test(line)).map((path) => join(PROJECT, path))
  for (const path of lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1))) {
    const filter = (source: string) => !left.includes(source)
    await cp(join(PROJECT, path), join(context, path), { recursive: true, filter })
  }
}

function start({ command, folder }: BuiltImage, environment: Record<string, string>) {
  const [program = '', ...words] = command
  const child = spawn(program, words, { cwd: folder, env: environment })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  return { child, output: () => said }
}

async function checkHealth({ healthCheck, folder }: BuiltImage, port: string): Promise<void> {
  const [program = '', ...words] = healthCheck
  await run(program, words, { cwd: folder, env: { PATH: process.env.PATH ?? '', PORT: port } })
}

/** Starts the image's command, and ends it as an orchestrator does. */
async function whileRunning(
  image: BuiltImage,
  settings: Record<string, string>,
  act: (port: string) => Promise<void>,
): Promise<void> {
  const environment = { ...image.environment, PATH: process.env.PATH ?? '', PORT: '0', LOG_LEVEL: 'error' }
  const motorpool = start(image, { ...environment, ...settings })
  const ended = once(motorpool.child, 'exit')
  try {
    const ready = /ready at http:\/\/localhost:(\d+)/
    await expect.poll(motorpool.output, { timeout: 20_000 }).toMatch(ready)
    await act(ready.exec(motorpool.output())?.[1] ?? '')
    motorpool.child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(motorpool.output()).toContain('SIGTERM: finishing what is on its way')
  } finally {
    motorpool.child.kill('SIGKILL')
    await ended
  }
}

async function withDatabase(act: (url: string, database: Database) => Promise<void>): Promise<void> {
  const testDatabase = await createDemoDatabase()
  const database = openDatabase(testDatabase.url, 4)
  try {
    await act(testDatabase.url, database)
  } finally {
    await database.close()
    await testDatabase.drop()
  }
}
