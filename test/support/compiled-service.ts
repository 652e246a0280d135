import { execFile } from 'node:child_process'
import { mkdir, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Started } from './started.ts'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const TSC = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')

/** What the service reads from beside its code. */
const BESIDE = ['prisma', 'manifests', 'package.json']

/**
 * Compiles the service, without checking types, into a folder that is laid out as an image's is: tests that start it as a process
 * spend half the time on each start.
 */
export async function compileService(): Promise<Started> {
  // Below the project, so that packages are found.
  const folder = join(PROJECT, 'node_modules', '.cache', `motorpool-${process.pid}`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const name of BESIDE) await symlink(join(PROJECT, name), join(folder, name))
  const build = ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', join(folder, 'dist')]
  await promisify(execFile)(process.execPath, [TSC, ...build], { cwd: PROJECT })
  return { value: join(folder, 'dist'), stop: () => rm(folder, { recursive: true, force: true }) }
}
