import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const COMMANDS = new URL('../../src/commands/', import.meta.url)
const TSX = import.meta.resolve('tsx')

export interface CommandResult {
  code: number | null
  /** What it said, a line each. */
  out: string[]
  err: string[]
}

/** Runs `src/commands/<name>.ts` as npm does, in `folder`, with nothing in its environment but what is given. */
export async function runNpmCommand(
  name: string,
  { folder, args = [], environment = {} }: { folder: string; args?: string[]; environment?: Record<string, string> },
): Promise<CommandResult> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--import', TSX, fileURLToPath(new URL(`${name}.ts`, COMMANDS)), ...args], {
    cwd: folder,
    env: { PATH, HOME, ...environment },
  })
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out: linesOf(said.stdout), err: linesOf(said.stderr) }
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
