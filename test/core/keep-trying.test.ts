import { expect, it } from 'vitest'
import { keepTrying } from '../../src/jobs/keep-trying.ts'

function failing(times: number) {
  let left = times
  return async () => {
    left -= 1
    if (left >= 0) throw new Error('connection reset')
    return 'written'
  }
}

it('writes again where the database did not take it', async () => {
  const tries: number[] = []
  const stopping = new AbortController().signal
  const written = await keepTrying(failing(3), { stopping, failed: (_error, tried) => tries.push(tried) })
  expect(written).toBe('written')
  expect(tries).toEqual([1, 2, 3])
})

it('gives up soon once the process stops', async () => {
  const stopping = AbortSignal.abort()
  await expect(keepTrying(failing(Infinity), { stopping, failed: () => {} })).rejects.toThrow('connection reset')
  await expect(keepTrying(failing(3), { stopping, failed: () => {} })).resolves.toBe('written')
})
