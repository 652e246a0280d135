import { expect, test } from 'vitest'
import { parseMailbox } from '../../../src/surfaces/email/parse-mailbox.ts'

test.each([
  ['Motorpool <cars@example.com>', { name: 'Motorpool', email: 'cars@example.com' }],
  ['"Car Pool, Berlin" <cars@example.com>', { name: 'Car Pool, Berlin', email: 'cars@example.com' }],
  [' cars@example.com ', { name: 'cars@example.com', email: 'cars@example.com' }],
  ['<cars@example.com>', { name: 'cars@example.com', email: 'cars@example.com' }],
])('%s', (text, expected) => {
  expect(parseMailbox(text)).toEqual(expected)
})
