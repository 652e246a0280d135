import { ConfigError, type DatabaseConfig, readDatabaseConfig } from '../config.ts'
import { InstanceRunningError } from '../store/embedded/instance-lock.ts'
import { migrate } from '../store/migrate.ts'
import { provideDatabase } from '../store/provide-database.ts'

/** Runs a command on the migrated database, and ends with a clear line where it cannot. `applied`: the migrations it took. */
export async function runCommand(
  name: string,
  command: (databaseUrl: string, config: DatabaseConfig, applied: string[]) => Promise<void>,
): Promise<void> {
  try {
    const config = readDatabaseConfig()
    const database = await provideDatabase(config.databaseUrl, config.dataDirectory, `npm run ${name}`)
    try {
      await command(database.url, config, await migrate(database.url))
    } finally {
      await database.close()
    }
  } catch (error) {
    const expected =
      error instanceof ConfigError || error instanceof InstanceRunningError || error instanceof CommandRefused
    console.error(expected ? error.message : error)
    process.exitCode = 1
  }
}

/** A command that may not run here; the message is for the person. */
export class CommandRefused extends Error {}
