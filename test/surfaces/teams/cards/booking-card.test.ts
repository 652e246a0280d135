import { describe, expect, it } from 'vitest'
import type { Booking } from '../../../../src/core/booking/booking.ts'
import { tripOf } from '../../../../src/core/booking/trip-change.ts'
import { bookingCard } from '../../../../src/surfaces/teams/cards/booking-card.ts'
import { bytesOf, LIMITS } from '../../../../src/surfaces/teams/cards/limits.ts'
import { withNotice } from '../../../../src/surfaces/teams/cards/words-card.ts'
import { approvalCard, requestCard } from '../../../../src/surfaces/view-models/booking-card.ts'
import { aBooking, anHrStep, aStep, BERLIN, decided, minutesAfter, NOW, STATUSES } from '../../../support/builders.ts'
import { aFullBooking } from '../../../support/full-booking.ts'
import { TORN } from '../../slack/typed-texts.ts'
import { actionsOf, inputOf, problemsOf, textsOf, titlesOf } from './read-card.ts'
import { LONG_TEXTS, TELLING_TEXTS } from './typed-texts.ts'

const forAnna = (booking: Booking) => requestCard(booking, { personId: 'anna', zone: BERLIN }, NOW)
const forMara = (booking: Booking) => approvalCard(booking, 'manager', { personId: 'mara', zone: BERLIN }, NOW)
const forHanna = (booking: Booking) => approvalCard(booking, 'hr', { personId: 'hanna', zone: BERLIN }, NOW)
const READERS = [forAnna, forMara, forHanna]

const DECIDE = ['Approve', 'Reject', 'Ask for a change', 'Approve with a comment']

/** Approved, and asked to go to Leipzig instead. */
const toLeipzig = (status: Booking['status'] = 'pending_manager') =>
  aBooking({
    status: 'approved',
    round: 2,
    change: { status, trip: { ...tripOf(aBooking()), destination: 'Leipzig' } },
    steps: [...aBooking({ status: 'approved' }).steps, aStep({ id: 'change-step', round: 2 })],
  })
/** Back with its owner. */
const noted = () =>
  aBooking({
    status: 'changes_requested',
    steps: [decided(aStep(), { status: 'changes_requested', comment: 'Train?' })],
  })

describe.each(LONG_TEXTS)('bookingCard at its longest, of %s', (_case, typed) => {
  it.each(['pending_manager', 'approved', 'rejected'] as const)('%s', (status) => {
    const booking = aFullBooking(typed, status)
    for (const reader of READERS) {
      const card = bookingCard(reader(booking))
      expect(problemsOf(card)).toEqual([])
      expect(bytesOf(card)).toBeLessThanOrEqual(LIMITS.card)
      expect(bytesOf(withNotice(card, typed(1000)))).toBeLessThan(27_000)
      expect(JSON.stringify(card)).not.toMatch(TORN)
      expect(textsOf(card)).toContain(booking.details)
      for (const { comment } of booking.steps) {
        expect(textsOf(card).join()).toContain(comment ? `: “${comment}”` : '')
      }
    }
  })
})

it('leaves nothing out of what is long but fits', () => {
  const words = (length: number) => 'We meet the client. '.repeat(length).slice(0, length)
  const full = { ...aFullBooking(words, 'approved'), details: '' }
  for (const { text } of forAnna(full).facts) expect(textsOf(bookingCard(forAnna(full)))).toContain(text)
})

it.each(STATUSES)('a booking that is %s', (status) => {
  for (const reader of READERS) expect(problemsOf(bookingCard(reader(aBooking({ status }))))).toEqual([])
})

it.each(TELLING_TEXTS)('%j stands as typed', (typed) => {
  const travellers = [{ kind: 'companion' as const, person: null, name: typed }]
  const comment = { comment: typed }
  const steps = [decided(aStep(), comment), decided(anHrStep(), comment)]
  const card = bookingCard(
    forAnna(aBooking({ status: 'approved', details: typed, destination: typed, travellers, steps })),
  )
  const texts = textsOf(card)
  expect(texts).toContain(typed)
  expect(texts.filter((text) => text.includes(typed))).toHaveLength(5)
  // Only these are free of Markdown, and of what clients put in place of a date.
  expect(JSON.stringify(card.body)).not.toMatch(/"(TextBlock|FactSet)"|\{\{/)
})

describe('what can be pressed', () => {
  it.each<[string, () => ReturnType<typeof forAnna>, string[]]>([
    ['the manager, while they are asked', () => forMara(aBooking()), DECIDE],
    ['HR, while they are asked', () => forHanna(aBooking({ status: 'pending_hr' })), DECIDE],
    ['the manager, once they approved', () => forMara(aBooking({ status: 'pending_hr' })), []],
    ['HR, before it is their turn', () => forHanna(aBooking()), []],
    ['the manager, once it is decided', () => forMara(aBooking({ status: 'approved' })), []],
    ['the manager, after the departure', () => forMara(aBooking({ window: begun })), []],
    ['the manager, once it is cancelled', () => forMara(aBooking({ status: 'cancelled' })), []],
    ['the manager, of a change', () => forMara(toLeipzig()), DECIDE],
    ['the manager, once they asked for a change', () => forMara(noted()), []],
    ['the requester, while it is open', () => forAnna(aBooking()), ['Change', 'Cancel']],
    ['the requester, once it is approved', () => forAnna(aBooking({ status: 'approved' })), ['Change', 'Cancel']],
    ['the requester, asked for a change', () => forAnna(noted()), ['Change', 'Cancel']],
    ['the requester, while a change is open', () => forAnna(toLeipzig()), ['Change', 'Cancel', 'Withdraw change']],
    ['the requester, once a change was rejected', () => forAnna(toLeipzig('rejected')), ['Change', 'Cancel']],
    ['the requester, once it is cancelled', () => forAnna(aBooking({ status: 'cancelled' })), []],
    ['the requester, once it is rejected', () => forAnna(aBooking({ status: 'rejected' })), []],
    ['the requester, on the road', () => forAnna(aBooking({ status: 'in_use' })), []],
  ])('%s', (_who, booking, titles) => {
    expect(titlesOf(bookingCard(booking()))).toEqual(titles)
  })

  const begun = { startsAt: minutesAfter(NOW, -60), endsAt: minutesAfter(NOW, 60) }

  it('approves at once, rejects with a reason, and names the step it answers', () => {
    const card = bookingCard(forMara(aBooking()))
    const data = { stepId: 'manager-step' }
    expect(actionsOf(card)).toMatchObject([
      { type: 'Action.Execute', verb: 'booking.approve', data },
      { type: 'Action.ShowCard', card: { actions: [{ verb: 'booking.reject', data }] } },
      { type: 'Action.ShowCard', card: { actions: [{ verb: 'booking.ask_for_change', data }] } },
      { type: 'Action.ShowCard', card: { actions: [{ verb: 'booking.approve', data }] } },
    ])
    for (const id of ['reason', 'note']) {
      expect(inputOf(card, id)).toMatchObject({ isRequired: true, isMultiline: true, maxLength: 1000 })
    }
    expect(inputOf(card, 'comment')).not.toHaveProperty('isRequired')
  })

  it('asks once before it cancels, and for a word why', () => {
    const card = bookingCard(forAnna(aBooking()))
    const cancels = { verb: 'booking.cancel', data: { bookingId: 'booking' }, associatedInputs: 'auto' }
    expect(actionsOf(card)).toMatchObject([
      { type: 'Action.Execute', verb: 'booking.change', data: { bookingId: 'booking' } },
      { type: 'Action.ShowCard', card: { actions: [cancels] } },
    ])
    expect(textsOf(card)).toContain('Cancel this booking?')
    expect(inputOf(card, 'why')).toMatchObject({ label: 'Why (optional)', maxLength: 1000 })
    expect(inputOf(card, 'why')).not.toHaveProperty('isRequired')
  })

  it('asks once before it withdraws a change', () => {
    const card = bookingCard(forAnna(toLeipzig()))
    expect(actionsOf(card).at(-1)).toMatchObject({
      type: 'Action.ShowCard',
      card: { actions: [{ verb: 'change.withdraw', data: { bookingId: 'booking' } }] },
    })
    expect(problemsOf(card)).toEqual([])
    expect(textsOf(card)).toContain('Withdraw this change?')
  })

  it('has Change as the answer to a note', () => {
    const [answer] = actionsOf(bookingCard(forAnna(noted())))
    const [change] = actionsOf(bookingCard(forAnna(aBooking())))
    expect([answer?.style, change?.style]).toEqual(['positive', undefined])
  })

  it('shows old beside new to whoever decides', () => {
    expect(textsOf(bookingCard(forMara(toLeipzig()))).join()).toContain('Dresden → Leipzig')
    expect(problemsOf(bookingCard(forMara(toLeipzig())))).toEqual([])
  })
})

it('reads from who and what to what is odd, what is decided and whom to wait for', () => {
  const booking = aBooking({ status: 'pending_hr', createdAt: minutesAfter(aBooking().window.startsAt, -90) })
  const card = bookingCard(forHanna({ ...booking, details: 'Two boxes.' }))
  const text = textsOf(card).join('\n')
  const order = [
    'Anna Schmidt (Sales)',
    'Car',
    'Two boxes.',
    '⚠️ Short notice',
    '✅ Approved by Mara',
    '⏳ Please answer',
  ]
  const places = order.map((words) => text.indexOf(words))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(places).not.toContain(-1)
})

it('says without being drawn what stands in its first line, and what was decided', () => {
  const booking = forMara(aBooking({ status: 'rejected' }))
  const { fallbackText } = bookingCard(booking)
  expect(fallbackText).toContain(booking.headline)
  for (const { text } of booking.outcomes) expect(fallbackText).toContain(text)
})
