import type { ModalView } from '@slack/types'
import { LONGEST } from '../../../core/booking/check-request.ts'
import { CANCEL_WORDS, type CancelChoice, cancelConsequences } from '../../view-models/cancel-choice.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, mrkdwn, plain } from '../mrkdwn.ts'
import type { ListPlace } from './list-blocks.ts'

export const CANCEL_BOOKING = 'cancel_booking'
export const WHY_BLOCK = 'why'

export interface CancelMetadata {
  bookingId: string
  /** The list it was opened from. */
  list: ListPlace | null
}

/** Asks once whether to cancel, and why for those who care to say. */
export function cancelModal(choice: CancelChoice, list: ListPlace | null): ModalView {
  return {
    type: 'modal',
    callback_id: CANCEL_BOOKING,
    title: plain(CANCEL_WORDS.yes),
    submit: plain(CANCEL_WORDS.yes),
    close: plain(CANCEL_WORDS.no),
    private_metadata: JSON.stringify({ bookingId: choice.bookingId, list } satisfies CancelMetadata),
    blocks: [
      {
        type: 'section',
        text: mrkdwn(
          clippedMrkdwn(escaped(`${CANCEL_WORDS.question} ${cancelConsequences(choice)}`), LIMITS.sectionText),
        ),
      },
      {
        type: 'input',
        block_id: WHY_BLOCK,
        label: plain(CANCEL_WORDS.why),
        hint: plain(CANCEL_WORDS.readBy),
        optional: true,
        element: { type: 'plain_text_input', action_id: 'why', multiline: true, max_length: LONGEST.cancel_reason },
      },
    ],
  }
}
