import { requestBooking } from '../../../../core/booking/request-booking.ts'
import { refusedField } from '../../../view-models/refusal-words.ts'
import { fieldNaming, readForm, requestFrom } from '../../form-state.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { FIELDS } from '../../views/request-booking-modal.ts'
import { answerSubmission, type SubmissionArgs } from './answer-submission.ts'

const WORDS = {
  slow: 'Motorpool takes longer than usual. Please press “Request car” again: it will not book twice.',
  failed: 'It is not certain that your request was saved. Please press “Request car” again: it will not book twice.',
}

/** The request form: errors appear at their field. */
export function requestBookingSubmitted(deps: SlackDeps) {
  return (args: SubmissionArgs) =>
    answerSubmission(deps, args, {
      words: WORDS,
      act: async (person) => requestBooking(deps.core, requestFrom(readForm(args.view), person.id)),
      show: (refusal) => {
        const form = readForm(args.view)
        const field =
          refusal.code === 'traveller_unknown'
            ? fieldNaming(form, refusal.facts.personId)
            : FIELDS.find((name) => name === refusedField(refusal))
        return field ? { atBlock: form.blockId(field) } : 'on_top'
      },
    })
}
