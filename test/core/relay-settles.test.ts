import { afterEach, expect, it } from 'vitest'
import type { DeliverySettlement, Outbox } from '../../src/core/notification/outbox.ts'
import { createRelay, type Relay } from '../../src/jobs/relay.ts'
import { aDelivery } from '../surfaces/email/notice-builders.ts'

let relay: Relay | undefined
afterEach(() => relay?.stop())

/** A relay with one mail to send, whose outbox fails to settle it so many times. */
function settling(failures: number, sends: 'sent' | 'passing') {
  const settled: DeliverySettlement[] = []
  const tries: number[] = []
  let claims = 0
  const outbox: Outbox = {
    claimDeliveries: async () => (claims++ === 0 ? [aDelivery()] : []),
    claimCards: async () => [],
    settleDelivery: async (_delivery, settlement) => {
      tries.push(performance.now())
      if (tries.length <= failures) throw new Error('terminating connection due to administrator command')
      settled.push(settlement)
    },
    settleCard: async () => {},
    pause: async () => {},
    holdForSetup: async () => 0,
  }
  const outcome =
    sends === 'sent' ? ({ kind: sends, externalId: 'm1' } as const) : ({ kind: sends, error: '503' } as const)
  relay = createRelay({
    outbox,
    findBookings: async () => new Map(),
    reportUndelivered: async () => {},
    now: () => new Date(),
    senders: [{ channel: 'email', deliver: async () => outcome }],
    drawers: [],
    log: { warn: () => {}, error: () => {} },
    isAnswering: () => false,
  })
  relay.start()
  return { settled, tries }
}

it.each(['sent', 'passing'] as const)(
  'settles what was %s again where the database hiccups, and soon',
  async (kind) => {
    const { settled, tries } = settling(3, kind)
    await expect.poll(() => settled.length, { timeout: 5000 }).toBe(1)
    expect(settled[0]).toMatchObject(kind === 'sent' ? { kind, externalId: 'm1' } : { kind: 'retry', counts: true })
    expect(tries).toHaveLength(4)
  },
)
