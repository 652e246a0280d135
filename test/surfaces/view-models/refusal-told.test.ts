import { expect, it } from 'vitest'
import { DEADLINES } from '../../../src/core/approval/deadlines.ts'
import type { Booking } from '../../../src/core/booking/booking.ts'
import type { Refusal } from '../../../src/core/booking-error.ts'
import type { Person } from '../../../src/core/people/person.ts'
import type { Deps } from '../../../src/core/ports.ts'
import { refusalTold } from '../../../src/surfaces/view-models/refusal-told.ts'
import { ANNA, aBooking, aPerson, HANNA, MARA, minutesAfter, NOW } from '../../support/builders.ts'

const AT = minutesAfter(NOW, -60)
const STEP = { stepId: 'manager-step' }
const BOOKING = { bookingId: 'booking' }
const approved = { status: 'approved', bookingStatus: 'pending_hr', by: MARA.name, at: AT } as const
const closed: Refusal = { code: 'step_closed', facts: approved }
const cancelled: Refusal = { code: 'not_possible_now', facts: { bookingStatus: 'cancelled', by: ANNA.name, at: AT } }
const superseded: Refusal = {
  code: 'step_closed',
  facts: { status: 'superseded', bookingStatus: 'cancelled', by: ANNA.name, at: AT },
}

/** What these words need of a database with one booking in it. */
function coreWith(booking: Booking): Deps {
  const store = { findBooking: async () => booking, findBookingByStep: async () => booking }
  return {
    store: store as unknown as Deps['store'],
    now: () => NOW,
    deadlines: DEADLINES,
    channels: { chat: [], email: false },
  }
}

const pendingHr = aBooking({ status: 'pending_hr' })
const called = aBooking({ status: 'cancelled' })
const namesake = aPerson({ id: 'other', name: MARA.name })

it.each<[string, Refusal, Person, Booking, typeof STEP | typeof BOOKING | null, string]>([
  ['who approved', closed, MARA, pendingHr, STEP, 'You approved it, today 08:00.'],
  ['who cancelled', cancelled, ANNA, called, BOOKING, 'You cancelled it, today 08:00.'],
  ['who cancelled, of a step', superseded, ANNA, called, STEP, 'You cancelled it, today 08:00.'],
  ['somebody else', closed, HANNA, pendingHr, STEP, `Changed since you looked: ${MARA.name} approved it, today 08:00.`],
  ['a namesake', closed, namesake, pendingHr, STEP, `Changed since you looked: ${MARA.name} approved it, today 08:00.`],
  [
    'who sends a new form',
    closed,
    MARA,
    pendingHr,
    null,
    `Changed since you looked: ${MARA.name} approved it, today 08:00.`,
  ],
])('to %s', async (_case, refusal, person, booking, about, expected) => {
  expect(await refusalTold(coreWith(booking), refusal, person, about)).toBe(expected)
})
