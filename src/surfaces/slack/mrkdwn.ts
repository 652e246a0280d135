import type { KnownBlock, MrkdwnElement, PlainTextElement } from '@slack/types'
import { LIMITS } from './limits.ts'

/**
 * Makes what a person typed harmless inside mrkdwn: without this `<!channel>` in a reason would ping a channel.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escaped(typed: string): string {
  return typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** `verbatim`: what looks like a link or a channel stays text. */
export function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true }
}

export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: true }
}

/** Cut to a limit of Slack's, with an ellipsis where something is missing. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${splitAt(text, most - 1)[0]}…`
}

/** Long typed text as quoted sections, each within the limit after escaping, nothing left out. */
export function quotedSections(typed: string): KnownBlock[] {
  const blocks: KnownBlock[] = []
  let current = ''
  const flush = () => {
    if (current) blocks.push({ type: 'section', text: mrkdwn(current) })
    current = ''
  }
  for (const line of typed.split('\n')) {
    for (const piece of pieces(line, LIMITS.sectionText / 5 - 2)) {
      const quoted = `>${escaped(piece)}\n`
      if (current.length + quoted.length > LIMITS.sectionText) flush()
      current += quoted
    }
  }
  flush()
  return blocks
}

/** Escaping makes of one character five at most: pieces a fifth as long as the limit always fit. */
function pieces(line: string, length: number): string[] {
  const cut: string[] = []
  let rest = line
  do {
    const [head, tail] = splitAt(rest, length)
    cut.push(head)
    rest = tail
  } while (rest)
  return cut
}

/** Splits without tearing a character outside the basic plane (most emoji) apart. */
function splitAt(text: string, length: number): [string, string] {
  const code = text.charCodeAt(length - 1)
  const end = text.length > length && code >= 0xd800 && code <= 0xdbff ? length - 1 : length
  return [text.slice(0, end), text.slice(end)]
}
