import type { ModalView } from '@slack/types'
import { LONGEST } from '../../../core/booking/check-request.ts'
import { DECISION_READ_BY } from '../../view-models/decision-words.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, mrkdwn, plain } from '../mrkdwn.ts'
import type { PersonalList } from './list-blocks.ts'

export const DECISION = 'booking_decision'
export const COMMENT_BLOCK = 'comment'

/** What the modal carries: the step it answers, and how. Whether this person may is decided when it is submitted. */
export interface DecisionMetadata {
  stepId: string
  decision: 'approve' | 'reject'
  /** The list it was opened from, and where Slack takes a new picture of it: for 30 minutes, five times. */
  list: { name: PersonalList; responseUrl: string } | null
}

const WORDS = {
  approve: { title: 'Approve request', submit: 'Approve', label: 'Comment' },
  reject: { title: 'Reject request', submit: 'Reject', label: 'Reason' },
}

/** Asks for the reason of a rejection, or for the comment of an approval. `about`: which request it is, as plain text. */
export function decisionModal(metadata: DecisionMetadata, about: string): ModalView {
  const { title, submit, label } = WORDS[metadata.decision]
  const approving = metadata.decision === 'approve'
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
        optional: approving,
        element: {
          type: 'plain_text_input',
          action_id: 'comment',
          multiline: true,
          focus_on_load: true,
          max_length: approving ? LONGEST.comment : LONGEST.rejection_reason,
        },
      },
    ],
  }
}
