import { z } from 'zod'
import { type Decision, decideStep } from '../../../../core/approval/decide-step.ts'
import { refusedField } from '../../../view-models/refusal-words.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { COMMENT_BLOCK, type DecisionMetadata } from '../../views/decision-modal.ts'
import { answerSubmission, type SubmissionArgs } from './answer-submission.ts'

const MetadataSchema = z.object({
  stepId: z.string(),
  decision: z.enum(['approve', 'reject']),
}) satisfies z.ZodType<DecisionMetadata>

const WORDS = {
  slow: 'Motorpool takes longer than usual. The card shows what became of your decision; pressing again does no harm.',
  failed: 'It is not certain that your decision was saved. Please press again: it does no harm.',
}

/** A rejection with its reason, or an approval with a comment. */
export function decisionSubmitted(deps: SlackDeps) {
  return (args: SubmissionArgs) =>
    answerSubmission(deps, args, {
      words: WORDS,
      act: async (person) => {
        const { stepId, decision: kind } = MetadataSchema.parse(JSON.parse(args.view.private_metadata))
        const typed = args.view.state.values[COMMENT_BLOCK]?.comment?.value ?? ''
        const decision: Decision = kind === 'approve' ? { kind, comment: typed } : { kind, reason: typed }
        await decideStep(deps.core, { stepId, actorId: person.id, decision })
      },
      show: (refusal) => (refusedField(refusal) === 'comment' ? { atBlock: COMMENT_BLOCK } : 'instead'),
    })
}
