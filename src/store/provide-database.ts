import { openDatabase } from './database.ts'
import { findRunningServer } from './embedded/find-running-server.ts'
import { acquireInstanceLock, InstanceRunningError } from './embedded/instance-lock.ts'
import { startEmbeddedPostgres } from './embedded/start-embedded-postgres.ts'

export interface ProvidedDatabase {
  url: string
  /** Ends what was started for it; a server that was there before goes on. */
  close(): Promise<void>
}

/**
 * The database to work on: the one named, else an embedded server under `dataDirectory`, which belongs to one process at a
 * time. `ownUrl` is what a second process is told about where the first one runs.
 * @throws InstanceRunningError
 */
export async function provideDatabase(
  databaseUrl: string | null,
  dataDirectory: string,
  ownUrl: string,
): Promise<ProvidedDatabase> {
  if (databaseUrl !== null) return { url: databaseUrl, close: async () => {} }
  const lock = await acquireInstanceLock(dataDirectory, { url: ownUrl })
  try {
    const server = await startEmbeddedPostgres({ directory: dataDirectory })
    return {
      url: server.url,
      close: async () => {
        await server.stop()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/**
 * The database for a command: like {@link provideDatabase}, and where another process runs the embedded server already,
 * that one, which goes on.
 * @throws InstanceRunningError when that server does not answer, or is not ours to enter
 */
export async function reachDatabase(
  databaseUrl: string | null,
  dataDirectory: string,
  ownUrl: string,
): Promise<ProvidedDatabase> {
  try {
    return await provideDatabase(databaseUrl, dataDirectory, ownUrl)
  } catch (error) {
    const url = error instanceof InstanceRunningError ? await findRunningServer(dataDirectory) : null
    if (url === null || !(await answers(url))) throw error
    return { url, close: async () => {} }
  }
}

async function answers(url: string): Promise<boolean> {
  const database = openDatabase(url, 2)
  try {
    return await database.isReachable()
  } finally {
    await database.close()
  }
}
