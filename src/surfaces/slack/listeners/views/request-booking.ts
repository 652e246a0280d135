import { requestBooking } from '../../../../core/booking/request-booking.ts'
import { readForm, requestFrom } from '../../form-state.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { answerSubmission, type SubmissionArgs } from './answer-submission.ts'
import { refusedForm } from './refused-form.ts'

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
      show: (refusal, person) => refusedForm(deps, person, readForm(args.view), refusal),
    })
}
