// Runs after `npm ci`. `prisma generate` never uses the schema engine, but tries to download it from a host that only
// some networks reach; with the path of a program that only fails it does not try. A production install has no `prisma`
// (the image carries the generated client), and nothing to do here.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const cli = (() => {
  try {
    return require.resolve('prisma/build/index.js')
  } catch {
    return null
  }
})()

if (cli) {
  const refusing = ['/usr/bin/false', '/bin/false'].find(existsSync)
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'generate', '--no-hints'], {
    cwd: new URL('..', import.meta.url),
    env: {
      ...process.env,
      ...(refusing && { PRISMA_SCHEMA_ENGINE_BINARY: refusing }),
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
    encoding: 'utf8',
  })
  if (status !== 0) {
    console.error(`${stdout}\n${stderr}`)
    process.exit(status ?? 1)
  }
}
