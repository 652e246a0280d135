import type { KnownBlock } from '@slack/types'
import { describe, expect, it } from 'vitest'
import type { Booking } from '../../../src/core/booking/booking.ts'
import type { NoticeKind } from '../../../src/core/notification/notice.ts'
import { bookingCardMessage, type SlackMessage } from '../../../src/surfaces/slack/views/booking-card-message.ts'
import { noticeMessage } from '../../../src/surfaces/slack/views/notice-message.ts'
import { openFormMessage } from '../../../src/surfaces/slack/views/notice-modal.ts'
import { approvalCard, type BookingCard, requestCard } from '../../../src/surfaces/view-models/booking-card.ts'
import { noticeWords } from '../../../src/surfaces/view-models/notice-words.ts'
import { blockProblems } from '../../../src/workspace/protocol/block-kit/check-blocks.ts'
import { aBooking, BERLIN, minutesAfter, NOW, STATUSES } from '../../support/builders.ts'
import { aFullBooking } from '../../support/full-booking.ts'
import { buttonsOf } from '../../support/slack-modal.ts'
import { textOf } from '../../support/visible-text.ts'
import { NOTICE_KINDS, someFacts } from '../email/notice-builders.ts'
import { NOT_ESCAPED, TORN, TYPED, unescaped } from './typed-texts.ts'

const forAnna = (booking: Booking) => requestCard(booking, { personId: 'anna', zone: BERLIN }, NOW)
const forMara = (booking: Booking) => approvalCard(booking, 'manager', { personId: 'mara', zone: BERLIN }, NOW)
const forHanna = (booking: Booking) => approvalCard(booking, 'hr', { personId: 'hanna', zone: BERLIN }, NOW)

function expectSlackTakesIt({ text, blocks }: SlackMessage): void {
  expect(blockProblems(blocks, 'message')).toEqual([])
  expect(text.length).toBeGreaterThan(0)
  expect(text.length).toBeLessThanOrEqual(4000)
  for (const shown of [text, textOf({ blocks })]) {
    expect(shown).not.toMatch(NOT_ESCAPED)
    expect(shown).not.toMatch(TORN)
  }
}

/** The words of a message without anything that line breaks, quote marks and cuts into sections add. */
const bare = (text: string) => text.replaceAll(/[\s>]/g, '')
const said = (blocks: KnownBlock[]) => bare(unescaped(textOf({ blocks }).replace(/^>/gm, '')))

describe('bookingCardMessage', () => {
  describe.each(TYPED)('at its longest, of %s', (_case, typed) => {
    it.each(['pending_manager', 'approved', 'rejected'] as const)('%s', (status) => {
      const booking = aFullBooking(typed, status)
      for (const card of [forAnna(booking), forMara(booking), forHanna(booking)]) {
        const message = bookingCardMessage(card)
        expectSlackTakesIt(message)
        const words = said(message.blocks)
        expect(words).toContain(bare(card.headline))
        for (const { label, text } of card.facts) expect(words).toContain(bare(`*${label}*${text}`))
        for (const { text } of card.outcomes) expect(words).toContain(bare(text))
        expect(words).toContain(bare(booking.details))
      }
    })
  })

  it.each(STATUSES)('a booking that is %s', (status) => {
    for (const card of [forAnna(aBooking({ status })), forMara(aBooking({ status })), forHanna(aBooking({ status }))]) {
      expectSlackTakesIt(bookingCardMessage(card))
    }
  })

  it('says in notifications what stands in its first line, and what was decided', () => {
    const card = forMara(aBooking({ status: 'rejected' }))
    const { text } = bookingCardMessage(card)
    expect(text).toContain(card.headline)
    for (const outcome of card.outcomes) expect(text).toContain(outcome.text)
  })

  const buttons = (card: BookingCard) =>
    bookingCardMessage(card).blocks.flatMap((block) =>
      block.type === 'actions'
        ? block.elements.map((one) => (one.type === 'button' ? [one.text.text, one.value, 'confirm' in one] : []))
        : [],
    )

  it('has its buttons last, the likely one first, each naming what it is about', () => {
    const asked = forMara(aBooking())
    expect(buttons(asked)).toEqual([
      ['Approve', 'manager-step', false],
      ['Approve with a comment', 'manager-step', false],
      ['Ask for a change', 'manager-step', false],
      ['Reject', 'manager-step', false],
    ])
    expect(bookingCardMessage(asked).blocks.at(-1)?.type).toBe('actions')
    expect(buttons(forAnna(aBooking()))).toEqual([
      ['Change', 'booking', false],
      ['Cancel', 'booking', false],
    ])
  })

  it('asks once before a change is withdrawn, beside what else can be done', () => {
    const change = { status: 'pending_manager' as const, trip: { ...aBooking(), destination: 'Leipzig' } }
    expect(buttons(forAnna(aBooking({ status: 'approved', change })))).toEqual([
      ['Change', 'booking', false],
      ['Withdraw change', 'booking', true],
      ['Cancel', 'booking', false],
    ])
  })

  it('has changing as the likely one where somebody asked for it', () => {
    const asked = forAnna(aBooking({ status: 'changes_requested' }))
    const [first] = buttonsOf(bookingCardMessage(asked))
    expect(first?.element).toMatchObject({ action_id: 'booking_change', style: 'primary' })
    const [other] = buttonsOf(bookingCardMessage(forAnna(aBooking())))
    expect(other?.element).not.toHaveProperty('style')
  })

  it('has none once there is nothing to do', () => {
    expect(buttons(forMara(aBooking({ status: 'approved' })))).toEqual([])
    expect(buttons(forAnna(aBooking({ status: 'cancelled' })))).toEqual([])
  })

  it('says as little as there is to say', () => {
    const { blocks } = bookingCardMessage(forAnna(aBooking({ status: 'expired' })))
    expect(blocks.map((block) => block.type)).toEqual(['section', 'section', 'section'])
  })

  it('puts what is odd before what is decided, and whom to wait for after it', () => {
    const booking = aBooking({ status: 'pending_hr', createdAt: minutesAfter(aBooking().window.startsAt, -90) })
    const { blocks } = bookingCardMessage(forHanna({ ...booking, details: 'Two boxes.' }))
    const text = textOf({ blocks })
    const order = [
      'Anna Schmidt (Sales)',
      '*Car*',
      '>Two boxes.',
      'Short notice',
      'Approved by Mara',
      'Please answer',
      'Approve',
    ]
    const places = order.map((words) => text.lastIndexOf(words === 'Approve' ? '\nApprove\n' : words))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
  })
})

describe('noticeMessage', () => {
  const message = (kind: NoticeKind, facts: Parameters<typeof someFacts>[0], isRequester: boolean) =>
    noticeMessage(noticeWords(kind, someFacts(facts), BERLIN, NOW, { isRequester }))

  describe.each(TYPED)('at its longest, of %s', (_case, typed) => {
    it.each(NOTICE_KINDS)('%s', (kind) => {
      const facts = {
        requesterName: typed(150),
        actorName: `${typed(149)}.`,
        comment: typed(1000),
        destination: typed(150),
        waitingFor: [typed(150), typed(150)],
        dueAt: NOW.toISOString(),
      }
      for (const isRequester of [true, false]) {
        const words = noticeWords(kind, someFacts(facts), BERLIN, NOW, { isRequester })
        const sent = message(kind, facts, isRequester)
        expectSlackTakesIt(sent)
        for (const line of [words.headline, ...words.lines]) expect(said(sent.blocks)).toContain(bare(line))
      }
    })
  })

  it('is one block, its headline in bold', () => {
    const { text, blocks } = message('booking_approved', {}, true)
    expect(textOf({ blocks })).toMatch(/^\*Your booking #12 is approved\*\nŠkoda Octavia/)
    expect(text).toMatch(/^Your booking #12 is approved\. Škoda Octavia/)
    expect(blocks).toHaveLength(1)
  })
})

it.each([{ actionId: 'open_request_form' }, { actionId: 'draft_continue', value: crypto.randomUUID() }])(
  'openFormMessage opens what could not be opened: %o',
  (again) => {
    const message = openFormMessage(again)
    expectSlackTakesIt(message)
    expect(buttonsOf(message)[0]?.element).toMatchObject({
      action_id: again.actionId,
      ...(again.value && { value: again.value }),
    })
  },
)
