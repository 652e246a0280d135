import { LONGEST } from '../../../core/booking/check-request.ts'
import { CANCEL_WORDS, type CancelChoice, cancelConsequences } from '../../view-models/cancel-choice.ts'
import { DECISION_READ_BY } from '../../view-models/decision-words.ts'
import { type ListLook, packedLook } from '../../view-models/list-look.ts'
import { type OwnAction, WITHDRAW_WORDS } from '../../view-models/own-action.ts'
import type { Action, ActionSet, Execute, ShowCard, TextInput } from './adaptive-card.ts'
import { line, under } from './parts.ts'

export const APPROVE = 'booking.approve'
export const REJECT = 'booking.reject'
export const ASK_FOR_CHANGE = 'booking.ask_for_change'
export const CANCEL = 'booking.cancel'
export const CHANGE = 'booking.change'
export const WITHDRAW_CHANGE = 'change.withdraw'

/** The lists that show themselves anew after a press in them. */
export type PersonalList = 'approvals' | 'trips' | 'drafts'

/** The list that a button stands in, as it is shown: the rows stay in their places when it is drawn again. */
export interface ShownList {
  name: PersonalList
  look: ListLook
}

/**
 * The likely one first; each names the step it answers. Two rows, since clients cut the words of buttons that do not fit
 * side by side on a phone. `list`: they stand in one, among others of their kind.
 */
export function decideActions(stepId: string, list: ShownList | null = null): ActionSet[] {
  const data = { stepId, ...inList(list) }
  const words = (name: TypedWords) => wordsInput(name, list && stepId)
  const approve = execute(APPROVE, 'Approve', data, { style: 'positive', associatedInputs: 'none' })
  const reject = asking('Reject', [words('reason')], execute(REJECT, 'Reject request', data, { style: 'destructive' }))
  return [
    row([approve, { ...reject, style: 'destructive' }]),
    close([
      asking('Ask for a change', [words('note')], execute(ASK_FOR_CHANGE, 'Send back with this note', data)),
      asking('Approve with a comment', [words('comment')], execute(APPROVE, 'Approve request', data)),
    ]),
  ]
}

/** What somebody may do with their own booking: the likely one first. Cancelling and withdrawing ask once. */
export function ownActions(own: OwnAction, cancel: CancelChoice, list: ShownList | null = null): ActionSet[] {
  const { bookingId } = cancel
  const change = execute(CHANGE, 'Change', { bookingId }, { associatedInputs: 'none' })
  const first = [
    ...(own.mayChange ? [own.isAskedToChange ? { ...change, style: 'positive' as const } : change] : []),
    ...(own.mayCancel ? [cancelAction(cancel, list)] : []),
  ]
  return [
    ...(first.length > 0 ? [row(first)] : []),
    ...(own.mayWithdrawChange ? [close([withdrawAction(bookingId, list)])] : []),
  ]
}

export function row(actions: Action[]): ActionSet {
  return { type: 'ActionSet', actions }
}

function close(actions: Action[]): ActionSet {
  return { ...row(actions), spacing: 'small' }
}

/** Asks once, and takes a word why. */
export function cancelAction(choice: CancelChoice, list: ShownList | null = null): ShowCard {
  const { bookingId } = choice
  const data = { bookingId, ...inList(list) }
  const question = [line(CANCEL_WORDS.question, { weight: 'bolder' }), under(cancelConsequences(choice))]
  const yes = execute(CANCEL, CANCEL_WORDS.yes, data, { style: 'destructive' })
  return asking('Cancel', [...question, wordsInput('why', list && bookingId)], yes)
}

function withdrawAction(bookingId: string, list: ShownList | null): ShowCard {
  const question = [line(WITHDRAW_WORDS.question, { weight: 'bolder' }), under(WITHDRAW_WORDS.consequences)]
  const yes = { style: 'destructive', associatedInputs: 'none' } as const
  const data = { bookingId, ...inList(list) }
  return asking(WITHDRAW_WORDS.button, question, execute(WITHDRAW_CHANGE, WITHDRAW_WORDS.yes, data, yes))
}

export function inList(list: ShownList | null): { list?: string; look?: string } {
  return list ? { list: list.name, look: packedLook(list.look) } : {}
}

type TypedWords = 'reason' | 'comment' | 'note' | 'why'

/** What was typed beside a button, wherever it stood; '' where nothing was. */
export function typedWords(data: Record<string, unknown>, name: TypedWords): string {
  const words = data[name] ?? data[`${name}-${data.stepId ?? data.bookingId}`]
  return typeof words === 'string' ? words : ''
}

/** A reason and a note are required, a comment and why somebody cancels are not. */
const ASKED: Record<
  TypedWords,
  Pick<TextInput, 'label' | 'placeholder' | 'maxLength' | 'isRequired' | 'errorMessage'>
> = {
  reason: {
    label: 'Reason',
    placeholder: DECISION_READ_BY,
    maxLength: LONGEST.rejection_reason,
    isRequired: true,
    errorMessage: 'Please give a reason.',
  },
  note: {
    label: 'What should be changed?',
    placeholder: DECISION_READ_BY,
    maxLength: LONGEST.change_note,
    isRequired: true,
    errorMessage: 'Please say what should be changed.',
  },
  comment: { label: 'Comment', placeholder: DECISION_READ_BY, maxLength: LONGEST.comment },
  why: { label: `${CANCEL_WORDS.why} (optional)`, placeholder: CANCEL_WORDS.readBy, maxLength: LONGEST.cancel_reason },
}

/** `among`: what it is about, where others of its kind stand beside it. */
function wordsInput(name: TypedWords, among: string | null): TextInput {
  return { type: 'Input.Text', id: among ? `${name}-${among}` : name, isMultiline: true, ...ASKED[name] }
}

/** A button that opens what has to be answered before it is done. */
export function asking(title: string, body: ShowCard['card']['body'], action: Execute): ShowCard {
  return { type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', body, actions: [action] } }
}

export function execute(
  verb: string,
  title: string,
  data: Execute['data'],
  look: Partial<Pick<Execute, 'style' | 'associatedInputs'>> = {},
): Execute {
  return { type: 'Action.Execute', verb, title, data, associatedInputs: 'auto', ...look }
}
