import type { DueCard, DueDelivery, FailedOutcome } from '../core/notification/delivery.ts'
import { noLongerMatters } from '../core/notification/no-longer-matters.ts'
import type { Channel } from '../core/notification/notice.ts'
import type { Outbox } from '../core/notification/outbox.ts'
import type { Undelivered } from '../core/notification/undelivered.ts'
import type { Alert } from '../core/ports.ts'
import { afterFailure } from './retry-pause.ts'

/** Somebody who cannot be reached may be again, with nothing to tell us so: they are tried that often. Seconds. */
const UNREACHABLE_AGAIN = 3600

export interface AfterAttemptDeps {
  outbox: Pick<Outbox, 'pause' | 'holdForSetup'>
  /** Tells the admins. */
  reportUndelivered(undelivered: Undelivered): Promise<void>
  /** Business time. */
  now(): Date
}

/** What follows an attempt that failed. `superseded`: it no longer matters; `refused`: it will never be taken. */
export type Next =
  | { kind: 'retry'; afterSeconds: number; counts: boolean }
  | { kind: 'superseded' }
  | { kind: 'refused' }

/**
 * Decides what follows an attempt that failed, pauses what has to be paused and tells the admins what they have to know. Nothing is
 * given up for having failed often: only when it no longer matters, or when the platform never takes it.
 */
export async function afterAttempt(
  { outbox, reportUndelivered, now }: AfterAttemptDeps,
  channel: Channel,
  due: DueDelivery | DueCard,
  outcome: FailedOutcome,
): Promise<Next> {
  const { error } = outcome
  const { personId, name } = due.recipient
  const tell = async (kind: Alert['kind']) => {
    const person = kind === 'setup' ? null : { id: personId, name }
    const bookingId = toldThrough(due, kind)
    if (bookingId !== null) await reportUndelivered({ kind, bookingId, channel, person, error })
  }
  const retry = (afterSeconds: number, counts = true): Next =>
    counts && noLongerMatters(due.bookingEndedAt, now())
      ? { kind: 'superseded' }
      : { kind: 'retry', afterSeconds, counts }
  switch (outcome.kind) {
    case 'passing':
      return retry(afterFailure(due.failures + 1))
    case 'paused': {
      const about = { channel, act: outcome.act, personId: outcome.personOnly ? personId : null }
      await outbox.pause(about, outcome.seconds)
      return retry(outcome.seconds, false)
    }
    case 'setup': {
      const seconds = await outbox.holdForSetup(channel, outcome.act, due.id, error)
      await tell('setup')
      return retry(seconds, false)
    }
    case 'unreachable':
      await tell('unreachable')
      return retry(UNREACHABLE_AGAIN)
    case 'refused':
      await tell('refused')
      return { kind: 'refused' }
  }
}

/** The booking through which the admins are told; null where there is none, and where it is their report that failed. */
function toldThrough(due: DueDelivery | DueCard, kind: Alert['kind']): string | null {
  if (due.kind === 'home') return null
  if ('bookingId' in due) return due.bookingId
  return due.kind === 'delivery_failed' && kind !== 'setup' ? null : due.facts.bookingId
}
