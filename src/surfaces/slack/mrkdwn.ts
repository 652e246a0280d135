import type { KnownBlock, MrkdwnElement, PlainTextElement } from '@slack/types'
import { wholeCharacters } from '../view-models/clipped.ts'
import { LIMITS } from './limits.ts'

/**
 * Makes what a person typed harmless inside mrkdwn: without this `<!channel>` in a reason would ping a channel.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escaped(typed: string): string {
  return typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Returns what somebody typed: Slack sends it escaped. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

/** `verbatim`: what looks like a link or a channel stays text. */
export function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true }
}

export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: true }
}

/** Escaped mrkdwn, cut to a limit of Slack's, with an ellipsis where something is missing. */
export function clippedMrkdwn(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, wholeEntities(text, most - 1))}…`
}

/** Escaped mrkdwn of any length as sections, nothing left out. */
export function sections(text: string): KnownBlock[] {
  return pieces(text, LIMITS.sectionText).map((piece) => ({ type: 'section', text: mrkdwn(piece) }))
}

/** Long typed text as quoted sections, nothing left out: a line is cut only where it does not fit into one. */
export function quotedSections(typed: string): KnownBlock[] {
  const blocks: KnownBlock[] = []
  let current = ''
  const flush = () => {
    if (current) blocks.push({ type: 'section', text: mrkdwn(current) })
    current = ''
  }
  for (const line of escaped(typed).split('\n')) {
    for (const piece of pieces(line, LIMITS.sectionText - 2)) {
      const quoted = `>${piece}\n`
      if (current.length + quoted.length > LIMITS.sectionText) flush()
      current += quoted
    }
  }
  flush()
  return blocks
}

/** Cut after white space where there is some near the end of a piece. At least one piece. */
function pieces(text: string, most: number): string[] {
  const cut: string[] = []
  let rest = text
  while (rest.length > most) {
    const space = Math.max(rest.lastIndexOf(' ', most - 1), rest.lastIndexOf('\n', most - 1)) + 1
    const end = space > most / 2 ? space : wholeEntities(rest, most)
    cut.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return [...cut, rest]
}

/** Neither an emoji nor `&amp;` may be torn apart. */
function wholeEntities(text: string, most: number): number {
  const ampersand = text.lastIndexOf('&', most - 1)
  return ampersand >= 0 && text.indexOf(';', ampersand) >= most ? ampersand : wholeCharacters(text, most)
}
