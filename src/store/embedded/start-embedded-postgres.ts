import { lstat, mkdir, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createCluster } from './create-cluster.ts'
import { type EmbeddedPostgres, launchServer } from './launch-server.ts'
import { findServerAccount } from './server-account.ts'
import { findServerBinaries } from './server-binaries.ts'
import { stopLeftoverServer } from './stop-server.ts'

/**
 * Starts the PostgreSQL server that npm installed, on 127.0.0.1 only, with its data under `<directory>/postgres` (made
 * the first time). A server that an earlier, killed process left there is stopped first, so the caller must be the only
 * one in this directory: see `acquireInstanceLock`. Whoever starts it also stops it.
 *
 * @param options.directory made when missing
 * @param options.settings server settings, such as `{ fsync: 'off' }` in tests
 * @throws an Error whose message a person can act upon
 */
export async function startEmbeddedPostgres(options: {
  directory: string
  settings?: Record<string, string>
}): Promise<EmbeddedPostgres> {
  const { settings = {} } = options
  const directory = resolve(options.directory)
  await mkdir(directory, { recursive: true })
  const home = join(directory, 'postgres')
  const account = await findServerAccount(join(home, 'data'))
  const binaries = await findServerBinaries(account)
  const exists = await lstat(home).catch(() => undefined)
  if (!exists) await createCluster({ directory, binaries, account, durable: settings.fsync !== 'off' })

  const cluster = await realpath(home).catch(() => {
    throw new Error(`The database is gone: ${home} points nowhere. Delete it to start with an empty one.`)
  })
  await stopLeftoverServer(join(cluster, 'data'))
  return launchServer({ program: binaries.postgres, cluster, account, settings })
}
