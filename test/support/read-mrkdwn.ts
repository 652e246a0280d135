import { parseMrkdwn } from '../../src/workspace/page/text/mrkdwn.ts'
import type { StoredMessage } from '../../src/workspace/protocol/conversations.ts'
import { isFields } from './visible-text.ts'

export interface Reading {
  /** The letters that somebody sees, without any formatting. */
  text: string
  /** Whom it pings: "channel", "U123". */
  pings: string[]
}

/** A message as Slack's client draws it, its mrkdwn read as Slack reads it. */
export function readMessage(message: Pick<StoredMessage, 'blocks' | 'text'>): Reading {
  const shown = message.blocks.length > 0 ? message.blocks.flatMap(textObjects) : [readMrkdwn(message.text)]
  return { text: shown.map(({ text }) => text).join('\n'), pings: shown.flatMap(({ pings }) => pings) }
}

/** The line that a notification shows: its escapes are undone and it may ping as well. */
export function readNotification(message: Pick<StoredMessage, 'text'>): Reading {
  return readMrkdwn(message.text)
}

function textObjects(part: unknown): Reading[] {
  if (Array.isArray(part)) return part.flatMap(textObjects)
  if (!isFields(part)) return []
  if (part.type === 'mrkdwn' && typeof part.text === 'string') return [readMrkdwn(part.text)]
  if (part.type === 'plain_text' && typeof part.text === 'string') return [{ text: part.text, pings: [] }]
  if (part.type === 'text' && typeof part.text === 'string') return [{ text: part.text, pings: [] }]
  return ['text', 'fields', 'elements', 'title'].flatMap((name) => textObjects(part[name]))
}

function readMrkdwn(text: string): Reading {
  const elements = parseMrkdwn(text, () => '').flatMap((block): unknown[] => block.elements)
  const letters = elements.map((element) => {
    if (!isFields(element)) return ''
    if (element.type === 'emoji') return `[emoji ${String(element.name)}]`
    if (element.type === 'link') return String(element.text ?? element.url)
    return typeof element.text === 'string' ? element.text : ''
  })
  const pings = elements.flatMap((element) => {
    if (!isFields(element)) return []
    return [element.range, element.user_id, element.usergroup_id].filter((one) => typeof one === 'string')
  })
  return { text: letters.join(''), pings }
}
