import type { Person } from '../../../../core/people/person.ts'
import { type ListLook, OPENED } from '../../../view-models/list-look.ts'
import { UNIDENTIFIED_WORDS } from '../../../view-models/unidentified-words.ts'
import { type Actor, identify } from '../../identify.ts'
import { escaped } from '../../mrkdwn.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import type { PersonalList } from '../../views/list-blocks.ts'
import { approvals } from './approvals.ts'
import { mine } from './mine.ts'

/** Answers a question that cannot be looked up. */
export const SORRY: SlackMessage = {
  text: 'Motorpool cannot look that up right now. Please try again in a minute.',
  blocks: [],
}

/** What one asks for about themselves, or why they get none. Never throws. */
export async function personalAnswer(
  deps: SlackDeps,
  actor: Actor,
  answer: (person: Person) => Promise<SlackMessage>,
): Promise<SlackMessage> {
  try {
    const person = await identify(deps, actor)
    return typeof person === 'string' ? { text: escaped(UNIDENTIFIED_WORDS[person]), blocks: [] } : await answer(person)
  } catch (error) {
    deps.log.error({ err: error }, 'A question could not be answered')
    return SORRY
  }
}

const LISTS = { mine, approvals }

/** A list as it stands now. `notice`: why the last press in it did not count; `look`: the rows that stay in their places. */
export function personalList(
  deps: SlackDeps,
  actor: Actor,
  list: PersonalList,
  notice: string | null = null,
  look: ListLook = OPENED,
): Promise<SlackMessage> {
  return personalAnswer(deps, actor, (person) => LISTS[list](deps, person, notice, look))
}
