import { describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { Notice } from '../../src/core/notification/notice.ts'
import {
  approvedNotices,
  cancelledNotices,
  managerApprovedNotices,
  rejectedNotices,
  requestedNotices,
  type Telling,
} from '../../src/core/notification/notices-for.ts'
import {
  changedTripNotices,
  changeRequestedNotices,
  changesRequestedNotices,
} from '../../src/core/notification/notices-of-change.ts'
import { expiredNotices } from '../../src/core/notification/notices-of-time.ts'
import { overtakenKinds } from '../../src/core/notification/overtaken.ts'
import { ANNA, aBooking, anEvent, anHrStep, aStep, HANNA, JO, MARA, STATUSES } from '../support/builders.ts'

it('nothing is overtaken while a booking goes on or has been driven', () => {
  const overtaken = STATUSES.filter((status) => overtakenKinds(status).length > 0)
  expect(overtaken.toSorted()).toEqual(['cancelled', 'expired', 'rejected'])
})

it('the end itself, and a report to the admins, are never overtaken', () => {
  const kinds = overtakenKinds('cancelled')
  const ends = ['booking_rejected', 'booking_cancelled', 'booking_expired', 'trip_left'] as const
  for (const kind of [...ends, 'delivery_failed', 'check_found'] as const) expect(kinds).not.toContain(kind)
})

it.each([
  'approval_needed',
  'approval_reminder',
  'changes_requested',
  'change_reminder',
  'change_requested',
  'change_approved',
  'change_rejected',
  'change_withdrawn',
  'change_expired',
  'booking_changed',
  'step_escalated',
  'step_unanswered',
  'step_overdue',
] as const)('%s is overtaken by the end', (kind) => {
  expect(overtakenKinds('expired')).toContain(kind)
  expect(overtakenKinds('completed')).not.toContain(kind)
})

describe('nobody who was told something that came to nothing is left without the end', () => {
  const telling = (booking: Booking, approved = false): Telling => ({
    channels: { chat: ['slack'], email: true },
    event: anEvent({ actor: approved ? ANNA : HANNA }),
    booking,
    said: { actorName: HANNA.name, comment: null, wasApproved: approved },
  })
  const people = (notices: Notice[]) => new Set(notices.map((notice) => notice.personId))
  /** Whoever was only asked hears no more, for there is nothing left to answer. */
  const toldMoreThanAsked = (notices: Notice[]) => people(notices.filter((notice) => notice.kind !== 'approval_needed'))
  const whilePending = [
    ...requestedNotices(telling(aBooking())),
    ...managerApprovedNotices(telling(aBooking({ status: 'pending_hr' }))),
  ]
  const approvedTrip = aBooking({ status: 'approved' })
  const changing: Booking = {
    ...approvedTrip,
    round: 2,
    change: { status: 'pending_manager', trip: approvedTrip },
    steps: [...approvedTrip.steps, aStep({ id: 'second', round: 2, asks: [{ person: JO, onBehalfOf: MARA }] })],
  }
  const joined: Booking = {
    ...approvedTrip,
    change: { status: 'approved', trip: approvedTrip },
    travellers: [...approvedTrip.travellers, { kind: 'companion', person: JO, name: JO.name }],
  }
  const untilApproved = [...whilePending, ...approvedNotices(telling(aBooking({ status: 'approved' })))]

  it.each([
    ['rejected', whilePending, rejectedNotices(telling(aBooking({ status: 'rejected' })))],
    ['cancelled while undecided', whilePending, cancelledNotices(telling(aBooking({ status: 'cancelled' })))],
    ['expired', whilePending, expiredNotices(anHrStep())(telling(aBooking({ status: 'expired' })))],
    [
      'cancelled while a change is open',
      [...untilApproved, ...changeRequestedNotices(telling(changing)), ...changesRequestedNotices(telling(changing))],
      cancelledNotices(telling({ ...changing, status: 'cancelled' }, true)),
    ],
    [
      'cancelled after a change that brought somebody along',
      [...untilApproved, ...changedTripNotices(telling(joined))],
      cancelledNotices(telling({ ...joined, status: 'cancelled' }, true)),
    ],
    [
      'cancelled after the approval',
      untilApproved,
      cancelledNotices(telling(aBooking({ ...aBooking({ status: 'approved' }), status: 'cancelled' }), true)),
    ],
  ])('when it is %s', (_how, before, end) => {
    for (const personId of toldMoreThanAsked(before)) expect(people(end)).toContain(personId)
    expect(new Set(end.map(({ kind }) => kind)).size).toBe(1)
    for (const { kind } of end) expect(overtakenKinds('cancelled')).not.toContain(kind)
  })
})
