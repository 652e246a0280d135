import { describe, expect, it } from 'vitest'
import type { Booking } from '../../../src/core/booking/booking.ts'
import { approvalListMessage } from '../../../src/surfaces/slack/views/approval-list-message.ts'
import type { SlackMessage } from '../../../src/surfaces/slack/views/booking-card-message.ts'
import { helpMessage } from '../../../src/surfaces/slack/views/help-message.ts'
import { listBlockId, listOfBlock } from '../../../src/surfaces/slack/views/list-blocks.ts'
import { tripListMessage } from '../../../src/surfaces/slack/views/trip-list-message.ts'
import { approvalCard } from '../../../src/surfaces/view-models/booking-card.ts'
import { decidedLine, tripEntry } from '../../../src/surfaces/view-models/trip-entry.ts'
import { blockProblems } from '../../../src/workspace/protocol/block-kit/check-blocks.ts'
import { ANNA, aBooking, aPerson, aStep, aVehicle, BEN, BERLIN, decided, MARA, NOW } from '../../support/builders.ts'
import { buttonsOf } from '../../support/slack-modal.ts'
import { plainText, textOf } from '../../support/visible-text.ts'
import { NOT_ESCAPED, TYPED } from './typed-texts.ts'

const anna = { personId: 'anna', zone: BERLIN }
const mara = { personId: 'mara', zone: BERLIN }
const trips = (bookings: Booking[], reader = anna) =>
  tripListMessage(
    bookings.map((booking) => tripEntry(booking, reader, NOW)),
    null,
  )
const labels = (message: SlackMessage) => buttonsOf(message).map((button) => plainText(button.element.text))

function expectSlackTakesIt({ text, blocks }: SlackMessage): void {
  expect(blockProblems(blocks, 'message')).toEqual([])
  expect(JSON.stringify(blocks).length).toBeLessThan(12_000)
  expect(text.length).toBeGreaterThan(0)
  expect(textOf({ blocks })).not.toMatch(NOT_ESCAPED)
}

describe('tripListMessage', () => {
  it('says what each trip is, and cancels those that are theirs and still can be', () => {
    const message = trips([aBooking(), aBooking({ id: 'other', status: 'in_use' })])
    expect(textOf(message)).toContain('*Your next 2 trips*')
    expect(textOf(message)).toContain(
      '#12: Thu 5 Nov, 09:00 – 17:30, Škoda Octavia (B-MP 102), Dresden. Waiting for the manager\nYou drive',
    )
    expect(labels(message)).toEqual(['Cancel'])
  })

  it.each([
    ['bens', { personId: BEN.id, zone: BERLIN }, 'You come along; asked for by Anna Schmidt'],
    ['of somebody who asked for others', anna, 'You asked for it, and others travel'],
  ])('is %s', (_whose, reader, role) => {
    const travellers = [{ kind: 'companion' as const, person: BEN, name: BEN.name }]
    expect(textOf(trips([aBooking({ status: 'approved', travellers })], reader))).toContain(role)
  })

  it('only the requester has a button', () => {
    expect(labels(trips([aBooking({ status: 'approved' })], { personId: BEN.id, zone: BERLIN }))).toEqual([])
  })
})

describe('approvalListMessage', () => {
  it('has what a decision needs, and what was decided before', () => {
    const before = aBooking({ status: 'rejected', number: 7 })
    const message = approvalListMessage(
      {
        waiting: [approvalCard(aBooking({ details: 'With <samples>' }), 'manager', mara, NOW)],
        decided: [decidedLine(before, mara, NOW), decidedLine(before, { personId: 'hanna', zone: BERLIN }, NOW)],
      },
      'Too late.',
    )
    expectSlackTakesIt(message)
    const lines = textOf(message).split('\n')
    expect(lines[0]).toBe(':warning: Too late.')
    expect(lines).toContain('Car: Škoda Octavia (B-MP 102), 5 seats')
    expect(lines).toContain('“With &lt;samples&gt;”')
    expect(lines).toContain(':hourglass_flowing_sand: Please answer by Tue 3 Nov, 09:00')
    expect(lines).toContain('• #7, Anna Schmidt: Thu 5 Nov, 09:00 – 17:30, Dresden. You approved it, Mon 2 Nov, 10:00')
    expect(lines.at(-1)).toContain('You rejected it, Mon 2 Nov, 10:00')
    expect(labels(message)).toEqual(['Approve', 'Reject', 'Approve with a comment'])
  })
})

describe.each(TYPED)('of %s, everything as long as it may be', (_case, typed) => {
  const requester = aPerson({ ...ANNA, name: typed(150), department: typed(100) })
  const booking = aBooking({
    requester,
    destination: typed(150),
    details: typed(3000),
    vehicle: aVehicle({ name: typed(100), licensePlate: typed(20) }),
    travellers: Array.from({ length: 90 }, () => ({ kind: 'companion', person: null, name: typed(80) })),
    steps: [decided(aStep({ asks: [{ person: MARA, onBehalfOf: null }] }))],
  })

  it('ten trips fit, or it is said how many do not', () => {
    expectSlackTakesIt(trips(Array.from({ length: 10 }, (_, index) => ({ ...booking, id: `booking-${index}` }))))
  })

  it('fifty requests are as many as fit', () => {
    const waiting = Array.from({ length: 50 }, (_, index) =>
      approvalCard({ ...booking, steps: [aStep({ id: `step-${index}` })] }, 'manager', mara, NOW),
    )
    const lines = Array.from({ length: 5 }, () => decidedLine(booking, mara, NOW))
    const message = approvalListMessage({ waiting, decided: lines }, null)
    expectSlackTakesIt(message)
    const shown = labels(message).length / 3
    expect(shown).toBeGreaterThanOrEqual(2)
    expect(textOf(message)).toContain(`${50 - shown} more are shown once you have answered these`)
  })

  it('a word that is not known is repeated in short', () => {
    const message = helpMessage(typed(3000))
    expectSlackTakesIt(message)
    expect(textOf(message).length).toBeLessThan(1200)
  })
})

it('a pressed block says which list it stands in', () => {
  expect(listOfBlock(listBlockId('mine', 'a:b'))).toBe('mine')
  expect(listOfBlock(listBlockId('approvals', ''))).toBe('approvals')
  for (const other of ['', 'mine', 'list:toString:1', 'a list:mine:1']) expect(listOfBlock(other)).toBeNull()
})
