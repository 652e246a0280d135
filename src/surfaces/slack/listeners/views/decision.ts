import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import { z } from 'zod'
import { type Decision, decideStep } from '../../../../core/approval/decide-step.ts'
import { BookingError } from '../../../../core/booking-error.ts'
import { readerZone } from '../../../../core/people/person.ts'
import { refusalWords, refusedField } from '../../../view-models/refusal-words.ts'
import { UNIDENTIFIED_WORDS } from '../../../view-models/unidentified-words.ts'
import { ANSWER_WITHIN, answerWithin, TOO_LATE } from '../../answer-within.ts'
import { actorOf, identify } from '../../identify.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { viewWithNotice } from '../../view-with-notice.ts'
import { COMMENT_BLOCK, type DecisionMetadata } from '../../views/decision-modal.ts'
import { noticeModal } from '../../views/notice-modal.ts'

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs
type Answer = { error: string } | { tooLate: string } | { notice: string } | null

const MetadataSchema = z.object({
  stepId: z.string(),
  decision: z.enum(['approve', 'reject']),
}) satisfies z.ZodType<DecisionMetadata>

const SLOW =
  'Motorpool takes longer than usual. The card shows what became of your decision; pressing again does no harm.'
const FAILED = 'Motorpool could not save your decision, and nothing was changed. Please press again.'

/** A rejection with its reason, or an approval with a comment: saved before it is acknowledged. */
export function decisionSubmitted(deps: SlackDeps) {
  return async ({ ack, body, view }: Args) => {
    const late = (error: unknown) => deps.log.error({ err: error }, 'A decision failed after it was answered')
    const answer = await answerWithin(ANSWER_WITHIN, decide(deps, body), late)
    if (answer === null) return ack()
    if (answer !== TOO_LATE && 'error' in answer) {
      return ack({ response_action: 'errors', errors: { [COMMENT_BLOCK]: answer.error } })
    }
    if (answer !== TOO_LATE && 'tooLate' in answer) {
      return ack({ response_action: 'update', view: noticeModal('Not possible', answer.tooLate) })
    }
    const notice = answer === TOO_LATE ? SLOW : answer.notice
    return ack({
      response_action: 'update',
      view: viewWithNotice(view as Parameters<typeof viewWithNotice>[0], notice),
    })
  }
}

/** Null when it is decided. */
async function decide(deps: SlackDeps, body: ViewSubmitAction): Promise<Answer> {
  try {
    const { stepId, decision: kind } = MetadataSchema.parse(JSON.parse(body.view.private_metadata))
    const person = await identify(deps, actorOf(body))
    if (typeof person === 'string') return { tooLate: UNIDENTIFIED_WORDS[person] }
    const typed = body.view.state.values[COMMENT_BLOCK]?.comment?.value ?? ''
    const decision: Decision = kind === 'approve' ? { kind, comment: typed } : { kind, reason: typed }
    try {
      await decideStep(deps.core, { stepId, actorId: person.id, decision })
      return null
    } catch (error) {
      if (!(error instanceof BookingError)) throw error
      const words = refusalWords(error.refusal, readerZone(person), deps.core.now())
      return refusedField(error.refusal) === 'comment' ? { error: words } : { tooLate: words }
    }
  } catch (error) {
    deps.log.error({ err: error }, 'A decision could not be saved')
    return { notice: FAILED }
  }
}
