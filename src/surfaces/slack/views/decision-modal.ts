import type { ModalView } from '@slack/types'
import type { Decision } from '../../../core/approval/decide-step.ts'
import { LONGEST } from '../../../core/booking/check-request.ts'
import { DECISION_READ_BY } from '../../view-models/decision-words.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, mrkdwn, plain } from '../mrkdwn.ts'
import type { ListPlace } from './list-blocks.ts'

export const DECISION = 'booking_decision'
export const COMMENT_BLOCK = 'comment'

/** What the modal carries: the step it answers, and how. Whether this person may is decided when it is submitted. */
export interface DecisionMetadata {
  stepId: string
  decision: Decision['kind']
  /** The list it was opened from. */
  list: ListPlace | null
}

const WORDS = {
  approve: { title: 'Approve request', submit: 'Approve', label: 'Comment', most: LONGEST.comment },
  reject: { title: 'Reject request', submit: 'Reject', label: 'Reason', most: LONGEST.rejection_reason },
  ask_for_change: {
    title: 'Ask for a change',
    submit: 'Send',
    label: 'What should be changed?',
    most: LONGEST.change_note,
  },
}

/** Asks for the reason of a rejection, for what should be changed, or for the comment of an approval. `about`: which request it is, as plain text. */
export function decisionModal(metadata: DecisionMetadata, about: string): ModalView {
  const { title, submit, label, most } = WORDS[metadata.decision]
  return {
    type: 'modal',
    callback_id: DECISION,
    title: plain(title),
    submit: plain(submit),
    close: plain('Back'),
    private_metadata: JSON.stringify(metadata),
    blocks: [
      { type: 'section', text: mrkdwn(clippedMrkdwn(escaped(about), LIMITS.sectionText)) },
      {
        type: 'input',
        block_id: COMMENT_BLOCK,
        label: plain(label),
        hint: plain(DECISION_READ_BY),
        optional: metadata.decision === 'approve',
        element: {
          type: 'plain_text_input',
          action_id: 'comment',
          multiline: true,
          focus_on_load: true,
          max_length: most,
        },
      },
    ],
  }
}
