import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { acquireInstanceLock, InstanceRunningError } from '../../src/store/embedded/instance-lock.ts'
import { findServerAccount } from '../../src/store/embedded/server-account.ts'
import { findServerBinaries } from '../../src/store/embedded/server-binaries.ts'
import { startEmbeddedPostgres } from '../../src/store/embedded/start-embedded-postgres.ts'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
const isRoot = process.getuid?.() === 0
const cleanups: (() => Promise<unknown>)[] = []

/** A database that was started once and stopped: to make one takes seconds, a copy does not. */
let stopped: string
beforeAll(async () => {
  stopped = join(await mkdtemp(join(tmpdir(), 'motorpool-stopped-')), '.data')
  await chmod(join(stopped, '..'), 0o755)
  await (await startEmbeddedPostgres({ directory: stopped, settings: { fsync: 'off' } })).stop()
})
afterAll(() => rm(join(stopped, '..'), { recursive: true, force: true }))

/** The folder of a Motorpool that ran before. */
async function usedFolder(): Promise<string> {
  const directory = join(await temporaryFolder(0o755), '.data')
  // With owners and modes, which PostgreSQL looks at.
  await promisify(execFile)('cp', ['-a', stopped, directory])
  return directory
}

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function temporaryFolder(mode: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'motorpool-embedded-'))
  await chmod(folder, mode)
  cleanups.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function start(directory: string) {
  const server = await startEmbeddedPostgres({ directory, settings: { fsync: 'off' } })
  cleanups.push(() => server.stop())
  return server
}

async function query(url: string, text: string): Promise<unknown> {
  const sql = postgres(url, { max: 1 })
  try {
    return (await sql.unsafe(text).values())[0]?.[0]
  } finally {
    await sql.end()
  }
}

/** A Node process of its own that runs `lines` and then waits; resolves with the first line that it prints. */
async function spawnNode(lines: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', lines], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  cleanups.push(kill)
  const [output] = await once(child.stdout, 'data')
  return { pid: child.pid, said: String(output).trim(), kill }
}

test('what was written is there after a stop and a new start', async () => {
  const directory = join(await temporaryFolder(0o755), '.data')
  const first = await start(directory)
  await query(first.url, 'CREATE TABLE trips (id int); INSERT INTO trips VALUES (7)')
  await Promise.all([first.stop(), first.stop()])
  await expect(query(first.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')

  const second = await start(directory)
  expect(await query(second.url, 'SELECT id FROM trips')).toBe(7)
  expect((await lstat(join(directory, 'postgres', 'password'))).mode & 0o777).toBe(0o600)
  expect((await lstat(join(directory, 'postgres', 'data'))).mode & 0o777).toBe(0o700)
})

test('the server takes nobody without the password and knows letters beyond ASCII', async () => {
  const { url } = await start(await usedFolder())
  expect(await query(url, "SELECT lower('ÄÖÉ')")).toBe('äöé')
  expect(await query(url, 'SHOW listen_addresses')).toBe('127.0.0.1')
  const stranger = new URL(url)
  stranger.password = 'guess'
  await expect(query(stranger.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
})

test('the remains of an interrupted first start are cleared away', async () => {
  const directory = join(await temporaryFolder(0o755), '.data')
  await mkdir(join(directory, 'postgres-unfinished-a1b2c3', 'data'), { recursive: true })
  await writeFile(join(directory, 'postgres-unfinished-a1b2c3', 'data', 'PG_VERSION'), '18')
  const { url } = await start(directory)
  expect(await query(url, 'SELECT 1')).toBe(1)
  expect(await readdir(directory)).toEqual(['postgres'])
})

test('a server whose Motorpool was killed is stopped, and its data are kept', async () => {
  const directory = await usedFolder()
  const killed = await spawnNode(`
    import { startEmbeddedPostgres } from './src/store/embedded/start-embedded-postgres.ts'
    const { url } = await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)} })
    console.log(url)
    setInterval(() => {}, 1000)`)
  await query(killed.said, 'CREATE TABLE trips (id int); INSERT INTO trips VALUES (7)')
  await killed.kill()
  expect(await query(killed.said, 'SELECT 1')).toBe(1)

  const { url } = await start(directory)
  expect(await query(url, 'SELECT id FROM trips')).toBe(7)
  await expect(query(killed.said, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
})

test.each(['of a process that is gone', 'of another process', 'that was cut short'])(
  'a postmaster.pid %s is in nobody’s way',
  async (kind) => {
    const directory = await usedFolder()
    const data = join(directory, 'postgres', 'data')
    // PostgreSQL itself is only misled by a process of its own user.
    const { uid, gid } = await lstat(data)
    const other = spawn('sleep', ['60'], { uid, gid, cwd: '/' })
    cleanups.push(async () => other.kill())
    if (kind === 'of a process that is gone') {
      other.kill()
      await once(other, 'exit')
    }
    const text = `${other.pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n`
    await writeFile(join(data, 'postmaster.pid'), kind === 'that was cut short' ? '' : text)
    const { url } = await start(directory)
    expect(await query(url, 'SELECT 1')).toBe(1)
    if (kind === 'of another process') expect(other.signalCode).toBeNull()
  },
)

test('a server that others started by a relative path goes on, and keeps its pid file', async () => {
  const directory = await usedFolder()
  const cluster = await realpath(join(directory, 'postgres'))
  const { uid, gid } = await lstat(join(cluster, 'data'))
  const { postgres: program } = await findServerBinaries(await findServerAccount(join(cluster, 'data')))
  const words = ['-D', 'data', '-p', String(await freePort()), '-h', '127.0.0.1', '-k', '']
  const others = spawn(program, words, { cwd: cluster, stdio: 'ignore', ...(isRoot && { uid, gid }) })
  cleanups.push(async () => {
    others.kill('SIGQUIT')
    await once(others, 'exit')
  })
  const pidFile = join(cluster, 'data', 'postmaster.pid')
  await expect.poll(() => readFile(pidFile, 'utf8').catch(() => ''), { timeout: 20_000 }).toContain('ready')

  await expect(start(directory)).rejects.toThrow(/PostgreSQL \(process \d+\) runs on .*: stop it first/)
  expect(await readFile(pidFile, 'utf8')).toContain(String(others.pid))
  expect(others.exitCode).toBeNull()
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

test('a server that cannot start says why', async () => {
  const directory = await usedFolder()
  await writeFile(join(directory, 'postgres', 'data', 'PG_VERSION'), '12\n')
  await expect(start(directory)).rejects.toThrow('The data directory was initialized by PostgreSQL version 12')
})

test.runIf(isRoot)('for root in a folder that nobody else may enter, the data lie outside of it', async () => {
  const closed = await temporaryFolder(0o700)
  const directory = join(closed, '.data')
  const { url, stop } = await start(directory)
  const elsewhere = await readlink(join(directory, 'postgres'))
  cleanups.unshift(() => rm(elsewhere, { recursive: true, force: true }))
  expect(elsewhere.startsWith(closed)).toBe(false)
  expect((await lstat(join(elsewhere, 'data'))).uid).not.toBe(0)
  await query(url, 'CREATE TABLE trips (id int); INSERT INTO trips VALUES (7)')
  await stop()

  const again = await start(directory)
  expect(await query(again.url, 'SELECT id FROM trips')).toBe(7)
  await again.stop()
  await rm(elsewhere, { recursive: true })
  await expect(start(directory)).rejects.toThrow('The database is gone')
})

test.skipIf(isRoot)('for an ordinary user the data stay in the folder, and are theirs', async () => {
  const directory = join(await temporaryFolder(0o700), '.data')
  const { url } = await start(directory)
  expect(await query(url, 'SHOW data_directory')).toBe(join(await realpath(directory), 'postgres', 'data'))
  expect((await lstat(join(directory, 'postgres', 'data'))).uid).toBe(process.getuid?.())
})

test('a second Motorpool in the same folder is told where the first one runs', async () => {
  const directory = join(await temporaryFolder(0o755), '.data')
  const first = await spawnNode(`
    import { acquireInstanceLock } from './src/store/embedded/instance-lock.ts'
    await acquireInstanceLock(${JSON.stringify(directory)}, { url: 'http://localhost:3000' })
    console.log('held')
    setInterval(() => {}, 1000)`)

  const refused = await acquireInstanceLock(directory, { url: 'http://localhost:3001' }).catch((error) => error)
  expect(refused).toBeInstanceOf(InstanceRunningError)
  expect(refused).toMatchObject({ pid: first.pid, url: 'http://localhost:3000' })
  expect(refused.message).toContain(`http://localhost:3000 (process ${first.pid})`)

  await first.kill()
  const lock = await acquireInstanceLock(directory, { url: 'http://localhost:3001' })
  await lock.release()
  expect(await readdir(directory)).toEqual([])
})

test.each([
  ['whose process is gone', { pid: 999_999_999, startedAt: 'long ago' }],
  ['whose pid another process has now', { pid: process.pid, startedAt: 'before this process began' }],
])('of eight that race for the lock of a holder %s, one wins', async (_, holder) => {
  const directory = await temporaryFolder(0o755)
  const lockFile = join(directory, 'instance.lock')
  for (let round = 0; round < 20; round++) {
    await writeFile(lockFile, JSON.stringify({ ...holder, url: 'http://localhost:1' }))
    const racers = Array.from({ length: 8 }, (_, n) => acquireInstanceLock(directory, { url: `http://localhost:${n}` }))
    const outcomes = await Promise.allSettled(racers)
    const winners = outcomes.flatMap((outcome, n) => (outcome.status === 'fulfilled' ? [n] : []))
    expect(winners).toHaveLength(1)
    expect(JSON.parse(await readFile(lockFile, 'utf8')).url).toBe(`http://localhost:${winners[0]}`)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(InstanceRunningError)
    }
  }
})

test('a lock file that was cut short is nobody’s', async () => {
  const directory = await temporaryFolder(0o755)
  await writeFile(join(directory, 'instance.lock'), '{"pid":')
  await expect(acquireInstanceLock(directory, { url: 'http://localhost:3000' })).resolves.toBeDefined()
})
