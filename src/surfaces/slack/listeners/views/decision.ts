import { z } from 'zod'
import { type Decision, decideStep } from '../../../../core/approval/decide-step.ts'
import { refusedField } from '../../../view-models/refusal-words.ts'
import { actorOf } from '../../identify.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { COMMENT_BLOCK, type DecisionMetadata } from '../../views/decision-modal.ts'
import { answerSubmission, type SubmissionArgs } from './answer-submission.ts'
import { showListAnew } from './show-list-anew.ts'

const MetadataSchema = z.object({
  stepId: z.string(),
  decision: z.enum(['approve', 'reject']),
  list: z
    .object({ name: z.enum(['mine', 'approvals']), responseUrl: z.url() })
    .nullable()
    .default(null),
}) satisfies z.ZodType<DecisionMetadata>

const WORDS = {
  slow: 'Motorpool takes longer than usual. The card shows what became of your decision; pressing again does no harm.',
  failed: 'It is not certain that your decision was saved. Please press again: it does no harm.',
}

/** A rejection with its reason, or an approval with a comment; the list in which it was asked for is shown anew. */
export function decisionSubmitted(deps: SlackDeps) {
  return (args: SubmissionArgs) => {
    const metadata = () => MetadataSchema.parse(JSON.parse(args.view.private_metadata))
    return answerSubmission(deps, args, {
      words: WORDS,
      about: () => ({ stepId: metadata().stepId }),
      act: async (person) => {
        const { stepId, decision: kind } = metadata()
        const typed = args.view.state.values[COMMENT_BLOCK]?.comment?.value ?? ''
        const decision: Decision = kind === 'approve' ? { kind, comment: typed } : { kind, reason: typed }
        await decideStep(deps.core, { stepId, actorId: person.id, decision })
      },
      show: (refusal) => (refusedField(refusal) === 'comment' ? { atBlock: COMMENT_BLOCK } : 'instead'),
      afterwards: async () => {
        const { list } = metadata()
        if (list) await showListAnew(deps, actorOf(args.body), list)
      },
    })
  }
}
