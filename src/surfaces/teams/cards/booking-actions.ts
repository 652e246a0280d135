import { LONGEST } from '../../../core/booking/check-request.ts'
import { CANCEL_WORDS, type CancelChoice, cancelConsequences } from '../../view-models/cancel-choice.ts'
import { DECISION_READ_BY } from '../../view-models/decision-words.ts'
import type { Action, ActionSet, Execute, ShowCard } from './adaptive-card.ts'
import { line, under } from './parts.ts'

export const APPROVE = 'booking.approve'
export const REJECT = 'booking.reject'
export const CANCEL = 'booking.cancel'

/** The lists that show themselves anew after a press in them. */
export type PersonalList = 'approvals' | 'trips'

/**
 * The likely one first; each names the step it answers. Two rows, since clients cut the words of buttons that do not fit
 * side by side on a phone. `list`: they stand in one, among others of their kind.
 */
export function decideActions(stepId: string, list: PersonalList | null = null): ActionSet[] {
  const data = { stepId, ...(list && { list }) }
  const idOf = (name: TypedWords) => (list ? `${name}-${stepId}` : name)
  const approve = execute(APPROVE, 'Approve', data, { style: 'positive', associatedInputs: 'none' })
  const reject = execute(REJECT, 'Reject request', data, { style: 'destructive' })
  const approveSaying = execute(APPROVE, 'Approve request', data)
  return [
    row([approve, asking('Reject', 'destructive', idOf('reason'), reject)]),
    { ...row([asking('Approve with a comment', null, idOf('comment'), approveSaying)]), spacing: 'small' },
  ]
}

export function row(actions: Action[]): ActionSet {
  return { type: 'ActionSet', actions }
}

/** Asks once. */
export function cancelAction(choice: CancelChoice, list: PersonalList | null = null): ShowCard {
  const data = { bookingId: choice.bookingId, ...(list && { list }) }
  return {
    type: 'Action.ShowCard',
    title: 'Cancel',
    card: {
      type: 'AdaptiveCard',
      body: [line(CANCEL_WORDS.question, { weight: 'bolder' }), under(cancelConsequences(choice))],
      actions: [execute(CANCEL, CANCEL_WORDS.yes, data, { style: 'destructive', associatedInputs: 'none' })],
    },
  }
}

type TypedWords = 'reason' | 'comment'

/** What was typed beside a decision, wherever it stood; '' where nothing was. */
export function typedWords(data: Record<string, unknown>, name: TypedWords): string {
  const words = data[name] ?? data[`${name}-${data.stepId}`]
  return typeof words === 'string' ? words : ''
}

/** A reason is required, a comment is not. */
function asking(title: string, style: 'destructive' | null, id: string, action: Execute): ShowCard {
  const rejecting = action.verb === REJECT
  return {
    type: 'Action.ShowCard',
    title,
    ...(style && { style }),
    card: {
      type: 'AdaptiveCard',
      body: [
        {
          type: 'Input.Text',
          id,
          label: rejecting ? 'Reason' : 'Comment',
          placeholder: DECISION_READ_BY,
          isMultiline: true,
          maxLength: rejecting ? LONGEST.rejection_reason : LONGEST.comment,
          ...(rejecting && { isRequired: true, errorMessage: 'Please give a reason.' }),
        },
      ],
      actions: [action],
    },
  }
}

export function execute(
  verb: string,
  title: string,
  data: Execute['data'],
  look: Partial<Pick<Execute, 'style' | 'associatedInputs'>> = {},
): Execute {
  return { type: 'Action.Execute', verb, title, data, associatedInputs: 'auto', ...look }
}
