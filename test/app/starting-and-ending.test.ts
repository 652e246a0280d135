import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeAll } from '../../src/close-all.ts'
import { warnOfProblems } from '../../src/warn-of-problems.ts'
import { startAnsweringServer } from '../support/answering-server.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { readableLog } from '../support/log-lines.ts'
import { startOwnProcess } from '../support/own-process.ts'

describe('what nobody caught', () => {
  let folder: string
  let testDatabase: TestDatabase
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'motorpool-fatal-'))
    testDatabase = await createTestDatabase()
  })
  afterAll(async () => {
    await testDatabase.drop()
    await rm(folder, { recursive: true, force: true })
  })

  it.each([
    ['error', "throw new Error('planted')"],
    ['rejection', "Promise.reject(new Error('planted'))"],
  ])(
    'an %s is logged, finishes what is on its way, and ends the process with 1',
    { timeout: 60_000 },
    async (_kind, fault) => {
      const planted = join(folder, 'planted.mjs')
      await writeFile(planted, `process.on('SIGUSR2', () => { ${fault} })`)
      const environment = {
        DATABASE_URL: testDatabase.url,
        SLACK_BOT_TOKEN: 'xoxb-test',
        SLACK_SIGNING_SECRET: 'secret',
        SLACK_API_URL: 'http://127.0.0.1:1/',
        PORT: '0',
        NODE_OPTIONS: `--import=${planted}`,
      }
      const motorpool = startOwnProcess(folder, environment)
      try {
        await expect.poll(motorpool.output, { timeout: 40_000 }).toContain('Motorpool is ready')
        expect(await motorpool.stop('SIGUSR2')).toBe(1)
        const fatal = motorpool
          .output()
          .split('\n')
          .filter((line) => line.includes('"level":60'))
        expect(fatal.map((line) => JSON.parse(line))).toMatchObject([
          { msg: 'An error that nobody caught ends Motorpool', err: { message: 'planted' } },
        ])
      } finally {
        await motorpool.stop('SIGKILL')
      }
    },
  )
})

describe('at the start', () => {
  const settings = { botToken: 'xoxb-1', signingSecret: 'secret', teamIds: [] }

  it('a token that Slack refuses is one warning', async () => {
    const slack = await startAnsweringServer(() => ({ body: { ok: false, error: 'invalid_auth' } }))
    const { log, lines } = readableLog()
    await warnOfProblems({ slack: { ...settings, apiUrl: `${slack.url}/` }, teams: null }, log)
    slack.close()
    expect(lines.filter(({ level }) => level >= 40)).toMatchObject([
      { level: 40, msg: expect.stringContaining('it refuses SLACK_BOT_TOKEN (invalid_auth)') },
    ])
  })

  it('a Slack that is not there is one warning, and the process stays up', async () => {
    const { log, lines } = readableLog()
    await warnOfProblems({ slack: { ...settings, apiUrl: 'http://127.0.0.1:1/' }, teams: null }, log)
    expect(lines.filter(({ level }) => level >= 40)).toMatchObject([
      { level: 40, msg: expect.stringContaining('it does not answer') },
    ])
  })
})

describe('closeAll', () => {
  it('closes everything, the last first, also where one of them fails', async () => {
    const closed: string[] = []
    const closing = (name: string) => () => void closed.push(name)
    const failing = async () => {
      throw new Error('not closed')
    }
    await expect(closeAll([closing('server'), failing, closing('relay')])).rejects.toThrow('not closed')
    expect(closed).toEqual(['relay', 'server'])
    await expect(closeAll([failing, closing('server'), failing])).rejects.toThrow('2 parts could not be closed')
  })
})
