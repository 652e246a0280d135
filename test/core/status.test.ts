import { describe, expect, it } from 'vitest'
import { type BookingAction, type BookingStatus, isLive, isPending, nextStatus } from '../../src/core/booking/status.ts'
import { ACTIONS, STATUSES } from '../support/builders.ts'

/** Everything that may happen; whatever is not here may not. */
const MAY_HAPPEN: Record<BookingStatus, Partial<Record<BookingAction, BookingStatus>>> = {
  draft: { submit: 'pending_manager' },
  pending_manager: {
    approve: 'pending_hr',
    skip: 'pending_hr',
    escalate: 'pending_hr',
    reject: 'rejected',
    ask_for_change: 'changes_requested',
    change: 'pending_manager',
    cancel: 'cancelled',
    expire: 'expired',
  },
  pending_hr: {
    approve: 'approved',
    reject: 'rejected',
    ask_for_change: 'changes_requested',
    change: 'pending_manager',
    cancel: 'cancelled',
    expire: 'expired',
  },
  changes_requested: {
    resubmit: 'pending_manager',
    resubmit_to_hr: 'pending_hr',
    cancel: 'cancelled',
    expire: 'expired',
  },
  approved: { cancel: 'cancelled', check_out: 'in_use', complete: 'completed', miss: 'no_show' },
  in_use: { return: 'completed' },
  completed: {},
  rejected: {},
  cancelled: {},
  expired: {},
  no_show: {},
}

describe('nextStatus', () => {
  const every = STATUSES.flatMap((status) =>
    ACTIONS.map((action) => [status, action, MAY_HAPPEN[status][action] ?? null] as const),
  )
  it.each(every)('%s, %s: %s', (status, action, next) => {
    expect(nextStatus(status, action)).toBe(next)
  })

  it('never leaves an end', () => {
    const ends = STATUSES.filter((status) => ACTIONS.every((action) => nextStatus(status, action) === null))
    expect(ends).toEqual(['completed', 'rejected', 'cancelled', 'expired', 'no_show'])
  })
})

it('only what may still be driven has a hold on its car', () => {
  expect(STATUSES.filter(isLive)).toEqual(['pending_manager', 'pending_hr', 'changes_requested', 'approved', 'in_use'])
})

it('somebody has to decide while a step is open', () => {
  expect(STATUSES.filter(isPending)).toEqual(['pending_manager', 'pending_hr'])
})

it('a booking that has ended never holds a car again', () => {
  const ended = STATUSES.filter((status) => status !== 'draft' && !isLive(status))
  const next = ended.flatMap((status) => ACTIONS.map((action) => nextStatus(status, action)))
  expect(next.every((status) => status === null)).toBe(true)
})
