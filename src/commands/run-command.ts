import { ConfigError, type DatabaseConfig, readDatabaseConfig } from '../config.ts'
import { unreachableCode } from '../store/database.ts'
import { InstanceRunningError } from '../store/embedded/instance-lock.ts'
import { migrate } from '../store/migrate.ts'
import { reachDatabase } from '../store/provide-database.ts'

/** Runs a command on the migrated database, and ends with a clear line where it cannot. `applied`: the migrations it took. */
export async function runCommand(
  name: string,
  command: (databaseUrl: string, config: DatabaseConfig, applied: string[]) => Promise<void>,
): Promise<void> {
  await explained(() => onDatabase(name, command))
}

/** Beside a service that runs its own server in this folder, the command works on that one. */
export async function onDatabase(
  name: string,
  command: (databaseUrl: string, config: DatabaseConfig, applied: string[]) => Promise<void>,
): Promise<void> {
  const config = readDatabaseConfig()
  const database = await reachDatabase(config.databaseUrl, config.dataDirectory, `npm run ${name}`)
  try {
    await command(database.url, config, await migrate(database.url))
  } finally {
    await database.close()
  }
}

/** One line for what a person can mend, the whole error for what they cannot; either way the exit code is 1. */
export async function explained(command: () => Promise<void>): Promise<void> {
  try {
    await command()
  } catch (error) {
    const code = unreachableCode(error)
    const expected =
      error instanceof ConfigError || error instanceof InstanceRunningError || error instanceof CommandRefused
    if (code) console.error(`DATABASE_URL names a server that cannot be reached (${code}).`)
    else console.error(expected ? error.message : error)
    process.exitCode = 1
  }
}

/** A command that may not run here; the message is for the person. */
export class CommandRefused extends Error {}
