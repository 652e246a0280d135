import { describe, expect, it } from 'vitest'
import { doneSurely, isPassing, surely } from '../../src/store/surely.ts'

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more })

describe('isPassing', () => {
  it.each<[string, unknown, boolean]>([
    ['a connection that closed', coded('CONNECTION_CLOSED'), true],
    ['a connection that was reset', coded('ECONNRESET'), true],
    ['a server that shuts down', coded('57P01'), true],
    ['a deadlock', coded('40P01'), true],
    ['a serialization failure', coded('40001'), true],
    ['Prisma’s word for a deadlock', coded('P2034'), true],
    [
      'what caused it, in Prisma',
      coded('P2010', { meta: { driverAdapterError: { cause: { originalCode: '57P01' } } } }),
      true,
    ],
    ['pg’s word for a connection that closed', new Error('Connection terminated unexpectedly'), true],
    ['a key that is there already', coded('23505'), false],
    ['a connection that takes too long: each try would', coded('CONNECT_TIMEOUT'), false],
    ['an error of ours', new TypeError('x is undefined'), false],
    ['no error', null, false],
  ])('%s: %s → %s', (_what, error, expected) => {
    expect(isPassing(error)).toBe(expected)
  })
})

describe('surely', () => {
  it('does it again until it is done, and says that it may have been done before', async () => {
    const repeats: boolean[] = []
    const done = surely(async (isRepeat) => {
      repeats.push(isRepeat)
      if (repeats.length < 3) throw coded('ECONNRESET')
      return 'done'
    })
    expect(await done).toBe('done')
    expect(repeats).toEqual([false, true, true])
  })

  it('does not do again what was refused, and gives up in the end', async () => {
    let tried = 0
    const part = doneSurely({
      refused: async () => {
        tried += 1
        throw coded('23505')
      },
      broken: async (): Promise<void> => {
        tried += 1
        throw coded('CONNECTION_CLOSED')
      },
    })
    await expect(part.refused()).rejects.toThrow('23505')
    expect(tried).toBe(1)
    await expect(part.broken()).rejects.toThrow('CONNECTION_CLOSED')
    expect(tried).toBe(8)
  })
})
