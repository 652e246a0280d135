import { cp, mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { installPackages, linkFolder, shell } from './install-packages.ts'

interface Instruction {
  name: string
  rest: string
}

export interface BuiltImage {
  /** What the image has in its working directory. */
  folder: string
  environment: Record<string, string>
  user: string | undefined
  command: string[]
  healthCheck: string[]
}

/**
 * Carries out a Dockerfile without Docker: each stage is an empty folder below `scratch` that stands for its working
 * directory, COPY and RUN do what they say. Knows what ours uses, and throws on everything else.
 *
 * @param context the folder that COPY without `--from` copies from
 */
export async function buildImage(file: string, context: string, scratch: string): Promise<BuiltImage> {
  const stages = new Map<string, string>()
  const image: BuiltImage = { folder: '', environment: {}, user: undefined, command: [], healthCheck: [] }
  for (const { name, rest } of instructionsOf(await readFile(file, 'utf8'))) {
    switch (name) {
      case 'FROM': {
        const stage = / AS (\S+)$/.exec(rest)?.[1] ?? 'image'
        image.folder = join(scratch, stage)
        image.environment = {}
        stages.set(stage, image.folder)
        await mkdir(image.folder)
        break
      }
      case 'COPY':
        await copy(rest, context, stages, image.folder)
        break
      case 'RUN':
        await (rest === 'npm ci' ? installPackages(image.folder) : shell(rest, image.folder))
        break
      case 'ENV': {
        const [variable = '', value = ''] = rest.split('=')
        image.environment[variable] = value
        break
      }
      case 'USER':
        image.user = rest
        break
      case 'CMD':
        image.command = JSON.parse(rest)
        break
      case 'HEALTHCHECK':
        image.healthCheck = JSON.parse(rest.replace(/^.*?CMD /, ''))
        break
      case 'WORKDIR':
      case 'EXPOSE':
        break
      default:
        throw new Error(`this reader of Dockerfiles does not know ${name}`)
    }
  }
  return image
}

function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const [, name = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? []
    return { name, rest }
  })
}

/** A folder's content goes into the target, which is made; a file goes into a target that ends in a slash. */
async function copy(rest: string, context: string, stages: Map<string, string>, folder: string): Promise<void> {
  const [, stage] = /^--from=(\S+) /.exec(rest) ?? []
  const paths = rest.replace(/^--from=\S+ /, '').split(' ')
  const target = paths.pop() ?? ''
  const from = stage === undefined ? context : stages.get(stage)
  if (from === undefined) throw new Error(`COPY names a stage that is not there: ${stage}`)
  for (const path of paths) {
    const source = resolve(from, path.replace(/^\/motorpool\//, ''))
    const name = target.endsWith('/') ? join(target, path.split('/').at(-1) ?? '') : target
    const linked = stage !== undefined && (await linkFolder(source, join(folder, name)))
    if (!linked) await cp(source, join(folder, name), { recursive: true, verbatimSymlinks: true })
  }
}
