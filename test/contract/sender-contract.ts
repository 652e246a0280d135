import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChannelAct, DueDelivery, SendOutcome } from '../../src/core/notification/delivery.ts'
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
  /** Codes with which the platform refuses: our own set-up, this very message; in its words of today and of tomorrow. */
  codes: { setup: string; refused: string; unknown: string }
  /** The acts that a 429 on {@link method} holds back, and for whom. */
  limited: { act: ChannelAct; personOnly: boolean }
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
    /** The same delivery in an attempt after one that may have been taken. */
    const again = () => sender.delivery({ attempt: 2, triedSince: new Date() })

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
      ['a page in place of the answer', { kind: 'page' }],
      ['a connection that breaks before anything happened', { kind: 'drop_before_acting' }],
      ['a connection that breaks before the answer', { kind: 'drop_after_acting' }],
    ] as const)('asks for another attempt after %s, and pauses nobody else', async (_what, fault) => {
      sender.faults.add({ ...fault, match: { method: sender.method } })
      const outcome = await sender.deliver(sender.delivery())
      expect(outcome).toEqual({ kind: 'passing', error: expect.stringMatching(/./) })
    })

    it('makes one attempt at a time: trying again is the relay’s', async () => {
      sender.faults.add({ kind: 'server_error', match: { method: sender.method } })
      await sender.deliver(sender.delivery())
      expect(sender.arrived()).toHaveLength(0)
    })

    it('asks for another attempt while the platform is down', async () => {
      sender.faults.down(true)
      expect(await sender.deliver(sender.delivery())).toMatchObject({ kind: 'passing' })
      sender.faults.down(false)
      expect(await sender.deliver(again())).toMatchObject({ kind: 'sent' })
      expect(sender.arrived()).toHaveLength(1)
    })

    it('says how long a 429 asks to wait, and what it is about', async () => {
      sender.faults.add({ kind: 'rate_limited', retryAfterSeconds: 7, match: { method: sender.method } })
      const outcome = await sender.deliver(sender.delivery())
      expect(outcome).toEqual({ kind: 'paused', error: expect.stringMatching(/./), seconds: 7, ...sender.limited })
      expect(sender.arrived()).toHaveLength(0)
    })

    it.each([
      ['what is wrong with our own set-up from the message', 'setup', 'setup'],
      ['a message that is never taken from one that may be later', 'refused', 'refused'],
      ['a code that nobody knows yet from one that is final', 'unknown', 'passing'],
    ] as const)('tells %s', async (_what, code, kind) => {
      const error = sender.codes[code]
      sender.faults.add({ kind: 'error', error, match: { method: sender.method } })
      expect(await sender.deliver(sender.delivery())).toMatchObject({ kind, error: expect.stringContaining(error) })
      expect(sender.arrived()).toHaveLength(0)
    })

    it('tells somebody whom nothing can reach from a message that is refused', async () => {
      expect(await sender.deliver(sender.unreachable())).toEqual({
        kind: 'unreachable',
        error: expect.stringMatching(/./),
      })
    })

    it('makes one message when the answer to the first attempt was lost, if the platform can tell', async () => {
      sender.faults.add({ kind: 'drop_after_acting', match: { method: sender.method } })
      await sender.deliver(sender.delivery())
      expect(sender.arrived()).toHaveLength(1)
      const second = await sender.deliver(again())
      expect(second).toEqual({ kind: 'sent', externalId: sender.namesMessages ? expect.stringMatching(/./) : null })
      if (!sender.tellsRepeats) {
        expect(sender.arrived()).toHaveLength(2)
        return
      }
      expect(await sender.deliver(again())).toEqual(second)
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
