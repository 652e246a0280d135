import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createTestDatabase, takeDemoDatabase } from '../support/database.ts'

describe('a database that does not answer', () => {
  let server: Server | undefined
  let database: Database | undefined
  const sockets = new Set<{ destroy(): void }>()
  afterEach(async () => {
    // No new connection first: the client tries again as long as it may.
    const closed = new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
    for (const socket of sockets) socket.destroy()
    await Promise.all([database?.close(), closed])
    server = undefined
  })

  /** Something that takes connections and then says nothing, or that is not there at all. */
  async function unreachable(kind: 'silent' | 'absent'): Promise<string> {
    const listening = createServer((socket) => {
      sockets.add(socket.on('error', () => undefined))
    })
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
    const address = listening.address()
    const port = typeof address === 'object' ? address?.port : null
    if (kind === 'absent') await new Promise((resolve) => listening.close(resolve))
    else server = listening
    return `postgres://motorpool@127.0.0.1:${port}/motorpool`
  }

  it.each(['silent', 'absent'] as const)(
    'is said to be so within about two seconds (%s), again and again',
    async (kind) => {
      database = openDatabase(await unreachable(kind), 4)
      const { prisma, sql, isReachable } = database
      for (let round = 0; round < 2; round += 1) {
        const asked = performance.now()
        const [reachable, read, written] = await Promise.allSettled([isReachable(), prisma.site.count(), sql`SELECT 1`])
        expect(reachable).toEqual({ status: 'fulfilled', value: false })
        expect([read.status, written.status]).toEqual(['rejected', 'rejected'])
        expect(performance.now() - asked).toBeLessThan(2900)
      }
    },
  )

  it('queues a burst of reads, however long the last one waits for a connection', async () => {
    const testDatabase = await createTestDatabase()
    database = openDatabase(testDatabase.url, 4)
    const { prisma } = database
    const slowRead = () => prisma.$queryRaw<{ slept: string }[]>`SELECT pg_sleep(0.25)::text AS slept`
    const read = await Promise.allSettled(Array.from({ length: 20 }, slowRead))
    expect(read.filter(({ status }) => status === 'rejected')).toEqual([])
    await database.close()
    await testDatabase.drop()
  })

  it('is reachable when it is there', async () => {
    const testDatabase = await createTestDatabase()
    database = openDatabase(testDatabase.url, 4)
    expect(await database.isReachable()).toBe(true)
    expect(await database.prisma.site.count()).toBe(0)
    await database.close()
    await testDatabase.drop()
  })
})

it('plans a statement once for each connection, and has the server compile none', async () => {
  const { database, giveBack } = await takeDemoDatabase()
  const [settings] = await database.sql`
    SELECT current_setting('plan_cache_mode') AS plans, current_setting('jit') AS compiles`
  expect(settings).toEqual({ plans: 'force_generic_plan', compiles: 'off' })
  await giveBack()
})
