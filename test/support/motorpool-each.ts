import { test } from 'vitest'
import { type BusinessClock, businessClock } from './business-clock.ts'
import { startMotorpool, type TestMotorpool, type TestOptions } from './motorpool.ts'
import { startTcpGate, type TcpGate } from './tcp-gate.ts'

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

/** Tests that each have a gate of their own. */
export const withGateEach = test.extend<{ gate: TcpGate }>({
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  gate: async ({}, use) => {
    const gate = await startTcpGate()
    await use(gate)
    await gate.close()
  },
})

/** Tests that each have a Motorpool of their own, and a gate in front of its database. */
export const withGatedMotorpoolEach = withGateEach.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  clock: async ({}, use) => use(businessClock()),
  motorpool: async ({ clock, gate }, use) => {
    clock.nextWeek()
    const motorpool = await startMotorpool({ now: clock.now, reach: gate.through })
    await use(motorpool)
    gate.open()
    gate.resume()
    await motorpool.stop()
  },
})
