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
  /** Once the answer is given, and there is nothing left to decide in this modal. */
  afterwards?(): Promise<void>
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
  if (typeof shown === 'object') return ack({ response_action: 'errors', errors: { [shown.atBlock]: text } })
  const next = shown === 'instead' ? noticeModal(view.title.text, text) : viewWithNotice(view, text)
  return ack({ response_action: 'update', view: next })
}

/** Null when it is done. Never throws. */
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
