import { execFile } from 'node:child_process'
import { chmod, lstat, mkdir, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** PostgreSQL refuses to run as root: the user that runs it then. */
export type ServerAccount = { uid: number; gid: number }

/** @returns the user to run the server as, or nothing when that is ourselves. Existing data decide by their owner. */
export async function findServerAccount(dataDirectory: string): Promise<ServerAccount | undefined> {
  const ownUid = process.getuid?.()
  const data = await stat(dataDirectory).catch(() => undefined)
  if (ownUid !== 0) {
    if (!data || data.uid === ownUid) return undefined
    throw new Error(
      `${dataDirectory} belongs to another user (uid ${data.uid}): start Motorpool as before, or set DATABASE_URL.`,
    )
  }
  if (data && data.uid !== 0) return { uid: data.uid, gid: data.gid }

  const passwd = await readFile('/etc/passwd', 'utf8')
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(passwd) ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody": start Motorpool as an ordinary user, or set DATABASE_URL.',
  )
}

/** Where the system's own programs are: initdb asks `locale` for what there is. */
const SYSTEM_PATH = '/usr/bin:/bin'

/**
 * How every program of PostgreSQL is run: as `account`, in a folder that anybody may enter, and with none of the
 * variables (`PG…`, languages, time zones) of the person who starts us.
 */
export function childOptions(account: ServerAccount | undefined) {
  return { ...account, cwd: '/', env: { PATH: SYSTEM_PATH, LC_ALL: 'C', TZ: 'UTC' } }
}

/** Asks the system itself, so that groups, access lists and mounts count as they will for the server. */
export async function mayEnter(account: ServerAccount, folder: string): Promise<boolean> {
  return run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], childOptions(account)).then(
    () => true,
    () => false,
  )
}

/** A folder that only root writes to and `account` may enter, for what cannot lie where Motorpool does. */
export async function stagingFolder(account: ServerAccount): Promise<string> {
  for (const folder of ['/var/lib/motorpool', join(tmpdir(), 'motorpool')]) {
    const made = await mkdir(folder, { recursive: true }).then(
      () => true,
      () => false,
    )
    if (!made) continue
    const { uid } = await lstat(folder)
    // Anybody may have made this name in the temporary folder before us.
    if (uid !== 0 || !(await lstat(folder)).isDirectory()) continue
    await chmod(folder, 0o755)
    if (await mayEnter(account, folder)) return folder
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and uid ${account.uid} finds no folder it may enter: start Motorpool as an ordinary user, or set DATABASE_URL.`,
  )
}
