import { describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import { tripOf } from '../../src/core/booking/trip-change.ts'
import { aBooking, aStep, decided, MARA, minutesAfter, NOW } from '../support/builders.ts'
import { asked, changing, noted, passingTime, VERA } from '../support/passing-time.ts'

const HOUR = 60
const DAY = 24 * HOUR

describe('what time leaves', () => {
  const leaves = async (booking: Booking, at: Date) => {
    const time = passingTime(booking)
    await time.at(at)
    return { change: time.changes[0], booking: time.booking() }
  }

  it('an expired request holds no car, and nobody can answer it', async () => {
    const { change, booking } = await leaves(aBooking(), aBooking().window.startsAt)
    expect(change?.holds).toEqual([])
    expect(booking).toMatchObject({ status: 'expired', steps: [{ status: 'unanswered', remindAt: null }] })
  })

  it('everybody who was asked in the last step is told, whoever it went on to', async () => {
    const passedOn = [{ person: MARA, onBehalfOf: null, at: NOW }]
    const step = aStep({ asks: [{ person: VERA, onBehalfOf: null }], passedOn })
    const { change } = await leaves(aBooking({ steps: [step] }), aBooking().window.startsAt)
    expect(change?.notices.map(({ personId }) => personId)).toEqual(['anna', 'vera', 'mara'])
  })

  it('an expired change leaves the booking with its car, as it stands', async () => {
    const before = changing()
    const { change, booking } = await leaves(before, before.window.startsAt)
    expect(change?.holds).toEqual([{ vehicleId: 'octavia', window: before.window }])
    expect(booking).toMatchObject({ ...tripOf(before), status: 'approved', change: { status: 'expired' } })
    expect(booking.steps.at(-1)).toMatchObject({ status: 'unanswered', closedAt: before.window.startsAt })
  })

  it('a completed trip holds no car, and nobody is told', async () => {
    const before = aBooking({ status: 'approved' })
    const { change, booking } = await leaves(before, before.window.endsAt)
    expect([change?.holds, change?.notices, booking.status]).toEqual([[], [], 'completed'])
  })

  it('a reminder asks in chat and by mail, and is void once the step is closed', async () => {
    const { change } = await leaves(aBooking(), minutesAfter(NOW, 5 * HOUR))
    expect(change?.notices).toMatchObject([
      {
        kind: 'approval_reminder',
        stepId: 'manager-step',
        card: { platform: 'slack', kind: 'manager_approval' },
        deliveries: [{ channel: 'email' }],
      },
    ])
  })

  it('a note is repeated in the words of who wrote it', async () => {
    const { change, booking } = await leaves(noted(), minutesAfter(NOW, 6 * HOUR))
    expect(change?.notices).toMatchObject([
      {
        kind: 'change_reminder',
        personId: 'anna',
        facts: {
          actorName: MARA.name,
          comment: 'Take the small one',
          dueAt: minutesAfter(NOW, HOUR + DAY).toISOString(),
        },
      },
    ])
    expect(booking.steps[0]?.remindAt).toEqual(minutesAfter(NOW, HOUR + DAY - HOUR))
  })

  it('decided steps of before are left alone', async () => {
    const booking = asked('hr', { steps: [] }, NOW)
    const time = passingTime({ ...booking, steps: [decided(aStep()), ...booking.steps] })
    await time.at(minutesAfter(NOW, DAY))
    expect(time.booking().steps[0]).toEqual(decided(aStep()))
  })
})
