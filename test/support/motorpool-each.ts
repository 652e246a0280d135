import { test } from 'vitest'
import { type BusinessClock, businessClock } from './business-clock.ts'
import { startMotorpool, type TestMotorpool, type TestOptions } from './motorpool.ts'

interface Fixtures {
  clock: BusinessClock
  motorpool: TestMotorpool
}

/** Tests that each have a Motorpool of their own, and so may wait at the same time (`concurrent`). */
export const withMotorpoolEach = (options: TestOptions = {}) =>
  test.extend<Fixtures>({
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs.
    clock: async ({}, use) => use(businessClock()),
    motorpool: async ({ clock }, use) => {
      clock.nextWeek()
      const motorpool = await startMotorpool({ now: clock.now, ...options })
      await use(motorpool)
      await motorpool.stop()
    },
  })
