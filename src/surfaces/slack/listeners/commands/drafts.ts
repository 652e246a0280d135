import { draftsOf } from '../../../../core/booking/draft.ts'
import type { Person } from '../../../../core/people/person.ts'
import { draftEntry } from '../../../view-models/draft-words.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import { draftListMessage } from '../../views/draft-list-message.ts'

/** The forms that somebody put aside. */
export async function drafts({ core, drafts }: SlackDeps, person: Person): Promise<SlackMessage> {
  const { now, deadlines } = core
  const kept = await draftsOf({ ...core, drafts }, person.id)
  return draftListMessage(kept.map((draft) => draftEntry(draft, person, { now: now(), deadlines })))
}
