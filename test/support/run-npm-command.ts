import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { nodeArguments } from './service-process.ts'

export interface CommandResult {
  code: number | null
  /** What it said, a line each. */
  out: string[]
  err: string[]
}

/** Runs the command `src/commands/<name>.ts` in `folder`, with nothing in its environment but what is given. */
export async function runNpmCommand(
  name: string,
  {
    folder,
    args = [],
    environment = {},
    how = 'compiled',
  }: { folder: string; args?: string[]; environment?: Record<string, string>; how?: 'compiled' | 'source' },
): Promise<CommandResult> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [...nodeArguments(`commands/${name}`, how), ...args], {
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
