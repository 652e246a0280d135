import type { Person } from '../../../../core/people/person.ts'
import { readTripList } from '../../../view-models/lists.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import { tripListMessage } from '../../views/trip-list-message.ts'

/** Somebody's next trips. */
export async function mine(
  { core, overview }: SlackDeps,
  person: Person,
  notice: string | null,
): Promise<SlackMessage> {
  const { trips, more } = await readTripList(overview, person, core.now())
  return tripListMessage(trips, notice, more)
}
