import type { InputBlock, ModalView } from '@slack/types'
import { describe, expect, it } from 'vitest'
import { viewWithNotice } from '../../../src/surfaces/slack/view-with-notice.ts'
import { decisionModal } from '../../../src/surfaces/slack/views/decision-modal.ts'
import { loadingModal, noticeModal } from '../../../src/surfaces/slack/views/notice-modal.ts'
import { type RequestForm, requestBookingModal } from '../../../src/surfaces/slack/views/request-booking-modal.ts'
import { UNIDENTIFIED_WORDS } from '../../../src/surfaces/view-models/unidentified-words.ts'
import { isViewTooLarge, viewProblems } from '../../../src/workspace/protocol/block-kit/check-view.ts'
import { aBooking } from '../../support/builders.ts'
import { textOf } from '../../support/visible-text.ts'
import { NOT_ESCAPED, TORN, TYPED } from './typed-texts.ts'

const ANNA = { personId: crypto.randomUUID(), label: 'Anna Schmidt (Sales)' }
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

function aForm(changes: Partial<RequestForm> = {}): RequestForm {
  return {
    metadata: {
      requestKey: crypto.randomUUID(),
      window: [1_793_700_000, 1_793_730_600],
      revisions: { return: 0, car: 0 },
    },
    window: aBooking().window,
    passengers: 1,
    cars: [{ vehicleId: 'zoe', siteName: 'Berlin', label: 'Renault Zoe (B-MP 7), 4 seats' }],
    vehicleId: null,
    requester: ANNA,
    people: [ANNA],
    note: null,
    ...changes,
  }
}

function expectSlackTakesIt(view: ModalView): void {
  expect(viewProblems(view)).toEqual([])
  expect(isViewTooLarge(view)).toBe(false)
  expect(JSON.stringify(view)).not.toMatch(TORN)
}

function inputsOf(view: ModalView): InputBlock[] {
  return view.blocks.filter((block): block is InputBlock => block.type === 'input')
}

/** The element of the block whose id begins so. */
function elementOf(view: ModalView, field: string) {
  const block = inputsOf(view).find((one) => one.block_id?.startsWith(`${field}.`))
  return block ? { blockId: block.block_id, ...block.element } : null
}

describe('requestBookingModal', () => {
  it.each<[string, Partial<RequestForm>]>([
    ['as it opens', {}],
    ['when no car is free', { cars: [], passengers: 99 }],
    ['with a remark', { note: '3 cars are free: Thu 5 Nov, 09:00 – 17:30.' }],
    ['when people have to be searched', { people: null }],
    ['with 100 people', { people: [ANNA, ...times(99, () => ({ personId: crypto.randomUUID(), label: 'Ben Koch' }))] }],
  ])('%s', (_case, changes) => {
    expectSlackTakesIt(requestBookingModal(aForm(changes)))
  })

  it.each(TYPED)('with the longest names, of %s', (_case, typed) => {
    const requester = { personId: crypto.randomUUID(), label: `${typed(150)} (${typed(150)})` }
    const people = [requester, ...times(99, () => ({ personId: crypto.randomUUID(), label: typed(150) }))]
    const cars = times(250, () => ({ vehicleId: crypto.randomUUID(), siteName: typed(150), label: typed(150) }))
    for (const everybody of [people, null]) {
      expectSlackTakesIt(requestBookingModal(aForm({ requester, people: everybody, cars })))
    }
  })

  it('asks for no more than it must: everything that can be has a first value', () => {
    const required = inputsOf(requestBookingModal(aForm())).filter((block) => !block.optional)
    const isEmpty = ({ element }: InputBlock) => !Object.keys(element).some((key) => key.startsWith('initial_'))
    const empty = required.filter(isEmpty).map((block) => block.label.text)
    expect(empty).toEqual(['Destination'])
  })

  it('offers 99 cars beside any suitable one as a list, more in groups by site, and keeps the one that was chosen', () => {
    const fleet = (count: number, siteName: string) =>
      times(count, () => ({ vehicleId: crypto.randomUUID(), siteName, label: 'Zoe' }))
    const few = requestBookingModal(aForm({ cars: fleet(99, 'Berlin') }))
    expect(elementOf(few, 'car')).toMatchObject({ options: { length: 100 }, initial_option: { value: 'any' } })
    const cars = [...fleet(150, 'Berlin'), ...fleet(50, 'Lisbon')]
    const last = cars.at(-1)?.vehicleId ?? null
    const element = elementOf(requestBookingModal(aForm({ cars, vehicleId: last })), 'car')
    const groups = element?.type === 'static_select' ? (element.option_groups ?? []) : []
    expect(groups.map(({ label, options }) => [label.text, options.length])).toEqual([
      ['All sites', 1],
      ['Berlin (1 of 2)', 100],
      ['Berlin (2 of 2)', 50],
      ['Lisbon', 50],
    ])
    expect(element).toMatchObject({ initial_option: { value: last } })
  })

  it('says what there is to say about the cars, escaped', () => {
    expect(textOf(requestBookingModal(aForm({ note: 'No car is <free>.' })))).toContain('No car is &lt;free&gt;.')
  })

  it('a value that the form sets itself stands in a block of its own', () => {
    const { metadata } = aForm()
    const moved = requestBookingModal(aForm({ metadata: { ...metadata, revisions: { return: 2, car: 1 } } }))
    expect(elementOf(moved, 'return')?.blockId).toBe('return.2')
    expect(elementOf(moved, 'car')?.blockId).toBe('car.1')
    expect(elementOf(moved, 'departure')?.blockId).toBe('departure.0')
  })

  it('has the requester as the driver', () => {
    const driver = { initial_options: [{ value: ANNA.personId }] }
    expect(elementOf(requestBookingModal(aForm()), 'drivers')).toMatchObject({ type: 'multi_static_select', ...driver })
    expect(elementOf(requestBookingModal(aForm({ people: null })), 'drivers')).toMatchObject({
      type: 'multi_external_select',
      ...driver,
    })
    expect(elementOf(requestBookingModal(aForm()), 'companions')).not.toHaveProperty('initial_options')
  })
})

describe('decisionModal', () => {
  it.each([
    ['approve', true, 'Comment'],
    ['reject', false, 'Reason'],
  ] as const)('%s', (decision, optional, label) => {
    const view = decisionModal({ stepId: crypto.randomUUID(), decision, list: null }, '#12, Anna: Dresden')
    expectSlackTakesIt(view)
    expect(view.blocks).toMatchObject([
      { type: 'section', text: { text: '#12, Anna: Dresden' } },
      {
        type: 'input',
        optional,
        label: { text: label },
        hint: { text: 'Read by the requester and the other approvers.' },
      },
    ])
  })

  it.each(TYPED)('about a request full of %s', (_case, typed) => {
    const about = `#12, ${typed(1500)}: ${typed(1500)}`
    const view = decisionModal({ stepId: crypto.randomUUID(), decision: 'reject', list: null }, about)
    expectSlackTakesIt(view)
    expect(textOf(view)).not.toMatch(NOT_ESCAPED)
  })
})

describe('a notice', () => {
  it.each(TYPED)('that quotes %s', (_case, typed) => {
    const view = noticeModal('Not possible', `${typed(150)} is named twice.`)
    expectSlackTakesIt(view)
    expect(textOf(view)).not.toMatch(NOT_ESCAPED)
  })

  it.each(Object.values(UNIDENTIFIED_WORDS))('%s', (words) => {
    expectSlackTakesIt(noticeModal('Book a car', words))
  })

  it('while the form takes its time', () => {
    expectSlackTakesIt(loadingModal())
  })
})

describe('viewWithNotice', () => {
  const form = () => {
    const { callback_id, title, submit, close, private_metadata, blocks } = requestBookingModal(aForm())
    return { callback_id, title, submit, close, private_metadata, blocks }
  }

  it('is the same form with one line on top', () => {
    const view = viewWithNotice(form(), 'Nobody <could> approve this.')
    expectSlackTakesIt(view)
    expect(view.blocks.slice(1).map((block) => block.block_id)).toEqual(form().blocks.map((block) => block.block_id))
    expect(textOf({ blocks: view.blocks.slice(0, 1) })).toBe(':warning: Nobody &lt;could&gt; approve this.')
  })

  it('has one such line, the newest', () => {
    const view = viewWithNotice({ ...form(), blocks: viewWithNotice(form(), 'First.').blocks }, 'Second.')
    expectSlackTakesIt(view)
    expect(textOf(view)).not.toContain('First.')
    expect(textOf(view)).toContain('Second.')
  })
})
