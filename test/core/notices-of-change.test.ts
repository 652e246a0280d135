import { describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import { tripOf } from '../../src/core/booking/trip-change.ts'
import type { Notice } from '../../src/core/notification/notice.ts'
import { cancelledNotices, type Telling } from '../../src/core/notification/notices-for.ts'
import {
  changedTripNotices,
  changeRequestedNotices,
  changesRequestedNotices,
  changeWithdrawnNotices,
} from '../../src/core/notification/notices-of-change.ts'
import { ANNA, aBooking, anEvent, anHrStep, aPerson, aStep, BEN, HANNA, MARA, NOW } from '../support/builders.ts'

const TOM = aPerson({ name: 'Tom Berg' })
const driver = { kind: 'driver', person: ANNA, name: ANNA.name } as const
const along = (person: typeof TOM) => ({ kind: 'companion', person, name: person.name }) as const

function telling(booking: Booking, event = anEvent({ type: 'booking.changed', actor: ANNA })): Telling {
  const said = { actorName: event.actor?.name ?? null, comment: null, wasApproved: booking.status === 'approved' }
  return { channels: { chat: ['slack'], email: true }, event, booking, said }
}

const told = (notices: Notice[]) =>
  notices.map(
    ({ personId, kind, deliveries, card }) =>
      `${personId}: ${kind}, ${[card ? `${card.kind} again` : [], deliveries.map(({ channel }) => channel)].flat(2).join(' + ')}`,
  )

/** Ben came along, and Tom does now. */
const former = tripOf(aBooking({ travellers: [driver, along(BEN)] }))
const changed = aBooking({
  status: 'approved',
  travellers: [driver, along(TOM)],
  change: { status: 'approved', trip: former },
})

describe('a changed trip', () => {
  it('is told to whoever stays, joins and leaves; who changed it needs no ping', () => {
    expect(told(changedTripNotices(telling(changed)))).toEqual([
      'anna: booking_changed, email',
      'tom: booking_approved, slack + email',
      'ben: trip_left, slack + email',
    ])
  })

  it('that was approved pings its owner as well', () => {
    const approved = anEvent({ type: 'change.approved', actor: HANNA })
    expect(told(changedTripNotices(telling(changed, approved)))[0]).toBe('anna: change_approved, slack + email')
  })

  it.each([
    ['the note', { details: 'Collect the award' }],
    ['why it is made', { type: 'event', reason: 'training' } as const],
  ])('is no news for companions where only %s differs, which is not theirs to read', (_what, to) => {
    const noted = { ...changed, ...to, change: { status: 'approved', trip: tripOf(changed) } } as const
    expect(told(changedTripNotices(telling(noted)))).toEqual(['anna: booking_changed, email'])
  })

  it('carries what it was before, and its facts are what it is now', () => {
    const [notice] = changedTripNotices(telling(changed))
    expect(notice?.facts.former?.travellers.map(({ name }) => name)).toEqual([ANNA.name, BEN.name])
    expect(notice?.facts.travellers.map(({ name }) => name)).toEqual([ANNA.name, TOM.name])
    expect(notice?.facts.proposed).toBeUndefined()
  })
})

describe('a change that is asked for', () => {
  const proposed = { ...tripOf(changed), destination: 'Kiel' }
  const open = aBooking({
    ...changed,
    change: { status: 'pending_manager', trip: proposed },
    steps: [aStep({ round: 2 })],
  })

  it('asks those who decide, and confirms it by mail', () => {
    expect(told(changeRequestedNotices(telling(open)))).toEqual([
      'anna: change_requested, email',
      'mara: approval_needed, email',
    ])
  })

  it.each([
    ['in an earlier round', [aStep({ status: 'approved' }), aStep({ id: 'second', round: 2 })]],
    ['before it went on to somebody else', [aStep({ passedOn: [{ person: MARA, onBehalfOf: null, at: NOW }] })]],
  ])('pings those whose card stands there since they were asked %s', (_, steps) => {
    expect(told(changeRequestedNotices(telling({ ...open, steps }))).at(-1)).toBe(
      'mara: approval_needed, manager_approval again + email',
    )
  })

  it('does not take the card of the manager for one of HR', () => {
    const steps = [aStep({ status: 'approved', asks: [{ person: HANNA, onBehalfOf: null }] }), anHrStep()]
    expect(told(changeRequestedNotices(telling({ ...open, steps }))).slice(1)).toEqual([
      'hanna: approval_needed, email',
      'jo: approval_needed, email',
    ])
  })

  it('carries what is proposed beside what stands', () => {
    const [, asked] = changeRequestedNotices(telling(open))
    expect([asked?.facts.destination, asked?.facts.proposed?.destination]).toEqual(['Dresden', 'Kiel'])
  })

  it('and is no longer wanted is told to those who were asked', () => {
    const withdrawn = anEvent({ type: 'change.withdrawn', actor: ANNA })
    expect(told(changeWithdrawnNotices([MARA])(telling(changed, withdrawn)))).toEqual([
      'anna: change_withdrawn, email',
      'mara: change_withdrawn, slack + email',
    ])
  })
})

it('a request that is to be changed goes back to its owner, with until when', () => {
  const steps = [aStep({ status: 'changes_requested', decidedBy: MARA, comment: 'Later?' })]
  const noted = aBooking({ status: 'changes_requested', steps })
  const [notice] = changesRequestedNotices(telling(noted, anEvent({ type: 'step.changes_requested', actor: MARA })))
  expect(told([notice].flatMap((one) => one ?? []))).toEqual(['anna: changes_requested, request again + email'])
  expect(notice?.facts.dueAt).toBe(steps[0]?.dueAt?.toISOString())
})

it('a cancelled request is told to whom it went on from as well', () => {
  const steps = [
    aStep({
      status: 'superseded',
      asks: [{ person: TOM, onBehalfOf: null }],
      passedOn: [{ person: MARA, onBehalfOf: null, at: new Date() }],
    }),
  ]
  const cancelled = aBooking({ status: 'cancelled', steps })
  expect(told(cancelledNotices(telling(cancelled, anEvent({ type: 'booking.cancelled', actor: ANNA }))))).toEqual([
    'anna: booking_cancelled, email',
    'tom: booking_cancelled, slack + email',
    'mara: booking_cancelled, slack + email',
  ])
})

it('whoever is asked for somebody who is away is told for whom', () => {
  const steps = [aStep({ asks: [{ person: TOM, onBehalfOf: MARA }] })]
  const notices = changeRequestedNotices(telling(aBooking({ steps })))
  expect(notices.map(({ personId, facts }) => [personId, facts.askedFor])).toEqual([
    ['anna', undefined],
    ['tom', MARA.name],
  ])
})
