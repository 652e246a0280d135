import { describe, expect, it } from 'vitest'
import type { Surface } from '../../src/workspace/protocol/block-kit/block-limits.ts'
import { blockProblems } from '../../src/workspace/protocol/block-kit/check-blocks.ts'
import { isViewTooLarge, viewProblems } from '../../src/workspace/protocol/block-kit/check-view.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const x = (length: number) => 'x'.repeat(length)
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
const option = (value: string, text = value) => ({ text: plain(text), value })
const button = (more: object = {}) => ({ type: 'button', text: plain('Press'), action_id: 'press', ...more })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const select = (more: object) => actions({ type: 'static_select', action_id: 'car', ...more })
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain('Label'), element, ...more })
const typed = (more: object = {}) => ({ type: 'plain_text_input', action_id: 'typed', ...more })
const section = (text: string) => ({ type: 'section', text: plain(text) })
const confirm = (more: object) => ({
  confirm: { title: plain('Sure?'), text: plain('Really'), confirm: plain('Yes'), deny: plain('No'), ...more },
})

type Row = [rule: string, fits: object[], breaks: object[], problem: string, surface?: Surface]

const ROWS: Row[] = [
  ['50 blocks in a message', times(50, () => section('x')), times(51, () => section('x')), 'no more than 50 items'],
  ['100 in a view', times(100, () => section('x')), times(101, () => section('x')), 'no more than 100 items', 'home'],
  ['section text', [section(x(3000))], [section(x(3001))], 'less than 3001 characters'],
  ['no empty text', [section('x')], [section('')], 'more than 0 characters'],
  ['header', [{ type: 'header', text: plain(x(150)) }], [{ type: 'header', text: plain(x(151)) }], 'less than 151'],
  [
    'header in plain text',
    [{ type: 'header', text: plain('x') }],
    [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
    'plain_text object',
  ],
  [
    'section fields',
    [{ type: 'section', fields: times(10, () => plain('x')) }],
    [{ type: 'section', fields: times(11, () => plain('x')) }],
    'no more than 10 items',
  ],
  [
    'field text',
    [{ type: 'section', fields: [plain(x(2000))] }],
    [{ type: 'section', fields: [plain(x(2001))] }],
    'less than 2001',
  ],
  [
    'context elements',
    [{ type: 'context', elements: times(10, () => plain('x')) }],
    [{ type: 'context', elements: times(11, () => plain('x')) }],
    'no more than 10 items',
  ],
  [
    '25 actions',
    [actions(...times(25, (i) => button({ action_id: `a${i}` })))],
    [actions(...times(26, (i) => button({ action_id: `a${i}` })))],
    'no more than 25 items',
  ],
  ['button text', [actions(button({ text: plain(x(75)) }))], [actions(button({ text: plain(x(76)) }))], 'less than 76'],
  ['button value', [actions(button({ value: x(2000) }))], [actions(button({ value: x(2001) }))], 'less than 2001'],
  ['button style', [actions(button({ style: 'danger' }))], [actions(button({ style: 'red' }))], 'primary, danger'],
  ['action id length', [actions(button({ action_id: x(255) }))], [actions(button({ action_id: x(256) }))], 'than 256'],
  [
    'action ids unique in a block',
    [actions(button(), button({ action_id: 'b' })), actions(button())],
    [actions(button(), button())],
    'already exists',
  ],
  ['block ids', [{ ...section('x'), block_id: x(255) }], [{ ...section('x'), block_id: x(256) }], 'less than 256'],
  [
    'block ids unique',
    [
      { ...section('x'), block_id: 'a' },
      { ...section('x'), block_id: 'b' },
    ],
    times(2, () => ({ ...section('x'), block_id: 'a' })),
    'already exists',
  ],
  [
    '100 options',
    [select({ options: times(100, (i) => option(`${i}`)) })],
    [select({ options: times(101, (i) => option(`${i}`)) })],
    'no more than 100 items',
  ],
  ['some option', [select({ options: [option('a')] })], [select({ options: [] })], 'no fewer than 1'],
  [
    'option text',
    [select({ options: [option('a', x(75))] })],
    [select({ options: [option('a', x(76))] })],
    'less than 76',
  ],
  [
    'plain option text in menus',
    [
      actions({
        type: 'radio_buttons',
        action_id: 'r',
        options: [{ text: { type: 'mrkdwn', text: 'a' }, value: 'a' }],
      }),
    ],
    [select({ options: [{ text: { type: 'mrkdwn', text: 'a' }, value: 'a' }] })],
    'plain_text object',
  ],
  ['option value', [select({ options: [option(x(150), 'a')] })], [select({ options: [option(x(151), 'a')] })], '151'],
  [
    'initial option is one of them',
    [select({ options: [option('a'), option('b')], initial_option: option('b') })],
    [select({ options: [option('a'), option('b')], initial_option: option('b', 'Bee') })],
    'must be one of the provided options',
  ],
  [
    'initial option among groups',
    [select({ option_groups: [{ label: plain('G'), options: [option('a')] }], initial_option: option('a') })],
    [select({ option_groups: [{ label: plain('G'), options: [option('a')] }], initial_option: option('b') })],
    'must be one of the provided options',
  ],
  [
    'placeholder',
    [select({ options: [option('a')], placeholder: plain(x(150)) })],
    [select({ options: [option('a')], placeholder: plain(x(151)) })],
    'less than 151',
  ],
  [
    'confirm title',
    [actions(button(confirm({ title: plain(x(100)) })))],
    [actions(button(confirm({ title: plain(x(101)) })))],
    'less than 101',
  ],
  [
    'confirm text',
    [actions(button(confirm({ text: plain(x(300)) })))],
    [actions(button(confirm({ text: plain(x(301)) })))],
    'less than 301',
  ],
  [
    'confirm button',
    [actions(button(confirm({ deny: plain(x(30)) })))],
    [actions(button(confirm({ deny: plain(x(31)) })))],
    'less than 31',
  ],
  [
    'input label',
    [input(typed(), { label: plain(x(2000)) })],
    [input(typed(), { label: plain(x(2001)) })],
    'less than 2001',
  ],
  ['no button in an input', [input(typed())], [input(button())], 'unsupported type: button'],
  ['no text input among actions', [actions(button())], [actions(typed())], 'unsupported type: plain_text_input'],
  [
    'date format',
    [actions({ type: 'datepicker', action_id: 'd', initial_date: '2026-11-22' })],
    [actions({ type: 'datepicker', action_id: 'd', initial_date: '22.11.2026' })],
    'format of initial_date',
  ],
  [
    'moment in seconds',
    [actions({ type: 'datetimepicker', action_id: 'd', initial_date_time: 1_795_000_000 })],
    [actions({ type: 'datetimepicker', action_id: 'd', initial_date_time: 1_795_000_000_000 })],
    '10 digits',
  ],
  ['only known blocks', [{ type: 'divider' }], [{ type: 'carousel' }], 'unsupported type: carousel'],
]

describe('blocks', () => {
  it.each(ROWS)('%s', (_rule, fits, breaks, problem, surface = 'message') => {
    expect(blockProblems(fits, surface)).toEqual([])
    expect(blockProblems(breaks, surface).join()).toContain(problem)
  })

  it.each(['table', 'markdown'])('allows %s in messages only', (type) => {
    const block = type === 'table' ? { type, rows: [[]] } : { type, text: 'x' }
    expect(blockProblems([block], 'message')).toEqual([])
    expect(blockProblems([block], 'home')).toEqual([`unsupported type: ${type} [json-pointer:/blocks/0]`])
    expect(blockProblems([block], 'modal')).toHaveLength(1)
  })
})

const modal = (more: object = {}) => ({ type: 'modal', title: plain('Book a car'), blocks: [section('x')], ...more })

describe('views', () => {
  it.each([
    ['title', modal({ title: plain(x(24)) }), modal({ title: plain(x(25)) }), 'less than 25'],
    ['a title', modal(), modal({ title: undefined }), 'missing required field: title'],
    ['submit', modal({ submit: plain(x(24)) }), modal({ submit: plain(x(25)) }), 'less than 25'],
    ['close', modal({ close: plain(x(24)) }), modal({ close: plain(x(25)) }), 'less than 25'],
    ['metadata', modal({ private_metadata: x(3000) }), modal({ private_metadata: x(3001) }), 'less than 3001'],
    ['callback id', modal({ callback_id: x(255) }), modal({ callback_id: x(256) }), 'less than 256'],
    [
      'inputs need a submit button',
      modal({ blocks: [input(typed())], submit: plain('Book') }),
      modal({ blocks: [input(typed())] }),
      'missing required field: submit',
    ],
    ['nothing of what Slack adds', modal(), modal({ hash: '1.2' }), 'invalid additional property: hash'],
    [
      'one focus',
      modal({ submit: plain('Book'), blocks: [input(typed({ focus_on_load: true })), input(typed())] }),
      modal({ submit: plain('Book'), blocks: times(2, () => input(typed({ focus_on_load: true }))) }),
      'focus_on_load',
    ],
  ])('%s', (_rule, fits, breaks, problem) => {
    expect(viewProblems(fits)).toEqual([])
    expect(viewProblems(breaks).join()).toContain(problem)
  })

  it('weighs at most 250 kB', () => {
    const blocks = (count: number) => times(count, () => section(x(2940)))
    expect(isViewTooLarge(modal({ blocks: blocks(83) }))).toBe(false)
    expect(isViewTooLarge(modal({ blocks: blocks(85) }))).toBe(true)
  })
})
