import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandRefused, explained } from '../../src/commands/run-command.ts'
import { readTeamsAppConfig } from '../../src/config.ts'
import { buildAppPackage } from './app-package.ts'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

await explained(async () => {
  const built = await buildAppPackage(await readFile(here('manifest.json'), 'utf8'), readTeamsAppConfig())
  if (built.kind === 'refused') {
    throw new CommandRefused(built.problems.map((problem) => `manifests/teams/manifest.json: ${problem}`).join('\n'))
  }
  const path = resolve(process.argv[2] ?? here('build/motorpool-teams.zip'))
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, built.zip)
  console.log(`Upload ${relative('', path)} in the Teams admin center.`)
})
