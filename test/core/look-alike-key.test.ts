import { describe, expect, it } from 'vitest'
import { mayBeSamePlate, nameKey, plateKey } from '../../src/core/text/look-alike-key.ts'

describe('a plate has one key', () => {
  it.each([
    'B-MP 909',
    'B MP 909',
    'b-mp 909',
    'B\u2011MP 909',
    'B\u2013MP\u00A0909',
    'B-MP\u200B 909',
    ' B - MP  909 ',
    'Ｂ-ＭＰ ９０９',
    'B.MP·909',
    'B\u2212MP-909',
  ])('however it is typed: %j', (typed) => {
    expect(plateKey(typed)).toBe('b-mp-909')
  })

  it.each([
    ['BMP909', 'B-MP 909', true],
    ['B MP909', 'B-MP 909', true],
    ['LX40ZO', 'LX-40-ZO', true],
    ['B-NO 1234', 'BN-O 1234', false],
    ['B-MP 909', 'B MP 909', false],
    ['B-MP 909', 'B-MP 908', false],
    ['BN-O1234', 'B-NO 1234', false],
  ])('%s may be %s, with a separator left out: %s', (one, other, may) => {
    expect(mayBeSamePlate(plateKey(one), plateKey(other))).toBe(may)
    expect(mayBeSamePlate(plateKey(other), plateKey(one))).toBe(may)
  })
})

describe('names that look the same', () => {
  it.each([
    ['Berlin', 'Berlin\u200B'],
    ['Berlin', ' BERLIN\u00A0'],
    ['Nord-West', 'Nord\u2011West'],
    ['Köln', 'Ko\u0308ln'],
    ['Quai d’Orsay', "Quai d'Orsay"],
    ['São Paulo', 'São\u2003 Paulo'],
    ['Berlin', 'Ber\u00ADlin'],
    ['کتاب\u200Cها', 'کتابها'],
  ])('are the same: %j, %j', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
  })

  it.each([
    ['Köln', 'Koln'],
    ['Berlin', 'Berlin 2'],
    ['Nord West', 'Nord-West'],
  ])('and others are others: %j, %j', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other))
  })
})
