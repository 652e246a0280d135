import { requestBooking } from '../../../../core/booking/request-booking.ts'
import type { BookingErrorCode, Refusal } from '../../../../core/booking-error.ts'
import type { Person } from '../../../../core/people/person.ts'
import { refusedField } from '../../../view-models/refusal-words.ts'
import { biggestCar, noCarWords } from '../../../view-models/request-form.ts'
import { type FormState, fieldNaming, readForm, requestFrom, typedCompanions } from '../../form-state.ts'
import { redrawnForm } from '../../redraw-form.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { FIELDS } from '../../views/request-booking-modal.ts'
import { answerSubmission, type Shown, type SubmissionArgs } from './answer-submission.ts'

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
      show: async (refusal, person) => {
        const form = readForm(args.view)
        const anew = await formAnew(deps, person, form, refusal)
        if (anew) return anew
        const field =
          refusal.code === 'traveller_unknown'
            ? fieldNaming(form, refusal.facts.personId)
            : FIELDS.find((name) => name === refusedField(refusal, typedCompanions(form)))
        return field ? { atBlock: form.blockId(field) } : 'on_top'
      },
    })
}

/** An error at the field would leave the list as it was, with the car that is gone still in it. */
const LIST_IS_BEHIND: BookingErrorCode[] = ['vehicle_taken', 'vehicle_not_found', 'no_vehicle_free']

/** The form with the cars that are free now; null where the list is right, or cannot be looked up. */
async function formAnew(deps: SlackDeps, person: Person, form: FormState, refusal: Refusal): Promise<Shown | null> {
  if (!LIST_IS_BEHIND.includes(refusal.code)) return null
  try {
    const { startsAt, endsAt } = requestFrom(form, person.id).window
    const words =
      refusal.code === 'no_vehicle_free'
        ? noCarWords(refusal.facts.passengers, await biggestCar(deps.overview, { startsAt, endsAt }))
        : null
    return { anew: await redrawnForm(deps, person, form, { isRefused: true }), words }
  } catch (error) {
    deps.log.error({ err: error }, 'A refused form could not be drawn anew')
    return null
  }
}
