import type { Button } from '@slack/types'
import { type OwnAction, WITHDRAW_WORDS } from '../../view-models/own-action.ts'
import type { TripEntry } from '../../view-models/trip-entry.ts'
import { plain } from '../mrkdwn.ts'

export const APPROVE = 'booking_approve'
export const APPROVE_WITH_COMMENT = 'booking_approve_with_comment'
export const ASK_FOR_CHANGE = 'booking_ask_for_change'
export const REJECT = 'booking_reject'
export const CHANGE = 'booking_change'
export const WITHDRAW_CHANGE = 'change_withdraw'
export const CANCEL = 'booking_cancel'

/** The likely one first, danger last; each names the step it answers. */
export function decideButtons(stepId: string): Button[] {
  return [
    { type: 'button', action_id: APPROVE, style: 'primary', text: plain('Approve'), value: stepId },
    { type: 'button', action_id: APPROVE_WITH_COMMENT, text: plain('Approve with a comment'), value: stepId },
    { type: 'button', action_id: ASK_FOR_CHANGE, text: plain('Ask for a change'), value: stepId },
    { type: 'button', action_id: REJECT, style: 'danger', text: plain('Reject'), value: stepId },
  ]
}

/** What the requester may do with a booking. Where somebody asked for a change, that is the likely one. */
export function ownButtons(bookingId: string, own: Omit<OwnAction, 'kind'>): Button[] {
  const { mayChange, isAskedToChange, mayWithdrawChange, mayCancel } = own
  return [
    ...(mayChange ? [changeButton(bookingId, isAskedToChange)] : []),
    ...(mayWithdrawChange ? [withdrawButton(bookingId)] : []),
    ...(mayCancel ? [cancelButton(bookingId)] : []),
  ]
}

/** The same of a trip in a list: an admin may cancel what is not theirs to change. */
export function tripButtons({ bookingId, own, cancel }: Pick<TripEntry, 'bookingId' | 'own' | 'cancel'>): Button[] {
  if (own) return ownButtons(bookingId, own)
  return cancel ? [cancelButton(bookingId)] : []
}

function changeButton(bookingId: string, isLikely: boolean): Button {
  const style = isLikely && { style: 'primary' as const }
  return { type: 'button', action_id: CHANGE, text: plain('Change'), value: bookingId, ...style }
}

/** Asks once, in Slack's own dialog. */
function withdrawButton(bookingId: string): Button {
  const { button, question, consequences, yes, no } = WITHDRAW_WORDS
  return {
    type: 'button',
    action_id: WITHDRAW_CHANGE,
    text: plain(button),
    value: bookingId,
    confirm: {
      title: plain(question),
      text: plain(consequences),
      confirm: plain(yes),
      deny: plain(no),
      style: 'danger',
    },
  }
}

/** Opens a modal that asks once. */
export function cancelButton(bookingId: string): Button {
  return { type: 'button', action_id: CANCEL, text: plain('Cancel'), value: bookingId }
}
