import type { Person } from '../../../../core/people/person.ts'
import type { ListLook } from '../../../view-models/list-look.ts'
import { readTripList } from '../../../view-models/lists.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import { tripListMessage } from '../../views/trip-list-message.ts'

/** Somebody's next trips. */
export async function mine(
  { core, overview }: SlackDeps,
  person: Person,
  notice: string | null,
  look: ListLook,
): Promise<SlackMessage> {
  return tripListMessage(await readTripList({ overview, store: core.store }, person, core.now(), look), notice)
}
