import type { Activity } from 'botbuilder'
import { cleanText } from '../../core/text/clean-text.ts'

/** Returns what was typed, without the mention of the bot that a channel asks for, and with the characters that HTML escapes. */
export function messageText({
  entities,
  recipient,
  text = '',
}: Pick<Activity, 'entities' | 'recipient' | 'text'>): string {
  const mentions = (entities ?? []).filter(
    (entity) => entity.type === 'mention' && entity.mentioned?.id === recipient.id,
  )
  const left = mentions.reduce((words, { text: mention, mentioned }) => without(words, mention, mentioned?.name), text)
  return cleanText(decoded(left))
}

/** A mention that does not say how it stands in the text stands there by its name, or is the first one. */
function without(words: string, mention: unknown, name: unknown): string {
  if (typeof mention === 'string' && mention !== '') return words.replaceAll(mention, ' ')
  const named = typeof name === 'string' && name !== '' ? `<at>${name}</at>` : null
  return named !== null && words.includes(named)
    ? words.replaceAll(named, ' ')
    : words.replace(/<at[^>]*>[^<]*<\/at>/, ' ')
}

const NAMED = new Map([
  ['nbsp', ' '],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['ndash', '–'],
  ['mdash', '—'],
])

/** Each once: "&amp;lt;" was typed as "&lt;". */
function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return NAMED.get(String(name).toLowerCase()) ?? whole
    const code = decimal === undefined ? Number.parseInt(String(hexadecimal), 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
