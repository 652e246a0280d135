import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual, promisify } from 'node:util'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
/** npm's own list of what it installed. */
const INSTALLED = '.package-lock.json'
const run = promisify(execFile)

/** Runs a line in a folder as in a fresh image. */
export async function shell(line: string, folder: string): Promise<void> {
  await run('sh', ['-c', line], { cwd: folder, env: buildEnvironment(), maxBuffer: 64 * 1024 * 1024 })
}

/**
 * `npm ci`. To unpack 500 packages takes longer than all the rest, and where this project's own folder was installed from
 * the same lock file it is what `npm ci` would give: then its files are linked, and only our own install script runs.
 */
export async function installPackages(folder: string): Promise<void> {
  const linked =
    (await isInstalledFrom(join(folder, 'package-lock.json'))) &&
    (await linkFolder(join(PROJECT, 'node_modules'), join(folder, 'node_modules')))
  if (!linked) return shell('npm ci', folder)
  for (const name of await readdir(join(folder, 'node_modules'))) {
    if (/^\.(cache|vite)/.test(name)) await rm(join(folder, 'node_modules', name), { recursive: true })
  }
  // The one file that npm writes to in place: ours must stay as it is.
  const list = join('node_modules', INSTALLED)
  await rm(join(folder, list))
  await cp(join(PROJECT, list), join(folder, list))
  await shell('npm run postinstall', folder)
}

/** Whether npm's own list of what it installed here says what the lock file says, but for packages of other machines. */
async function isInstalledFrom(lockFile: string): Promise<boolean> {
  const packagesIn = async (file: string): Promise<Record<string, { optional?: boolean }>> =>
    JSON.parse(await readFile(file, 'utf8')).packages
  const installed = await packagesIn(join(PROJECT, 'node_modules', INSTALLED)).catch(() => null)
  if (installed === null) return false
  const { '': _project, ...locked } = await packagesIn(lockFile)
  return (
    Object.keys(installed).every((path) => path in locked) &&
    Object.entries(locked).every(([path, entry]) =>
      path in installed ? isDeepStrictEqual(installed[path], entry) : entry.optional === true,
    )
  )
}

/** The same files under another name; false where the file system or `cp` does not do that, or it is a single file. */
export async function linkFolder(source: string, target: string): Promise<boolean> {
  if (!(await stat(source)).isDirectory()) return false
  await mkdir(dirname(target), { recursive: true })
  try {
    await run('cp', ['-RPl', source, target])
    return true
  } catch {
    await rm(target, { recursive: true, force: true })
    return false
  }
}

/** As in a fresh image: nothing of the npm and the test runner that started us, but the machine's way to the registry. */
function buildEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(npm_(?!config_(registry|cache|userconfig)$)|NODE_|VITEST|TEST|INIT_CWD)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}
