import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import { BookingError, type Refusal } from '../../../../core/booking-error.ts'
import { type Person, readerZone } from '../../../../core/people/person.ts'
import { refusalWords } from '../../../view-models/refusal-words.ts'
import { UNIDENTIFIED_WORDS } from '../../../view-models/unidentified-words.ts'
import { ANSWER_WITHIN, answerWithin, TOO_LATE } from '../../answer-within.ts'
import { actorOf, identify } from '../../identify.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { viewWithNotice } from '../../view-with-notice.ts'
import { noticeModal } from '../../views/notice-modal.ts'

export type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs

/** How a refusal is shown: at its field, as one line on top of the form, or in place of a form that is of no use any more. */
type Shown = { atBlock: string } | 'on_top' | 'instead'

export interface Submission {
  /** What is said while nothing is known of the outcome, and when nothing was done. */
  words: { slow: string; failed: string }
  /** Does it; a BookingError is a refusal. */
  act(person: Person): Promise<unknown>
  show(refusal: Refusal): Shown
}

type Answer = { text: string; shown: Shown } | null

/**
 * Does what a modal asks for before it is acknowledged, since Slack never sends a submission again and field errors are part
 * of the answer. The modal closes when it is done.
 */
export async function answerSubmission(
  deps: SlackDeps,
  { ack, body, view }: SubmissionArgs,
  submission: Submission,
): Promise<void> {
  const late = (error: unknown) => deps.log.error({ err: error }, 'A submission failed after it was answered')
  const answer = await answerWithin(ANSWER_WITHIN, submit(deps, body, submission), late)
  if (answer === null) return ack()
  const { text, shown } = answer === TOO_LATE ? { text: submission.words.slow, shown: 'on_top' as const } : answer
  if (typeof shown === 'object') return ack({ response_action: 'errors', errors: { [shown.atBlock]: text } })
  const title = view.title.text
  const next = shown === 'instead' ? noticeModal(title, text) : viewWithNotice(view, text)
  return ack({ response_action: 'update', view: next })
}

/** Null when it is done. */
async function submit(deps: SlackDeps, body: ViewSubmitAction, { act, show, words }: Submission): Promise<Answer> {
  try {
    const person = await identify(deps, actorOf(body))
    if (typeof person === 'string') return { text: UNIDENTIFIED_WORDS[person], shown: 'instead' }
    try {
      await act(person)
      return null
    } catch (error) {
      if (!(error instanceof BookingError)) throw error
      const text = refusalWords(error.refusal, readerZone(person), deps.core.now())
      return { text, shown: show(error.refusal) }
    }
  } catch (error) {
    deps.log.error({ err: error }, 'A submission failed')
    return { text: words.failed, shown: 'on_top' }
  }
}
