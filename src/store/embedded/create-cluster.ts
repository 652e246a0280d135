import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { childOptions, mayEnter, type ServerAccount, stagingFolder } from './server-account.ts'
import type { ServerBinaries } from './server-binaries.ts'

const run = promisify(execFile)
const UNFINISHED = 'postgres-unfinished-'

export const SUPERUSER = 'motorpool'

export type NewCluster = {
  directory: string
  binaries: ServerBinaries
  account: ServerAccount | undefined
  /** Whether the new files must survive a power cut. */
  durable: boolean
}

/**
 * Makes `<directory>/postgres` with the server's `data` and `password`: all of it or nothing, also when killed half way.
 * It is a symbolic link to a folder elsewhere when `account` may not enter `directory`.
 */
export async function createCluster({ directory, binaries, account, durable }: NewCluster): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith(UNFINISHED)) await rm(join(directory, name), { recursive: true, force: true })
  }
  const closed = account !== undefined && !(await mayEnter(account, directory))
  const folder = await mkdtemp(closed ? join(await stagingFolder(account), 'cluster-') : join(directory, UNFINISHED))
  try {
    // The folder stays ours and only what is in it becomes the account's, which could otherwise plant links for root.
    await chmod(folder, 0o755)
    await fill(folder, { binaries, account, durable })
    const home = join(directory, 'postgres')
    await (closed ? symlink(folder, home) : rename(folder, home))
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function fill(folder: string, { binaries, account, durable }: Omit<NewCluster, 'directory'>) {
  const data = join(folder, 'data')
  const password = join(folder, 'password')
  await mkdir(data, { mode: 0o700 })
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (account) for (const path of [data, password]) await chown(path, account.uid, account.gid)

  const options = [`--pgdata=${data}`, `--username=${SUPERUSER}`, `--pwfile=${password}`, '--auth=scram-sha-256']
  // The builtin provider knows the case of all letters and sorts the same on every machine.
  // https://www.postgresql.org/docs/18/locale.html#LOCALE-PROVIDERS
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  if (!durable) options.push('--no-sync')
  await run(binaries.initdb, [...options, ...locale], childOptions(account))
}
