import { acquireInstanceLock } from './embedded/instance-lock.ts'
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
