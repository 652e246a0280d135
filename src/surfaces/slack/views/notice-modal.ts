import type { KnownBlock, ModalView } from '@slack/types'
import { escaped, mrkdwn, plain } from '../mrkdwn.ts'
import type { SlackMessage } from './booking-card-message.ts'

export const OPEN_FORM = 'open_request_form'

/** Stands in for a form that takes longer than usual to prepare. */
export function loadingModal(): ModalView {
  return { ...noticeModal('Book a car', 'One moment, looking for free cars …') }
}

/** Says one thing, with nothing to fill in. `text` is plain text. */
export function noticeModal(title: string, text: string): ModalView {
  return {
    type: 'modal',
    title: plain(title),
    close: plain('Close'),
    blocks: [{ type: 'section', text: mrkdwn(escaped(text)) }],
  }
}

/** For when a form could not be opened in time: says so, and opens it on a press. */
export function openFormMessage(): SlackMessage {
  const text = 'Slack did not let the form open in time. Nothing was booked yet.'
  const blocks: KnownBlock[] = [
    { type: 'section', text: mrkdwn(text) },
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: OPEN_FORM, style: 'primary', text: plain('Open the form') }],
    },
  ]
  return { text, blocks }
}
