import { clipped } from '../../view-models/clipped.ts'
import type { Action, AdaptiveCard, Element, RichTextBlock, TextLook, TextRun } from './adaptive-card.ts'
import { bytesOf, LIMITS } from './limits.ts'

/** A whole card. `fallbackText` is plain text, of any length. */
export function card(fallbackText: string, body: Element[], actions: Action[] = []): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: clipped(fallbackText, LIMITS.fallbackText),
    msteams: { width: 'Full' },
    body,
    ...(actions.length > 0 && { actions }),
  }
}

/**
 * Text as it is, in one look. Clients put times in place of `{{DATE(…)}}` also where there is no Markdown, unless the
 * braces stand in two runs. https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/text-features#datetime-formatting-and-localization
 */
export function run(text: string, look: TextLook = {}): TextRun[] {
  return text.split(/(?<=\{)(?=\{)/).map((piece) => ({ type: 'TextRun', text: piece, ...look }))
}

/** Text as it is, line breaks included. */
export function line(text: string, look: TextLook = {}): RichTextBlock {
  return { type: 'RichTextBlock', inlines: run(text, look) }
}

/** The same, close under what stands above it. */
export function under(text: string, look: TextLook = {}): RichTextBlock {
  return { ...line(text, look), spacing: 'small' }
}

export function heading(text: string): RichTextBlock {
  return line(text, { weight: 'bolder', size: 'medium' })
}

/** Not in the colour `warning`: in Teams' light theme that is a yellow which cannot be read on white. */
export function warning(text: string): RichTextBlock {
  return line(`⚠️ ${text}`)
}

/** What is wrong with the field above, if anything. */
export function error(words: string | undefined): RichTextBlock[] {
  return words === undefined ? [] : [under(clipped(words, LIMITS.notice), { color: 'attention' })]
}

/** Lines that belong to no part of a card, such as that its reader is away. */
export function remarks(lines: string[]): RichTextBlock[] {
  return lines.map((text) => line(clipped(text, LIMITS.notice), { isSubtle: true }))
}

/** A card with as many of the entries as fit; `drawn` says of the others how many there are. */
export function fittingCard(entries: Element[], drawn: (shown: Element[]) => AdaptiveCard): AdaptiveCard {
  let room = LIMITS.card - bytesOf(drawn([]))
  const end = entries.findIndex((entry) => {
    room -= bytesOf(entry) + 1
    return room < 0
  })
  // What a card says of the rows it shows is not on one without any: it may need the room of the last.
  let shown = end < 0 ? entries : entries.slice(0, end)
  while (shown.length > 0 && bytesOf(drawn(shown)) > LIMITS.card) shown = shown.slice(0, -1)
  return drawn(shown)
}
