import { afterEach, describe, expect, it } from 'vitest'
import type { Outbox } from '../../src/core/notification/outbox.ts'
import { createRelay, type Relay } from '../../src/jobs/relay.ts'

const relays: Relay[] = []
const unblock: (() => void)[] = []
afterEach(async () => {
  for (const release of unblock.splice(0)) release()
  for (const relay of relays.splice(0)) await relay.stop()
})

/** A relay for mail and Slack cards whose clock stands still until it is moved. */
function aRelay(claims: Partial<Pick<Outbox, 'claimDeliveries' | 'claimCards'>> = {}) {
  let elapsed = 5_000_000
  const outbox: Outbox = {
    claimDeliveries: async () => [],
    claimCards: async () => [],
    settleDelivery: async () => {},
    settleCard: async () => {},
    pause: async () => {},
    holdForSetup: async () => 0,
    ...claims,
  }
  const sent = async () => ({ kind: 'sent', externalId: null }) as const
  const relay = createRelay({
    outbox,
    findBookings: async () => new Map(),
    reportUndelivered: async () => {},
    now: () => new Date(),
    senders: [{ channel: 'email', deliver: sent }],
    drawers: [{ platform: 'slack', draw: sent, drawHome: sent }],
    log: { warn: () => {}, error: () => {} },
    isAnswering: () => false,
    elapsed: () => elapsed,
  })
  relays.push(relay)
  relay.start()
  const lookAgain = async () => {
    relay.wake()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const pass = (milliseconds: number) => {
    elapsed += milliseconds
  }
  return { relay, lookAgain, pass }
}

/** Answers when it is told to. */
function hanging(): Promise<[]> {
  return new Promise((resolve) => unblock.push(() => resolve([])))
}

describe('a relay is healthy', () => {
  it('while it looks, however long it has run', async () => {
    const { relay, lookAgain, pass } = aRelay()
    for (let hour = 0; hour < 3; hour += 1) {
      pass(3_600_000)
      await lookAgain()
      expect(relay.isHealthy()).toBe(true)
    }
  })

  it('no longer once one lane hangs for ten polls, although the other goes on', async () => {
    const { relay, lookAgain, pass } = aRelay({ claimCards: hanging })
    pass(9_999)
    await lookAgain()
    expect(relay.isHealthy()).toBe(true)
    pass(1)
    await lookAgain()
    expect(relay.isHealthy()).toBe(false)
  })

  it('again when what hung has answered', async () => {
    const { relay, lookAgain, pass } = aRelay({ claimCards: hanging })
    pass(60_000)
    await lookAgain()
    expect(relay.isHealthy()).toBe(false)
    for (const release of unblock.splice(0)) release()
    await lookAgain()
    expect(relay.isHealthy()).toBe(true)
  })

  it('not while the last look of one lane failed, although the other goes on', async () => {
    let reachable = true
    const claimDeliveries = async () => {
      if (!reachable) throw new Error('connection refused')
      return []
    }
    const { relay, lookAgain } = aRelay({ claimDeliveries })
    await lookAgain()
    expect(relay.isHealthy()).toBe(true)
    reachable = false
    await lookAgain()
    expect(relay.isHealthy()).toBe(false)
    reachable = true
    await lookAgain()
    expect(relay.isHealthy()).toBe(true)
  })
})
