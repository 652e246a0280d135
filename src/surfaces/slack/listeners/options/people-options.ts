import type { AllMiddlewareArgs, App, SlackOptionsMiddlewareArgs } from '@slack/bolt'
import { personChoices } from '../../../view-models/request-form.ts'
import { actorOf, identify } from '../../identify.ts'
import { LIMITS } from '../../limits.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { PEOPLE_OPTIONS, personOption } from '../../views/form-inputs.ts'

/** Colleagues by the letters typed, where there are too many for a list. */
function peopleOptions(deps: SlackDeps) {
  return async ({ ack, body, payload }: SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs) => {
    const person = await identify(deps, actorOf(body))
    const found = typeof person === 'string' ? [] : await deps.choices.searchPeople(payload.value, LIMITS.options)
    await ack({ options: personChoices(found).map(personOption) })
  }
}

export function registerOptions(app: App, deps: SlackDeps): void {
  app.options<'block_suggestion'>({ type: 'block_suggestion', action_id: PEOPLE_OPTIONS }, peopleOptions(deps))
}
