import type { BookingErrorCode, Refusal } from '../../../../core/booking-error.ts'
import type { Person } from '../../../../core/people/person.ts'
import { refusedField } from '../../../view-models/refusal-words.ts'
import { type FormState, fieldNaming, typedCompanions } from '../../form-state.ts'
import { redrawnForm } from '../../redraw-form.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { FIELDS } from '../../views/form-inputs.ts'
import type { Shown } from './answer-submission.ts'

/** Where a form that was refused says why: at a field, or on top; drawn anew where its list of cars is behind. */
export async function refusedForm(deps: SlackDeps, person: Person, form: FormState, refusal: Refusal): Promise<Shown> {
  const anew = await formAnew(deps, person, form, refusal)
  if (anew) return anew
  const field =
    refusal.code === 'traveller_unknown'
      ? fieldNaming(form, refusal.facts.personId)
      : FIELDS.find((name) => name === refusedField(refusal, typedCompanions(form)))
  return field ? { atBlock: form.blockId(field) } : 'on_top'
}

/** An error at the field would leave the list as it was, with the car that is gone still in it. */
const LIST_IS_BEHIND: BookingErrorCode[] = ['vehicle_taken', 'vehicle_not_found', 'no_vehicle_free']

/** The form with the cars that are free now; null where the list is right, or cannot be looked up. */
async function formAnew(deps: SlackDeps, person: Person, form: FormState, refusal: Refusal): Promise<Shown | null> {
  if (!LIST_IS_BEHIND.includes(refusal.code)) return null
  try {
    return { anew: await redrawnForm(deps, person, form, { because: 'refused' }) }
  } catch (error) {
    deps.log.error({ err: error }, 'A refused form could not be drawn anew')
    return null
  }
}
