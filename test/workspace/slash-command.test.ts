import { expect, it } from 'vitest'
import { helpMessage } from '../../src/surfaces/slack/views/help-message.ts'
import { COMMAND, commandHints } from '../../src/workspace/page/slash-command.ts'
import { textOf } from '../support/visible-text.ts'

it('the page hints at nothing that Motorpool does not understand', () => {
  const hints = commandHints(`${COMMAND} `).map(({ command }) => command)
  const known = [...textOf(helpMessage(null)).matchAll(/`(\/book-car[a-z ]*)`:/g)].map((match) => match[1])
  expect([COMMAND, ...hints].toSorted()).toEqual(known.toSorted())
})

it.each([
  ['', []],
  ['hello', []],
  ['/', [COMMAND]],
  ['/book', [COMMAND]],
  ['/book-car m', ['/book-car mine']],
  ['/book-car mine', []],
])('for “%s” it hints at %j', (typed, expected) => {
  expect(commandHints(typed).map(({ command }) => command)).toEqual(expected)
})
