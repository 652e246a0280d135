import { expect, it } from 'vitest'
import { giveWay } from '../../src/jobs/give-way.ts'

/** Says that somebody waits for an answer, so many times; and how often it was asked. */
function answering(times: number) {
  let asked = 0
  const isAnswering = () => {
    asked += 1
    return asked <= times
  }
  return { isAnswering, asked: () => asked }
}

it('goes on at once where nobody waits for an answer', async () => {
  const quiet = answering(0)
  await giveWay(quiet.isAnswering)
  expect(quiet.asked()).toBe(1)
})

it('waits until everybody is answered', async () => {
  const burst = answering(3)
  await giveWay(burst.isAnswering)
  expect(burst.asked()).toBe(4)
})

it('goes on where somebody always waits: nothing is put off for ever', async () => {
  const steady = answering(Number.POSITIVE_INFINITY)
  await giveWay(steady.isAnswering)
  expect(steady.asked()).toBeGreaterThan(1)
})
