import { z } from 'zod'
import { cancelBooking } from '../../../../core/booking/cancel-booking.ts'
import { refusedField } from '../../../view-models/refusal-words.ts'
import { actorOf } from '../../identify.ts'
import { ListPlaceSchema } from '../../list-place.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { readMetadata, readTyped } from '../../unreadable-form.ts'
import { type CancelMetadata, WHY_BLOCK } from '../../views/cancel-modal.ts'
import { answerSubmission, type SubmissionArgs } from './answer-submission.ts'
import { showListAnew } from './show-list-anew.ts'

const MetadataSchema = z.object({
  bookingId: z.uuid(),
  list: ListPlaceSchema,
}) satisfies z.ZodType<CancelMetadata>

const WORDS = {
  slow: 'Motorpool takes longer than usual. The card shows what became of it; pressing again does no harm.',
  failed: 'It is not certain that the booking is cancelled. Please press again: it does no harm.',
}

/** A cancellation, with why where they said; the list in which it was asked for is shown anew. */
export function cancelSubmitted(deps: SlackDeps) {
  return (args: SubmissionArgs) => {
    const metadata = () => readMetadata(MetadataSchema, args.view)
    return answerSubmission(deps, args, {
      words: WORDS,
      about: () => ({ bookingId: metadata().bookingId }),
      act: (person) => {
        const why = readTyped(args.view, WHY_BLOCK)
        return cancelBooking(deps.core, { bookingId: metadata().bookingId, actorId: person.id, why })
      },
      show: (refusal) => (refusedField(refusal) === 'comment' ? { atBlock: WHY_BLOCK } : 'instead'),
      afterwards: async () => {
        const { list } = metadata()
        if (list) await showListAnew(deps, actorOf(args.body), list)
      },
    })
  }
}
