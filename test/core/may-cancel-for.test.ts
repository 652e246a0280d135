import { expect, it } from 'vitest'
import { mayCancelFor } from '../../src/core/people/may-cancel-for.ts'
import { ANNA, AYDIN, BEN, HANNA, MARA } from '../support/builders.ts'

it.each([
  ['the requester cancels a booking', ANNA, true],
  ['an admin cancels it', AYDIN, true],
  ['a colleague does not', BEN, false],
  ['the manager does not', MARA, false],
  ['somebody in HR does not', HANNA, false],
])('%s', (_who, person, may) => {
  expect(mayCancelFor(person, ANNA.id)).toBe(may)
})
