import { fileURLToPath } from 'node:url'
import { onDemand } from './on-demand.ts'

const SOURCE = new URL('../../src/', import.meta.url)
const COMPILED = await onDemand('compiledService')
const TSX = import.meta.resolve('tsx')

/**
 * The arguments with which Node runs this entry of the service, such as `main` or `commands/doctor`: compiled, which starts in
 * half the time, or from its source as `npm start` does.
 */
export function nodeArguments(entry: string, how: 'compiled' | 'source' = 'compiled'): string[] {
  return how === 'compiled'
    ? [`${COMPILED}/${entry}.js`]
    : ['--import', TSX, fileURLToPath(new URL(`${entry}.ts`, SOURCE))]
}
