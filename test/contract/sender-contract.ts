import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DueDelivery, SendOutcome } from '../../src/core/notification/delivery.ts'
import type { Faults } from '../../src/workspace/protocol/faults.ts'

/** A sender and the platform behind it, as far as the contract looks. */
export interface SenderUnderTest {
  deliver(delivery: DueDelivery): Promise<SendOutcome>
  /** A delivery to somebody whom the platform knows. */
  delivery(changes?: Partial<DueDelivery>): DueDelivery
  /** To somebody whom it will never reach. */
  unreachable(): DueDelivery
  faults: Faults
  /** The call that sends, as its faults name it. */
  method: string
  /** What has arrived, each as one text. */
  arrived(): string[]
  /** Whether the answer to a message names it. */
  namesMessages: boolean
  /**
   * Whether the platform can tell a repeat: it takes a key (mail), or is asked what arrived (Slack). Where it can do neither
   * (Teams), a lost answer costs a second message, for the promise is at least once.
   */
  tellsRepeats: boolean
  close(): Promise<void>
}

/** What every sender promises the relay, whatever its platform. */
export function describeSender(name: string, start: () => Promise<SenderUnderTest>): void {
  describe(`the ${name} sender`, () => {
    let sender: SenderUnderTest
    beforeEach(async () => {
      sender = await start()
    })
    afterEach(() => sender.close())

    it('sends, and says where the message is', async () => {
      const outcome = await sender.deliver(sender.delivery())
      expect(outcome).toEqual({ kind: 'sent', externalId: sender.namesMessages ? expect.stringMatching(/./) : null })
      expect(sender.arrived()).toHaveLength(1)
    })

    it('sends each delivery as a message of its own', async () => {
      await sender.deliver(sender.delivery())
      await sender.deliver(sender.delivery({ id: 'd2b1c3a0-0000-4000-8000-000000000002' }))
      expect(sender.arrived()).toHaveLength(2)
    })

    it.each([
      ['an error of the platform’s', { kind: 'server_error' }],
      ['a connection that breaks before anything happened', { kind: 'drop_before_acting' }],
      ['a connection that breaks before the answer', { kind: 'drop_after_acting' }],
    ] as const)('asks for another attempt after %s, and pauses nobody else', async (_what, fault) => {
      sender.faults.add({ ...fault, match: { method: sender.method } })
      const outcome = await sender.deliver(sender.delivery())
      expect(outcome).toEqual({ kind: 'retry', error: expect.stringMatching(/./) })
    })

    it('makes one attempt at a time: trying again is the relay’s', async () => {
      sender.faults.add({ kind: 'server_error', match: { method: sender.method } })
      await sender.deliver(sender.delivery())
      expect(sender.arrived()).toHaveLength(0)
    })

    it('asks for another attempt while the platform is down', async () => {
      sender.faults.down(true)
      expect(await sender.deliver(sender.delivery())).toMatchObject({ kind: 'retry' })
      sender.faults.down(false)
      expect(await sender.deliver(sender.delivery({ attempt: 2 }))).toMatchObject({ kind: 'sent' })
      expect(sender.arrived()).toHaveLength(1)
    })

    it('passes on how long a 429 asks everybody to wait', async () => {
      sender.faults.add({ kind: 'rate_limited', retryAfterSeconds: 7, match: { method: sender.method } })
      const outcome = await sender.deliver(sender.delivery())
      expect(outcome).toEqual({ kind: 'retry', error: expect.stringMatching(/./), pauseSeconds: 7 })
      expect(sender.arrived()).toHaveLength(0)
    })

    it('gives up on what will not pass', async () => {
      sender.faults.add({ kind: 'error', error: 'invalid_blocks', match: { method: sender.method } })
      expect(await sender.deliver(sender.delivery())).toMatchObject({
        kind: 'failed',
        error: expect.stringMatching(/./),
      })
    })

    it('gives up on somebody whom nothing can reach', async () => {
      expect(await sender.deliver(sender.unreachable())).toMatchObject({
        kind: 'failed',
        error: expect.stringMatching(/./),
      })
    })

    it('makes one message when the answer to the first attempt was lost, if the platform can tell', async () => {
      sender.faults.add({ kind: 'drop_after_acting', match: { method: sender.method } })
      await sender.deliver(sender.delivery())
      expect(sender.arrived()).toHaveLength(1)
      const again = await sender.deliver(sender.delivery({ attempt: 2 }))
      expect(again).toEqual({ kind: 'sent', externalId: sender.namesMessages ? expect.stringMatching(/./) : null })
      if (!sender.tellsRepeats) {
        expect(sender.arrived()).toHaveLength(2)
        return
      }
      expect(await sender.deliver(sender.delivery({ attempt: 3 }))).toEqual(again)
      expect(sender.arrived()).toHaveLength(1)
    })

    it('says what was true when it happened, and never "today"', async () => {
      const delivery = sender.delivery({ createdAt: new Date('2025-10-30T14:12:00Z') })
      await sender.deliver(delivery)
      const [text] = sender.arrived()
      expect(text).toContain('Mon 3 Nov, 09:00 – 17:30')
      expect(text).toContain('Dresden')
      expect(text).toContain('Škoda Octavia')
      expect(text).not.toMatch(/today|tomorrow/i)
    })

    it('never throws, whatever the facts are', async () => {
      const broken = sender.delivery()
      const outcome = await sender.deliver({ ...broken, facts: { ...broken.facts, startsAt: 'no time at all' } })
      expect(outcome.kind).not.toBe('sent')
    })

    it('does not change what it was given', async () => {
      const delivery = sender.delivery()
      const before = structuredClone(delivery)
      await sender.deliver(delivery)
      expect(delivery).toEqual(before)
    })
  })
}
