import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { NoticeKind } from '../../core/notification/notice.ts'
import type { NumberedFacts } from '../view-models/notice-situation.ts'
import { toldTrip } from '../view-models/notice-words.ts'
import { calendarFile, type Mailbox } from './calendar.ts'
import type { ChatLink } from './chat-link.ts'
import { mailContent } from './mail-content.ts'
import { plainText } from './plain-text.ts'
import { NoticeEmail } from './templates/notice-email.tsx'

export interface NoticeToRender {
  kind: NoticeKind
  facts: NumberedFacts
  reader: Mailbox & { personId: string; zone: string; isRequester: boolean }
  /** Who the mail comes from: also the organizer of the calendar entry. */
  from: Mailbox
  chat: ChatLink | null
  /** When it happened. */
  now: Date
}

export interface RenderedMail {
  subject: string
  html: string
  text: string
  attachments: { filename: string; content: string; contentType: string }[]
}

/** Many mail programs fall back to rules of the nineties for a document of any other type. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'

/** Renders a notice as a mail. The same input renders to the same mail, byte for byte. */
export function renderNotice(input: NoticeToRender): RenderedMail {
  const { kind, facts, reader, from, chat, now } = input
  const content = mailContent(input)
  const { calendar } = content
  const attachments = calendar
    ? [
        {
          filename: `booking-${facts.number}.ics`,
          content: calendarFile({ ...facts, ...toldTrip(kind, facts) }, calendar, reader, from, now),
          contentType: `text/calendar; charset=utf-8; method=${calendar}`,
        },
      ]
    : []
  // React Email's own `render` streams the same document, for three times the work.
  const html = DOCTYPE + renderToStaticMarkup(createElement(NoticeEmail, { kind, facts, content, chat }))
  return { subject: content.words.subject, html, text: plainText(content, chat), attachments }
}
