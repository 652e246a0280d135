import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { nodeArguments } from './service-process.ts'

/** Found by itself only from the project's own folder; without it JSX is compiled the old way. */
const TSX_TSCONFIG_PATH = fileURLToPath(new URL('../../tsconfig.json', import.meta.url))

export interface OwnProcess {
  child: ChildProcess
  /** Everything it has said so far. */
  output(): string
  /** Asks it to end, and gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/**
 * Motorpool as a process, in a folder of its own, with nothing in its environment but what is given. `how` is `source` where
 * the local workspace is needed, which is no part of the compiled service.
 */
export function startOwnProcess(
  folder: string,
  environment: Record<string, string>,
  how: 'compiled' | 'source' = 'compiled',
): OwnProcess {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, nodeArguments('main', how), {
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
