import { type DraftMoment, findDraft, saveDraft } from '../../../core/booking/draft.ts'
import { type Person, readerZone } from '../../../core/people/person.ts'
import { savedWords } from '../../view-models/draft-words.ts'
import { emptyFill, fillOfDraft } from '../../view-models/form-fill.ts'
import { refusalWords } from '../../view-models/refusal-words.ts'
import { suggestedWindow } from '../../view-models/request-form.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import { newRequest, requestKeyOf, requestWithKey } from '../cards/form-about.ts'
import { readFormFields } from '../cards/request-form-fields.ts'
import { draftDeps, type TeamsDeps } from '../teams-deps.ts'
import type { FormOrRefusal } from './change-form.ts'
import { drawnForm, listedColleagues, refusalIn } from './drawn-form.ts'
import { draftFrom, fieldsOf } from './form-values.ts'
import { requestForm, requestIn } from './request-form.ts'

/** Puts the form aside as it is, whatever is missing in it, and says so in the form. */
export async function formSaved(deps: TeamsDeps, person: Person, data: Record<string, unknown>): Promise<AdaptiveCard> {
  const about = requestIn(data) ?? newRequest()
  const form = requestForm(about, readFormFields(data))
  const zone = readerZone(person)
  try {
    const requestKey = requestKeyOf(about, person.id)
    const { touchedAt } = await saveDraft(draftDeps(deps), {
      personId: person.id,
      requestKey,
      form: draftFrom(form.fields),
    })
    const saved = `${savedWords(touchedAt, zone)}. Write “drafts” to go on with it later.`
    return drawnForm(deps, person, { ...form, saved })
  } catch (error) {
    const notice = refusalWords(refusalIn(error), zone, deps.core.now())
    return drawnForm(deps, person, { ...form, notice })
  }
}

/** The form of a draft, as it was left; what is gone since is said on top. */
export async function draftForm(deps: TeamsDeps, person: Person, draftId: string): Promise<FormOrRefusal> {
  const zone = readerZone(person)
  const now = deps.core.now()
  try {
    const { requestKey, form: left } = await findDraft(draftDeps(deps), { personId: person.id, draftId })
    const empty = emptyFill(person, suggestedWindow(now, zone))
    const [{ fill, missing }, people] = await Promise.all([
      fillOfDraft(deps.choices, left, empty, zone),
      listedColleagues(deps),
    ])
    const filled = fieldsOf(fill, zone, people !== null)
    const fields = {
      ...filled,
      ...typedTimes(left.starts, 'departure'),
      ...typedTimes(left.ends, 'return'),
      // Where names are typed, they stand as they were typed.
      ...(!people && left.typedDrivers !== undefined && { drivers: left.typedDrivers }),
      ...(!people && left.typedCompanions !== undefined && { companions: left.typedCompanions }),
    }
    const form = requestForm(requestWithKey(requestKey, person.id), fields)
    return { form: await drawnForm(deps, person, { ...form, notice: missing }) }
  } catch (error) {
    return { refusal: refusalWords(refusalIn(error), zone, now) }
  }
}

/** A day without a time, or a time without a day, stays as it was left. */
function typedTimes(moment: DraftMoment | undefined, end: 'departure' | 'return') {
  if (!moment || 'at' in moment) return {}
  return { [`${end}_date`]: moment.date, [`${end}_time`]: moment.time }
}
