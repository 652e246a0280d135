import { createElement, type FunctionComponent } from 'react'
import type { NoticeKind } from '../../core/notification/notice.ts'
import { type NumberedFacts, noticeWords } from '../view-models/notice-words.ts'
import { calendarFile, calendarMethod, type Mailbox } from './calendar.ts'
import { render, toPlainText } from './components.ts'
import { ApprovalNeededEmail } from './templates/approval-needed-email.tsx'
import { BookingApprovedEmail } from './templates/booking-approved-email.tsx'
import { BookingCancelledEmail } from './templates/booking-cancelled-email.tsx'
import { BookingRejectedEmail } from './templates/booking-rejected-email.tsx'
import { BookingRequestedEmail } from './templates/booking-requested-email.tsx'
import { DeliveryFailedEmail } from './templates/delivery-failed-email.tsx'
import { ManagerApprovedEmail } from './templates/manager-approved-email.tsx'
import type { NoticeEmailProps } from './templates/notice-email-props.ts'

const TEMPLATES: Record<NoticeKind, FunctionComponent<NoticeEmailProps>> = {
  booking_requested: BookingRequestedEmail,
  approval_needed: ApprovalNeededEmail,
  manager_approved: ManagerApprovedEmail,
  booking_approved: BookingApprovedEmail,
  booking_rejected: BookingRejectedEmail,
  booking_cancelled: BookingCancelledEmail,
  delivery_failed: DeliveryFailedEmail,
}

/** The headline as it is written, and the table as lines: "Car: Škoda Octavia (B-MP 102)". */
const PLAIN_TEXT: Parameters<typeof toPlainText>[1] = {
  selectors: [
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'tr.fact', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
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
  const mail = createElement(TEMPLATES[kind], { facts, reader, chatUrl, now })
  const method = calendarMethod(kind, facts, reader)
  const attachments =
    method === null
      ? []
      : [
          {
            filename: `booking-${facts.number}.ics`,
            content: calendarFile(facts, method, reader, from, now),
            contentType: `text/calendar; charset=utf-8; method=${method}`,
          },
        ]
  const { subject } = noticeWords(kind, facts, reader.zone, now, reader)
  const html = await render(mail)
  return { subject, html, text: toPlainText(html, PLAIN_TEXT), attachments }
}
