import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launcherOf } from '../../src/workspace/playground/launch-playground.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'))
})
afterEach(() => rm(folder, { recursive: true }))

const never = new AbortController().signal

/** Launches a program in the Playground's place. */
async function launch(program: string, signal = never) {
  const command = join(folder, 'command.mjs')
  await writeFile(command, program)
  const urls = { messagesUrl: 'http://127.0.0.1:1/api/messages', serviceUrl: 'http://127.0.0.1:1/' }
  return launcherOf(command)(
    { folder: join(folder, 'anna'), settings: '{"version":"0.1.1"}', port: 56150, ...urls },
    signal,
  )
}

/** Listens as servers do that were told no address, and tells which one it got. */
const LISTENING = `
  import { createServer } from 'node:http'
  import { readFileSync } from 'node:fs'
  const server = createServer((request, response) => response.end(JSON.stringify({
    address: server.address().address,
    arguments: process.argv.slice(2),
    settings: readFileSync('.m365agentsplayground.yml', 'utf8'),
    browser: process.env.TEAMSAPPTESTER_BROWSER,
  })))
  server.listen(LISTEN, () => console.log('Listening on ' + server.address().port))`

describe('a client that is launched', () => {
  it.each(['0', '{ port: 0 }', "0, '0.0.0.0'", "{ port: 0, host: '::' }"])(
    'is on loopback though it listens on %s',
    async (wanted) => {
      const client = await launch(LISTENING.replace('LISTEN', wanted))
      const told = (await (await fetch(client.url)).json()) as Record<string, unknown>
      expect(told).toMatchObject({ address: '127.0.0.1', settings: '{"version":"0.1.1"}', browser: 'none' })
      expect(told.arguments).toEqual(expect.arrayContaining(['start', '--disable-telemetry', '--port', '56150']))
      expect(client.connectorUrl).toBe(`${client.url.replace('localhost', '127.0.0.1')}/_connector`)
      await client.stop()
      await client.ended
      await expect(fetch(client.url)).rejects.toThrow('fetch failed')
    },
  )

  it('is told in whose words it failed to start', async () => {
    await expect(launch("console.error('users must be five'); process.exit(1)")).rejects.toThrow('users must be five')
  })

  it('is ended when the start is aborted', async () => {
    const aborted = new AbortController()
    const pidFile = join(folder, 'pid')
    const hanging = `
      import { writeFileSync } from 'node:fs'
      writeFileSync(${JSON.stringify(pidFile)}, String(process.pid))
      setInterval(() => {}, 1000)`
    const launched = launch(hanging, aborted.signal)
    await expect.poll(() => readFile(pidFile, 'utf8').catch(() => ''), { timeout: 5000 }).not.toBe('')
    aborted.abort()
    await expect(launched).rejects.toThrow('aborted')
    const pid = Number(await readFile(pidFile, 'utf8'))
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})
