import { changeTrip } from '../../../../core/booking/change-trip.ts'
import type { BookingErrorCode } from '../../../../core/booking-error.ts'
import { NOTHING_CHANGED } from '../../../view-models/change-form.ts'
import { type FormState, readForm, tripFrom } from '../../form-state.ts'
import { actorOf } from '../../identify.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { answerSubmission, type SubmissionArgs } from './answer-submission.ts'
import { refusedForm } from './refused-form.ts'
import { showListAnew } from './show-list-anew.ts'

const WORDS = {
  slow: 'Motorpool takes longer than usual. Please press “Send” again: it does no harm.',
  failed: 'It is not certain that your change was saved. Please press “Send” again: it does no harm.',
}

/** No other form would be taken either. */
const CLOSES_IT: BookingErrorCode[] = ['booking_not_found', 'not_your_booking', 'not_possible_now', 'departed']

/** A booking's change: errors appear at their field, and the list in which it was asked for is shown anew. */
export function changeBookingSubmitted(deps: SlackDeps) {
  return (args: SubmissionArgs) => {
    const form = () => readForm(args.view)
    return answerSubmission(deps, args, {
      words: WORDS,
      about: () => ({ bookingId: bookingOf(form()) }),
      act: (person) => changeTrip(deps.core, { ...tripFrom(form()), bookingId: bookingOf(form()), actorId: person.id }),
      reply: ({ became }) => (became === null ? { text: NOTHING_CHANGED, shown: 'on_top' } : null),
      show: (refusal, person) =>
        CLOSES_IT.includes(refusal.code) ? 'instead' : refusedForm(deps, person, form(), refusal),
      afterwards: async () => {
        const list = form().metadata.changes?.list
        if (list) await showListAnew(deps, actorOf(args.body), list)
      },
    })
  }
}

function bookingOf({ metadata }: FormState): string {
  return metadata.changes?.bookingId ?? ''
}
