import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { together } from '../../src/store/together.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const written: string[][] = []
const write = (items: string[]) => {
  written.push(items)
  return items.includes('bad') ? Promise.reject(new Error('refused')) : Promise.resolve()
}
beforeEach(() => {
  written.length = 0
})

it('writes together what is asked for in one moment, and what comes later by itself', async () => {
  const add = together(write)
  const first = [add('a'), add('b')]
  await vi.advanceTimersByTimeAsync(20)
  first.push(add('c'))
  await vi.advanceTimersByTimeAsync(5)
  await Promise.all(first)
  const later = add('d')
  await vi.advanceTimersByTimeAsync(25)
  await later
  expect(written).toEqual([['a', 'b', 'c'], ['d']])
})

it('tells each of those whose writing failed, and only them', async () => {
  const add = together(write)
  const failed = Promise.allSettled([add('a'), add('bad')])
  await vi.advanceTimersByTimeAsync(25)
  expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const fine = add('b')
  await vi.advanceTimersByTimeAsync(25)
  await expect(fine).resolves.toBeUndefined()
})

it('takes what comes while it writes into the next one', async () => {
  let finish = () => {}
  const slow = together<string>((items) => {
    written.push(items)
    return new Promise<void>((resolve) => {
      finish = resolve
    })
  })
  const first = slow('a')
  await vi.advanceTimersByTimeAsync(25)
  const second = slow('b')
  finish()
  await first
  await vi.advanceTimersByTimeAsync(25)
  finish()
  await second
  expect(written).toEqual([['a'], ['b']])
})
