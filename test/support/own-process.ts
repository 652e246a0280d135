import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const TSX = import.meta.resolve('tsx')
/** Found by itself only from the project's own folder; without it JSX is compiled the old way. */
const TSX_TSCONFIG_PATH = fileURLToPath(new URL('../../tsconfig.json', import.meta.url))

export interface OwnProcess {
  child: ChildProcess
  /** Everything it has said so far. */
  output(): string
  /** Asks it to end, and gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Motorpool as `npm start` runs it, in a folder of its own, with nothing in its environment but what is given. */
export function startOwnProcess(folder: string, environment: Record<string, string>): OwnProcess {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--import', TSX, MAIN], {
    cwd: folder,
    env: { PATH, HOME, TSX_TSCONFIG_PATH, ...environment },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  const ended = once(child, 'exit')
  return {
    child,
    output: () => said,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await ended
      return child.exitCode
    },
  }
}
