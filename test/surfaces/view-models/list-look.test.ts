import { describe, expect, it } from 'vitest'
import {
  lookOf,
  OPENED,
  PAGE,
  packedLook,
  pagesBeside,
  pageWords,
} from '../../../src/surfaces/view-models/list-look.ts'

const ids = Array.from({ length: PAGE }, () => crypto.randomUUID())

describe('what somebody saw of a list', () => {
  it.each([
    ['a page', { offset: 16, rows: ids }],
    ['a row', { offset: 0, rows: ids.slice(0, 1) }],
    ['only where it begins', { offset: 8, rows: null }],
  ])('is carried by a button: %s', (_what, look) => {
    expect(packedLook(look).length).toBeLessThanOrEqual(180)
    expect(lookOf(packedLook(look))).toEqual(look)
  })

  it.each([null, 7, '', 'abc', '0', '-1.', '0.abc', '1234567.', `0.${'a'.repeat(22 * 9)}`, '0.!!', {}])(
    'is that of a list opened now where it cannot be read: %j',
    (packed) => expect(lookOf(packed)).toEqual(OPENED),
  )
})

describe('the pages beside', () => {
  it.each([
    ['all of it', { offset: 0, shown: 5, gone: 0, more: 0 }, { back: null, next: null }],
    ['the first of many', { offset: 0, shown: 8, gone: 0, more: 7 }, { back: null, next: 8 }],
    ['the first, three of it decided', { offset: 0, shown: 8, gone: 3, more: 7 }, { back: null, next: 5 }],
    ['one in the middle', { offset: 8, shown: 8, gone: 0, more: 7 }, { back: 0, next: 16 }],
    ['one that began in between', { offset: 5, shown: 8, gone: 0, more: 0 }, { back: 0, next: null }],
  ])('of %s', (_what, rows, pages) => {
    expect(pagesBeside(rows)).toEqual(pages)
  })

  it('are told by numbers', () => {
    expect([pageWords(8, 7, 15), pageWords(8, 1, 9)]).toEqual(['9–15 of 15', '9 of 9'])
  })
})
