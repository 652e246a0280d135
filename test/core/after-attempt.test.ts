import { subDays } from 'date-fns'
import { describe, expect, it } from 'vitest'
import type { FailedOutcome } from '../../src/core/notification/delivery.ts'
import type { Undelivered } from '../../src/core/notification/undelivered.ts'
import { afterAttempt } from '../../src/jobs/after-attempt.ts'
import { NOW } from '../support/builders.ts'
import { aDelivery } from '../surfaces/email/notice-builders.ts'

async function next(outcome: FailedOutcome, changes: Parameters<typeof aDelivery>[0] = {}) {
  const told: Undelivered[] = []
  const paused: object[] = []
  const deps = {
    outbox: {
      pause: async (about: object, seconds: number) => void paused.push({ ...about, seconds }),
      holdForSetup: async () => 8,
    },
    reportUndelivered: async (undelivered: Undelivered) => void told.push(undelivered),
    now: () => NOW,
  }
  return { next: await afterAttempt(deps, 'email', aDelivery(changes), outcome), told, paused }
}

const PASSING = { kind: 'passing', error: '503' } as const
const UNREACHABLE = { kind: 'unreachable', error: 'no such mailbox' } as const
const SETUP = { kind: 'setup', error: 'invalid_api_key', act: 'everything' } as const
const LIMITED = { kind: 'paused', error: '429', seconds: 7, act: 'posting', personOnly: true } as const

describe('an attempt that failed', () => {
  it.each([1, 110, 5000])('and may pass is tried again, after %i failures as after one', async (failures) => {
    const { next: then } = await next(PASSING, { failures })
    expect(then).toMatchObject({ kind: 'retry', counts: true })
  })

  it.each([
    ['passing', PASSING],
    ['unreachable', UNREACHABLE],
  ])('(%s) is given up when its booking has been over for a week, and not before', async (_what, outcome) => {
    const daysAfterwards = async (days: number) =>
      (await next(outcome, { bookingEndedAt: subDays(NOW, days) })).next.kind
    expect([await daysAfterwards(0), await daysAfterwards(6), await daysAfterwards(7)]).toEqual([
      'retry',
      'retry',
      'superseded',
    ])
  })

  it('for what is wrong with our set-up is nobody’s fault: it waits, however old it is, and the admins are told', async () => {
    const { next: then, told } = await next(SETUP, { bookingEndedAt: subDays(NOW, 100) })
    expect(then).toEqual({ kind: 'retry', afterSeconds: 8, counts: false })
    expect(told).toMatchObject([{ kind: 'setup', channel: 'email', person: null, error: 'invalid_api_key' }])
  })

  it('for a 429 waits as long as it says, with what it is about, and nobody is told', async () => {
    const { next: then, told, paused } = await next(LIMITED)
    expect(then).toEqual({ kind: 'retry', afterSeconds: 7, counts: false })
    expect(paused).toEqual([{ channel: 'email', act: 'posting', personId: 'p1', seconds: 7 }])
    expect(told).toEqual([])
  })

  it('for what is refused ends, and names the person', async () => {
    const { next: then, told } = await next({ kind: 'refused', error: 'invalid_blocks' })
    expect(then).toEqual({ kind: 'refused' })
    expect(told).toMatchObject([{ kind: 'refused', person: { id: 'p1', name: 'Anna Schmidt' } }])
  })

  it('to bring a report is not reported, but for what is wrong with our set-up', async () => {
    const report = { kind: 'delivery_failed' } as const
    expect((await next(UNREACHABLE, report)).told).toEqual([])
    expect((await next(SETUP, report)).told).toHaveLength(1)
  })
})
