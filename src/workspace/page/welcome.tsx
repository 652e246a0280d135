import type { WorkspaceState } from '../protocol/page-api.ts'
import { BotAvatar } from './avatar.tsx'
import { PeopleList } from './people-list.tsx'
import type { Place } from './place.ts'
import { COMMAND } from './slash-command.ts'

/** What is seen before anybody was chosen. */
export function Welcome({ state, place }: { state: WorkspaceState; place: Place }) {
  return (
    <div className="scroller">
      <div className="welcome">
        <BotAvatar />
        <h1>A small Slack with {state.botName} in it</h1>
        <p>
          Pick a person, type <code>{COMMAND}</code>, and be their manager next. No account needed, and every mail lands
          in a mailbox here.
        </p>
        <PeopleList people={state.people} place={place} />
      </div>
    </div>
  )
}
