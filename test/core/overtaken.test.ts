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
import { overtakenKinds } from '../../src/core/notification/overtaken.ts'
import { ANNA, aBooking, anEvent, HANNA, STATUSES } from '../support/builders.ts'

it('nothing is overtaken while a booking goes on or has been driven', () => {
  const overtaken = STATUSES.filter((status) => overtakenKinds(status).length > 0)
  expect(overtaken.toSorted()).toEqual(['cancelled', 'expired', 'rejected'])
})

it('the end itself, and a report to the admins, are never overtaken', () => {
  const kinds = overtakenKinds('cancelled')
  for (const kind of ['booking_rejected', 'booking_cancelled', 'delivery_failed'] as const) {
    expect(kinds).not.toContain(kind)
  }
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
  const untilApproved = [...whilePending, ...approvedNotices(telling(aBooking({ status: 'approved' })))]

  it.each([
    ['rejected', whilePending, rejectedNotices(telling(aBooking({ status: 'rejected' })))],
    ['cancelled while undecided', whilePending, cancelledNotices(telling(aBooking({ status: 'cancelled' })))],
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
