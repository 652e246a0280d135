import type { Activity } from 'botbuilder'
import type { Person } from '../../../core/people/person.ts'
import { newRequest, readFormAbout } from '../cards/form-about.ts'
import { readFormFields } from '../cards/request-form-fields.ts'
import { wordsCard } from '../cards/words-card.ts'
import { changeFormRefreshed, changeSubmitted } from '../form/change-form.ts'
import { formSaved } from '../form/draft-form.ts'
import { drawnForm } from '../form/drawn-form.ts'
import { requestForm, requestSubmitted } from '../form/request-form.ts'
import type { TeamsDeps } from '../teams-deps.ts'
import { type Answered, type Data, forGood, shownNow } from './answer.ts'

/** The form as it was filled in, with the cars that are free for it now. */
export async function refresh(deps: TeamsDeps, person: Person, data: Data): Promise<Answered> {
  const about = readFormAbout(data) ?? newRequest()
  if (about.kind === 'request') {
    return shownNow(await drawnForm(deps, person, requestForm(about, readFormFields(data))))
  }
  const refreshed = await changeFormRefreshed(deps, person, about.bookingId, data)
  return 'form' in refreshed ? shownNow(refreshed.form) : forGood(wordsCard(null, refreshed.refusal, 'warning'))
}

export async function submit(deps: TeamsDeps, person: Person, data: Data, activity: Activity): Promise<Answered> {
  const about = readFormAbout(data)
  const { card, isSent } =
    about?.kind === 'change'
      ? await changeSubmitted(deps, person, about.bookingId, data)
      : await requestSubmitted(deps, person, data, activity)
  return { card, stays: isSent }
}

export async function save(deps: TeamsDeps, person: Person, data: Data): Promise<Answered> {
  return shownNow(await formSaved(deps, person, data))
}
