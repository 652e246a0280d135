import type { InputBlock, ModalView } from '@slack/types'
import { describe, expect, it } from 'vitest'
import { viewWithNotice } from '../../../src/surfaces/slack/view-with-notice.ts'
import { type AwayForm, awayModal } from '../../../src/surfaces/slack/views/away-modal.ts'
import { cancelModal } from '../../../src/surfaces/slack/views/cancel-modal.ts'
import { decisionModal } from '../../../src/surfaces/slack/views/decision-modal.ts'
import { loadingModal, noticeModal } from '../../../src/surfaces/slack/views/notice-modal.ts'
import { type RequestForm, requestBookingModal } from '../../../src/surfaces/slack/views/request-booking-modal.ts'
import type { CancelChoice } from '../../../src/surfaces/view-models/cancel-choice.ts'
import { UNIDENTIFIED_WORDS } from '../../../src/surfaces/view-models/unidentified-words.ts'
import { isViewTooLarge, viewProblems } from '../../../src/workspace/protocol/block-kit/check-view.ts'
import { aBooking } from '../../support/builders.ts'
import { textOf } from '../../support/visible-text.ts'
import { NOT_ESCAPED, TORN, TYPED } from './typed-texts.ts'

const BEN = { personId: crypto.randomUUID(), label: 'Ben Koch (Sales)' }
const ANNA = { personId: crypto.randomUUID(), label: 'Anna Schmidt (Sales)' }
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

function aForm({ fill, metadata, ...changes }: FormChanges = {}): RequestForm {
  return {
    metadata: {
      requestKey: crypto.randomUUID(),
      window: [1_793_700_000, 1_793_730_600],
      revisions: { return: 0, car: 0 },
      changes: null,
      savedAt: null,
      ...metadata,
    },
    title: 'Book a car',
    above: [],
    fill: {
      window: aBooking().window,
      passengers: '1',
      vehicleId: null,
      destination: '',
      type: 'business_trip',
      reason: 'client_meeting',
      details: '',
      drivers: [ANNA],
      companions: [],
      otherCompanions: '',
      ...fill,
    },
    cars: [{ vehicleId: 'zoe', siteName: 'Berlin', label: 'Renault Zoe (B-MP 7), 4 seats' }],
    people: [ANNA],
    note: null,
    draftLine: null,
    ...changes,
  }
}

type FormChanges = Partial<Omit<RequestForm, 'fill' | 'metadata'>> & {
  fill?: Partial<RequestForm['fill']>
  metadata?: Partial<RequestForm['metadata']>
}

const A_CHANGE = { changes: { bookingId: crypto.randomUUID(), list: null } }

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
  it.each<[string, FormChanges]>([
    ['as it opens', {}],
    ['when no car is free', { cars: [], fill: { passengers: '99' } }],
    ['with a remark', { note: '3 cars are free: Thu 5 Nov, 09:00 – 17:30.' }],
    ['when people have to be searched', { people: null }],
    ['to change a booking', { metadata: A_CHANGE, title: 'Change booking', above: ['#12 stands as it is.'] }],
    ['put aside', { draftLine: 'Saved as draft, 10:02' }],
    ['filled in by half', { fill: { passengers: '', destination: '', drivers: [] } }],
    ['with what no number is', { fill: { passengers: 'two' } }],
    ['with 100 people', { people: [ANNA, ...times(99, () => ({ personId: crypto.randomUUID(), label: 'Ben Koch' }))] }],
  ])('%s', (_case, changes) => {
    expectSlackTakesIt(requestBookingModal(aForm(changes)))
  })

  it.each(TYPED)('with the longest names, of %s', (_case, typed) => {
    const requester = { personId: crypto.randomUUID(), label: `${typed(150)} (${typed(150)})` }
    const people = [requester, ...times(99, () => ({ personId: crypto.randomUUID(), label: typed(150) }))]
    const cars = times(250, () => ({ vehicleId: crypto.randomUUID(), siteName: typed(150), label: typed(150) }))
    for (const everybody of [people, null]) {
      expectSlackTakesIt(requestBookingModal(aForm({ people: everybody, cars, fill: { drivers: [requester] } })))
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
    const element = elementOf(requestBookingModal(aForm({ cars, fill: { vehicleId: last } })), 'car')
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
    const moved = requestBookingModal(aForm({ metadata: { revisions: { return: 2, car: 1 } } }))
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

describe('requestBookingModal, filled in', () => {
  const filled = {
    passengers: '3',
    destination: 'Hamburg',
    type: 'delivery' as const,
    reason: 'training' as const,
    details: 'Two <boxes>.',
    drivers: [BEN],
    companions: [ANNA],
    otherCompanions: 'Jo, Kim',
  }

  it('shows what stands in it', () => {
    const view = requestBookingModal(aForm({ people: [ANNA, BEN], fill: filled }))
    expectSlackTakesIt(view)
    const initial = (field: string) => elementOf(view, field)
    expect(initial('passengers')).toMatchObject({ initial_value: '3' })
    expect(initial('destination')).toMatchObject({ initial_value: 'Hamburg' })
    expect(initial('type')).toMatchObject({ initial_option: { value: 'delivery' } })
    expect(initial('reason')).toMatchObject({ initial_option: { value: 'training' } })
    expect(initial('details')).toMatchObject({ initial_value: 'Two <boxes>.' })
    expect(initial('drivers')).toMatchObject({ initial_options: [{ value: BEN.personId }] })
    expect(initial('companions')).toMatchObject({ initial_options: [{ value: ANNA.personId }] })
    expect(initial('other_companions')).toMatchObject({ initial_value: 'Jo, Kim' })
  })

  it.each(TYPED)('of %s, everything as long as it may be', (_case, typed) => {
    const fill = { destination: typed(150), details: typed(3000), otherCompanions: typed(3500) }
    expectSlackTakesIt(requestBookingModal(aForm({ fill })))
    const above = [`Mara asks for a change: “${typed(1000)}”`]
    const change = requestBookingModal(aForm({ fill, above, metadata: A_CHANGE }))
    expectSlackTakesIt(change)
    expect(textOf({ blocks: change.blocks.slice(0, 1) })).not.toMatch(NOT_ESCAPED)
  })

  it('can be put aside where it asks for a car, and sent where it changes one', () => {
    const form = requestBookingModal(aForm({ draftLine: 'Saved as draft, 10:02' }))
    expect(textOf(form)).toMatch(/Saved as draft, 10:02\nSave as draft$/)
    expect(form.submit?.text).toBe('Request car')
    const change = requestBookingModal(aForm({ metadata: A_CHANGE, title: 'Change booking', above: ['It <stands>.'] }))
    expect([change.title.text, change.submit?.text, change.callback_id]).toEqual([
      'Change booking',
      'Send',
      'change_booking',
    ])
    expect(textOf(change)).toMatch(/^Change booking\nIt &lt;stands&gt;\./)
    expect(textOf(change)).not.toContain('draft')
  })
})

describe('cancelModal', () => {
  const choice = (changes: Partial<CancelChoice> = {}) => ({
    bookingId: crypto.randomUUID(),
    about: '#12, Thu 5 Nov, 09:00 – 17:30, Dresden',
    requesterName: null,
    ...changes,
  })

  it('asks once, and why for those who care to say', () => {
    const view = cancelModal(choice(), null)
    expectSlackTakesIt(view)
    expect(textOf(view)).toContain('Cancel this booking? #12, Thu 5 Nov, 09:00 – 17:30, Dresden. The car is free')
    expect(inputsOf(view)).toMatchObject([{ optional: true, label: { text: 'Why' } }])
    expect([view.submit?.text, view.close?.text]).toEqual(['Cancel booking', 'Keep it'])
  })

  it('says whose booking it is where it is somebody else’s', () => {
    expect(textOf(cancelModal(choice({ requesterName: 'Anna <Schmidt>' }), null))).toContain(
      'Anna &lt;Schmidt&gt; asked for it.',
    )
  })

  it.each(TYPED)('about a booking full of %s', (_case, typed) => {
    const view = cancelModal(choice({ about: typed(200), requesterName: typed(150) }), {
      name: 'mine',
      look: { offset: 0, rows: Array.from({ length: 8 }, () => crypto.randomUUID()) },
      responseUrl: 'https://x.example',
    })
    expectSlackTakesIt(view)
    expect(textOf(view)).not.toMatch(NOT_ESCAPED)
  })
})

describe('awayModal', () => {
  const aForm = (changes: Partial<AwayForm> = {}): AwayForm => ({
    set: null,
    window: aBooking().window,
    standIn: null,
    people: [ANNA, BEN],
    ...changes,
  })

  it.each<[string, Partial<AwayForm>]>([
    ['as it opens', {}],
    ['when people have to be searched', { people: null }],
    ['when they have to be searched and one is set', { people: null, standIn: BEN }],
    ['for somebody who has no colleague', { people: [] }],
    ['while away', { set: { text: 'You are away until <Friday>.', end: 'I am back' }, standIn: BEN }],
    ['with a stand-in who is not in the list any more', { people: [ANNA], standIn: BEN }],
  ])('%s', (_case, changes) => {
    expectSlackTakesIt(awayModal(aForm(changes)))
  })

  it('shows what is set, and ends it', () => {
    const view = awayModal(aForm({ set: { text: 'You are away until <Friday>.', end: 'I am back' }, standIn: BEN }))
    expect(textOf(view)).toMatch(/^Away\n\*You are away until &lt;Friday&gt;\.\*\nI am back\n/)
    expect(inputsOf(view).at(-1)?.element).toMatchObject({ initial_option: { value: BEN.personId } })
    expect(textOf(awayModal(aForm()))).not.toContain('I am back')
  })
})

describe('decisionModal', () => {
  it.each([
    ['approve', true, 'Comment'],
    ['reject', false, 'Reason'],
    ['ask_for_change', false, 'What should be changed?'],
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
    expectSlackTakesIt(loadingModal('Book a car'))
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
