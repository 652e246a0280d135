import { createElement } from 'react'
import type { NoticeKind } from '../../core/notification/notice.ts'
import type { NumberedFacts } from '../view-models/notice-situation.ts'
import { noticeWords, toldTrip } from '../view-models/notice-words.ts'
import { calendarFile, calendarMethod, type Mailbox } from './calendar.ts'
import { render, toPlainText } from './components.ts'
import { NoticeEmail } from './templates/notice-email.tsx'

/** The headline as it is written, and the table as lines: "Car: Škoda Octavia (B-MP 102)". */
const PLAIN_TEXT: Parameters<typeof toPlainText>[1] = {
  selectors: [
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'tr.fact', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'tr.columns', format: 'skip' },
    { selector: 'td.was', format: 'inlineSurround', options: { suffix: ' → ' } },
    { selector: 'th.label', format: 'inlineSurround', options: { suffix: ': ' } },
  ],
}

export interface NoticeToRender {
  kind: NoticeKind
  facts: NumberedFacts
  reader: Mailbox & { zone: string; isRequester: boolean }
  /** Who the mail comes from: also the organizer of the calendar entry. */
  from: Mailbox
  chatUrl: string | null
  /** When it happened. */
  now: Date
}

export interface RenderedMail {
  subject: string
  html: string
  text: string
  attachments: { filename: string; content: string; contentType: string }[]
}

/** A notice as a mail. The same input gives the same mail, byte for byte, whenever it is rendered. */
export async function renderNotice(input: NoticeToRender): Promise<RenderedMail> {
  const { kind, facts, reader, from, chatUrl, now } = input
  const mail = createElement(NoticeEmail, { kind, facts, reader, chatUrl, now })
  const method = calendarMethod(kind, facts, reader)
  const attachments =
    method === null
      ? []
      : [
          {
            filename: `booking-${facts.number}.ics`,
            content: calendarFile({ ...facts, ...toldTrip(kind, facts) }, method, reader, from, now),
            contentType: `text/calendar; charset=utf-8; method=${method}`,
          },
        ]
  const { subject } = noticeWords(kind, facts, reader.zone, now, reader)
  const html = await render(mail)
  return { subject, html, text: toPlainText(html, PLAIN_TEXT), attachments }
}
