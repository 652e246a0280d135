import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import { BookingError, type Refusal } from '../../../../core/booking-error.ts'
import type { Press } from '../../../../core/notification/pressed-cards.ts'
import type { Person } from '../../../../core/people/person.ts'
import { FORM_OUT_OF_DATE } from '../../../view-models/out-of-date-words.ts'
import { refusalTold } from '../../../view-models/refusal-told.ts'
import { UNIDENTIFIED_WORDS } from '../../../view-models/unidentified-words.ts'
import { ANSWER_WITHIN, answerWithin, TOO_LATE } from '../../answer-within.ts'
import { actorOf, identify } from '../../identify.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { UnreadableForm } from '../../unreadable-form.ts'
import { viewWithNotice } from '../../view-with-notice.ts'
import { noticeModal } from '../../views/notice-modal.ts'

export type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs

/**
 * How a refusal is shown: at its field, as one line on top of the form (drawn anew where it is behind), or in place of a form that is of no use any more.
 */
export type Shown = { atBlock: string } | { anew: ModalView } | 'on_top' | 'instead'

export interface Submission<Done> {
  /** What is said while nothing is known of the outcome, and when nothing was done. */
  words: { slow: string; failed: string }
  /** What it is done to, where that is there already. */
  about?(): Press['about']
  /** Does it; a BookingError is a refusal. */
  act(person: Person): Promise<Done>
  /** What is said once it is done, where the modal does not just close. */
  reply?(done: Done, person: Person): Answer
  show(refusal: Refusal, person: Person): Shown | Promise<Shown>
  /** Once the answer is given, and there is nothing left to decide in this modal. */
  afterwards?(): Promise<void>
}

/** `out_of_date`: the form cannot be read, so nothing of it is known. */
type Answer = { text: string; shown: Shown | 'out_of_date' } | null

/**
 * Does what a modal asks for before it is acknowledged, since Slack never sends a submission again and field errors are part
 * of the answer. The modal closes when it is done.
 */
export async function answerSubmission<Done>(
  deps: SlackDeps,
  { ack, body, view }: SubmissionArgs,
  submission: Submission<Done>,
): Promise<void> {
  const work = submit(deps, body, submission)
  const answer = await answerWithin(ANSWER_WITHIN, work)
  try {
    await acknowledge(ack, view, answer === TOO_LATE ? { text: submission.words.slow, shown: 'on_top' } : answer)
  } finally {
    const outcome = await work
    if (outcome === null || outcome.shown === 'instead') await submission.afterwards?.()
  }
}

function acknowledge(ack: SubmissionArgs['ack'], view: SubmissionArgs['view'], answer: Answer): Promise<void> {
  if (answer === null) return ack()
  const { text, shown } = answer
  if (typeof shown === 'object' && 'atBlock' in shown) {
    return ack({ response_action: 'errors', errors: { [shown.atBlock]: text } })
  }
  return ack({ response_action: 'update', view: nextView(view, text, shown) })
}

function nextView(
  view: SubmissionArgs['view'],
  text: string,
  shown: Exclude<Shown, { atBlock: string }> | 'out_of_date',
): ModalView {
  if (shown === 'instead' || shown === 'out_of_date') return noticeModal(view.title.text, text)
  return shown === 'on_top' ? viewWithNotice(view, text) : viewWithNotice(shown.anew, text)
}

/** Null when it is done, and there is nothing to say. Never throws. */
async function submit<Done>(
  deps: SlackDeps,
  body: ViewSubmitAction,
  { about, act, reply, show, words }: Submission<Done>,
): Promise<Answer> {
  try {
    const person = await identify(deps, actorOf(body))
    if (typeof person === 'string') return { text: UNIDENTIFIED_WORDS[person], shown: 'instead' }
    try {
      const done = await act(person)
      return reply?.(done, person) ?? null
    } catch (error) {
      if (!(error instanceof BookingError)) throw error
      const text = await refusalTold(deps.core, error.refusal, person, about?.() ?? null)
      return { text, shown: await show(error.refusal, person) }
    }
  } catch (error) {
    if (error instanceof UnreadableForm) {
      deps.log.info({ form: body.view.callback_id, where: error.where }, 'A form could not be read')
      return { text: FORM_OUT_OF_DATE, shown: 'out_of_date' }
    }
    deps.log.error({ err: error }, 'A submission failed')
    return { text: words.failed, shown: 'on_top' }
  }
}
