import { expect, it } from 'vitest'
import { messageText } from '../../../src/surfaces/teams/message-text.ts'

const bot = { id: '28:bot', name: 'Motorpool' }
const mention = (more: object) => ({ type: 'mention', mentioned: { id: bot.id }, ...more })
const said = (text: string, ...entities: object[]) =>
  messageText({ text, recipient: bot, entities: entities.map((entity) => ({ type: '', ...entity })) })

it.each<[string, object[], string]>([
  ['<at>Motorpool</at> help', [mention({ text: '<at>Motorpool</at>' })], 'help'],
  ['help', [mention({})], 'help'],
  ['help', [mention({ text: '' })], 'help'],
  ['help <at>Motorpool</at>', [mention({})], 'help'],
  ['<at>Ben</at> and <at>Motorpool</at>', [mention({ mentioned: bot })], '<at>Ben</at> and'],
  ['<at>Ben</at> help', [{ type: 'mention', mentioned: { id: '29:ben' }, text: '<at>Ben</at>' }], '<at>Ben</at> help'],
  ['my&nbsp;bookings', [], 'my bookings'],
  ['R&amp;D &lt;b&gt; &#39;&#x27; &quot;', [], `R&D <b> '' "`],
  ['&amp;lt; &unknown; & &#9999999;', [], '&lt; &unknown; & &#9999999;'],
])('%j is read as it was typed', (text, entities, words) => {
  expect(said(text, ...entities)).toBe(words)
})
