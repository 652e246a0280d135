import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt'
import { UNIDENTIFIED_WORDS } from '../../../view-models/unidentified-words.ts'
import { identify } from '../../identify.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { closedHomeView } from '../../views/home-view.ts'

/**
 * Whoever opens their Home has one from then on: the relay draws it, now and whenever something on it changes. Rows that kept
 * their places give way to what is true now.
 */
export function appHomeOpened(deps: SlackDeps) {
  return async ({ event, body, client }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs) => {
    if (event.tab !== 'home') return
    const person = await identify(deps, { teamId: body.team_id, userId: event.user })
    if (typeof person !== 'string') return deps.homes.wanted(person.id, { rows: null })
    await client.views.publish({ user_id: event.user, view: closedHomeView(UNIDENTIFIED_WORDS[person]) })
  }
}
