import type { KnownBlock, ModalView } from '@slack/types'
import { escaped, mrkdwn, plain } from '../mrkdwn.ts'
import type { SlackMessage } from './booking-card-message.ts'

export const OPEN_FORM = 'open_request_form'
export const CONTINUE_DRAFT = 'draft_continue'

/** Stands in for a form that takes longer than usual to prepare. */
export function loadingModal(title: string): ModalView {
  return { ...noticeModal(title, 'One moment …') }
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

const TOO_LATE = 'Slack did not let the form open in time. Nothing was sent yet.'

/** Opens a form on a press of its button, for when the form could not open in time, or cannot open by itself. */
export function openFormMessage(
  { actionId, value }: { actionId: string; value?: string },
  text = TOO_LATE,
): SlackMessage {
  const blocks: KnownBlock[] = [
    { type: 'section', text: mrkdwn(text) },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: actionId,
          style: 'primary',
          text: plain('Open the form'),
          ...(value && { value }),
        },
      ],
    },
  ]
  return { text, blocks }
}
