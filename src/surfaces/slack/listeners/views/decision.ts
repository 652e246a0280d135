import { z } from 'zod'
import { type Decision, decideStep } from '../../../../core/approval/decide-step.ts'
import { refusedField } from '../../../view-models/refusal-words.ts'
import { actorOf } from '../../identify.ts'
import { ListPlaceSchema } from '../../list-place.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { readMetadata, readTyped } from '../../unreadable-form.ts'
import { COMMENT_BLOCK, type DecisionMetadata } from '../../views/decision-modal.ts'
import { answerSubmission, type SubmissionArgs } from './answer-submission.ts'
import { showListAnew } from './show-list-anew.ts'

const MetadataSchema = z.object({
  stepId: z.uuid(),
  decision: z.enum(['approve', 'reject', 'ask_for_change']),
  list: ListPlaceSchema,
}) satisfies z.ZodType<DecisionMetadata>

const WORDS = {
  slow: 'Motorpool takes longer than usual. The card shows what became of your decision; pressing again does no harm.',
  failed: 'It is not certain that your decision was saved. Please press again: it does no harm.',
}

/** A rejection with its reason, an approval with a comment, or a change asked for; the list in which it was asked for is shown anew. */
export function decisionSubmitted(deps: SlackDeps) {
  return (args: SubmissionArgs) => {
    const metadata = () => readMetadata(MetadataSchema, args.view)
    return answerSubmission(deps, args, {
      words: WORDS,
      about: () => ({ stepId: metadata().stepId }),
      act: async (person) => {
        const { stepId, decision: kind } = metadata()
        const typed = readTyped(args.view, COMMENT_BLOCK)
        await decideStep(deps.core, { stepId, actorId: person.id, decision: decisionOf(kind, typed) })
      },
      show: (refusal) => (refusedField(refusal) === 'comment' ? { atBlock: COMMENT_BLOCK } : 'instead'),
      afterwards: async () => {
        const { list } = metadata()
        if (list) await showListAnew(deps, actorOf(args.body), list)
      },
    })
  }
}

function decisionOf(kind: Decision['kind'], typed: string): Decision {
  switch (kind) {
    case 'approve':
      return { kind, comment: typed }
    case 'reject':
      return { kind, reason: typed }
    case 'ask_for_change':
      return { kind, note: typed }
  }
}
