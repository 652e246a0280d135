import { changeLine } from '../view-models/trip-changes.ts'
import { LINK_LABEL, type MailContent } from './mail-content.ts'

/** Draws a mail as plain text. `chatUrl` is null where there is no link into the chat. */
export function plainText({ words, rows, note, footer }: MailContent, chatUrl: string | null): string {
  const paragraphs = [
    words.headline,
    ...words.remarks,
    words.changes.map(changeLine).join('\n'),
    rows.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    note ?? '',
    chatUrl === null ? '' : `${LINK_LABEL} ${chatUrl}`,
    footer,
  ]
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')
}
