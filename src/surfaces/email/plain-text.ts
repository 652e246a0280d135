import { changeLine } from '../view-models/trip-changes.ts'
import { type ChatLink, linkLabel } from './chat-link.ts'
import type { MailContent } from './mail-content.ts'

/** Draws a mail as plain text. `chat` is null where there is no link into the chat. */
export function plainText({ words, rows, note, footer }: MailContent, chat: ChatLink | null): string {
  const paragraphs = [
    words.headline,
    ...words.remarks,
    words.changes.map(changeLine).join('\n'),
    rows.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    note ?? '',
    chat === null ? '' : `${linkLabel(chat)} ${chat.url}`,
    footer,
  ]
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')
}
