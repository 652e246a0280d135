import { describe, expect, it } from 'vitest'
import type { Booking } from '../../../src/core/booking/booking.ts'
import { approvalListMessage } from '../../../src/surfaces/slack/views/approval-list-message.ts'
import type { SlackMessage } from '../../../src/surfaces/slack/views/booking-card-message.ts'
import { helpMessage } from '../../../src/surfaces/slack/views/help-message.ts'
import { listBlockId, listOfBlock } from '../../../src/surfaces/slack/views/list-blocks.ts'
import { tripListMessage } from '../../../src/surfaces/slack/views/trip-list-message.ts'
import { approvalCard } from '../../../src/surfaces/view-models/booking-card.ts'
import { listReader } from '../../../src/surfaces/view-models/cancel-choice.ts'
import { lookOf, OPENED } from '../../../src/surfaces/view-models/list-look.ts'
import { decidedEntry, tripEntry } from '../../../src/surfaces/view-models/trip-entry.ts'
import { blockProblems } from '../../../src/workspace/protocol/block-kit/check-blocks.ts'
import {
  ANNA,
  AYDIN,
  aBooking,
  anHrStep,
  aPerson,
  aStep,
  aVehicle,
  BEN,
  decided,
  HANNA,
  MARA,
  minutesAfter,
  NOW,
} from '../../support/builders.ts'
import { buttonsOf } from '../../support/slack-modal.ts'
import { plainText, textOf } from '../../support/visible-text.ts'
import { NOT_ESCAPED, TYPED } from './typed-texts.ts'

const anna = listReader(ANNA)
const ben = listReader(BEN)
const mara = listReader(MARA)
const hanna = listReader(HANNA)
const aydin = listReader(AYDIN)
const trips = (bookings: Booking[], reader = anna) =>
  tripListMessage({ trips: bookings.map((booking) => tripEntry(booking, reader, NOW)), more: 0 }, null)
const labels = (message: SlackMessage) => buttonsOf(message).map((button) => plainText(button.element.text))

function expectSlackTakesIt({ text, blocks }: SlackMessage): void {
  expect(blockProblems(blocks, 'message')).toEqual([])
  expect(JSON.stringify(blocks).length).toBeLessThan(12_000)
  expect(text.length).toBeGreaterThan(0)
  expect(textOf({ blocks })).not.toMatch(NOT_ESCAPED)
}

describe('tripListMessage', () => {
  it('says what each trip is, and offers what can still be done with it', () => {
    const message = trips([aBooking(), aBooking({ id: 'other', status: 'in_use' })])
    expect(textOf(message)).toContain('*Your next 2 trips*')
    expect(textOf(message)).toContain(
      '#12: Thu 5 Nov, 09:00 – 17:30, Škoda Octavia (B-MP 102), Dresden. Waiting for the manager\nYou drive',
    )
    expect(labels(message)).toEqual(['Change', 'Cancel'])
  })

  it.each([
    ['bens', ben, 'You come along; asked for by Anna Schmidt'],
    ['of somebody who asked for others', anna, 'You asked for it, and others travel'],
  ])('is %s', (_whose, reader, role) => {
    const travellers = [{ kind: 'companion' as const, person: BEN, name: BEN.name }]
    expect(textOf(trips([aBooking({ status: 'approved', travellers })], reader))).toContain(role)
  })

  it.each([
    ['the requester', anna, ['Change', 'Cancel']],
    ['an admin', aydin, ['Cancel']],
    ['a companion: none', ben, []],
  ])('has a button for %s', (_who, reader, buttons) => {
    expect(labels(trips([aBooking({ status: 'approved' })], reader))).toEqual(buttons)
  })
})

describe('a list of many pages', () => {
  const ids = Array.from({ length: 8 }, () => crypto.randomUUID())
  const eight = ids.map((id) => tripEntry(aBooking({ id }), anna, NOW))
  const leadsTo = (message: SlackMessage, label: string) =>
    lookOf(buttonsOf(message).find(({ element }) => plainText(element.text) === label)?.element.value)

  it.each([
    [0, 15, ['Next'], '1–8 of 23'],
    [8, 7, ['Back', 'Next'], '9–16 of 23'],
    [15, 0, ['Back'], '16–23 of 23'],
  ])('from %d on, with %d more, leads on and back', (offset, more, turns, words) => {
    const message = tripListMessage({ trips: eight, offset, more }, null)
    expectSlackTakesIt(message)
    expect(textOf(message)).toContain('*Your next 23 trips*')
    expect(textOf(message)).toContain(words)
    expect(labels(message).filter((label) => label === 'Back' || label === 'Next')).toEqual(turns)
    if (more > 0) expect(leadsTo(message, 'Next')).toEqual({ offset: offset + 8, rows: null })
    if (offset > 0) expect(leadsTo(message, 'Back')).toEqual({ offset: offset - 8, rows: null })
  })

  it('passes nobody over when some of a page have been decided', () => {
    const waiting = ids.map((id, index) =>
      index < 3
        ? { rowId: id, text: `#${index} You approved it` }
        : approvalCard(aBooking({ steps: [aStep({ id })] }), 'manager', mara, NOW),
    )
    const message = approvalListMessage({ waiting, more: 7, decided: [] }, null)
    expectSlackTakesIt(message)
    expect(textOf(message)).toContain('*12 requests wait for your decision*')
    expect(leadsTo(message, 'Next')).toEqual({ offset: 5, rows: null })
    const [pressed] = buttonsOf(message)
    expect(listOfBlock(pressed?.blockId ?? '')).toEqual({ name: 'approvals', look: { offset: 0, rows: ids } })
    expect(Math.max(...message.blocks.map(({ block_id = '' }) => block_id.length))).toBeLessThanOrEqual(255)
  })
})

describe('approvalListMessage', () => {
  it('has what a decision needs, and what was decided before', () => {
    const before = aBooking({ status: 'rejected', number: 7 })
    const message = approvalListMessage(
      {
        more: 0,
        waiting: [approvalCard(aBooking({ details: 'With <samples>' }), 'manager', mara, NOW)],
        decided: [decidedEntry(before, mara, NOW), decidedEntry(before, hanna, NOW)],
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
    expect(labels(message)).toEqual(['Approve', 'Approve with a comment', 'Ask for a change', 'Reject'])
  })

  it('has what was decided before, for whoever is next', () => {
    const steps = [decided(aStep(), { comment: 'Take the <small> one' }), anHrStep()]
    const waiting = [approvalCard(aBooking({ status: 'pending_hr', steps }), 'hr', hanna, NOW)]
    expect(textOf(approvalListMessage({ more: 0, waiting, decided: [] }, null)).split('\n')).toContain(
      ':white_check_mark: Approved by Mara Lindt as manager, Mon 2 Nov, 10:00: “Take the &lt;small&gt; one”',
    )
    const skipped = [aStep({ status: 'skipped', skipReason: 'no_manager', asks: [], closedAt: NOW }), anHrStep()]
    const alone = [approvalCard(aBooking({ status: 'pending_hr', steps: skipped }), 'hr', hanna, NOW)]
    expect(textOf(approvalListMessage({ more: 0, waiting: alone, decided: [] }, null))).toContain(
      ':fast_forward: No manager is on record, so HR decides alone',
    )
  })

  const decidedList = (bookings: Booking[], reader: typeof anna) =>
    approvalListMessage({ more: 0, waiting: [], decided: bookings.map((one) => decidedEntry(one, reader, NOW)) }, null)

  it('lets an admin cancel what they decided, as long as it can be', () => {
    const bookings = (['approved', 'rejected', 'pending_hr', 'in_use'] as const).map((status) =>
      aBooking({ id: status, status }),
    )
    const message = decidedList([...bookings, aBooking({ id: 'gone', status: 'approved', window: begun })], aydin)
    expectSlackTakesIt(message)
    expect(buttonsOf(message).map(({ element }) => element.value)).toEqual(['approved', 'pending_hr'])
    expect(message.blocks.map((block) => listOfBlock(block.block_id ?? '')).filter(Boolean)).toHaveLength(5)
    expect(labels(decidedList(bookings, hanna))).toEqual([])
    expect(labels(decidedList(bookings, mara))).toEqual([])
  })

  it('says what became of it', () => {
    const cancelled = aBooking({ status: 'cancelled', steps: [decided(aStep())] })
    expect(textOf(decidedList([cancelled], mara))).toMatch(/You approved it.*; cancelled since$/)
    const asked = aBooking({ steps: [decided(aStep(), { status: 'changes_requested' })] })
    expect(textOf(decidedList([asked], mara))).toMatch(/You asked for a change, Mon 2 Nov, 10:00$/)
  })
})

const begun = { startsAt: minutesAfter(NOW, -60), endsAt: minutesAfter(NOW, 60) }

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
    for (const [reader, fewest] of [
      [mara, 2],
      [aydin, 1],
    ] as const) {
      const before = Array.from({ length: 5 }, (_, index) =>
        decidedEntry({ ...booking, id: `booking-${index}` }, reader, NOW),
      )
      const message = approvalListMessage({ more: 0, waiting, decided: before }, typed(200))
      expectSlackTakesIt(message)
      const shown = labels(message).filter((label) => label === 'Approve').length
      expect(shown).toBeGreaterThanOrEqual(fewest)
      expect(textOf(message)).toContain(shown === 1 ? '1 of 50' : `1–${shown} of 50`)
    }
  })

  it('a word that is not known is repeated in short', () => {
    const message = helpMessage(typed(3000))
    expectSlackTakesIt(message)
    expect(textOf(message).length).toBeLessThan(1200)
  })
})

it('a pressed block says which list it stands in', () => {
  const look = { offset: 8, rows: [crypto.randomUUID(), crypto.randomUUID()] }
  expect(listOfBlock(listBlockId('mine', 'a:b', look))).toEqual({ name: 'mine', look })
  expect(listOfBlock(listBlockId('approvals', ''))).toEqual({ name: 'approvals', look: OPENED })
  for (const other of ['', 'mine', 'list:toString:1', 'a list:mine:1']) expect(listOfBlock(other)).toBeNull()
})
