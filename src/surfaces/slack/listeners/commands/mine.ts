import type { Person } from '../../../../core/people/person.ts'
import { readTrips } from '../../../view-models/lists.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import { tripListMessage } from '../../views/trip-list-message.ts'

/** Somebody's next trips. */
export async function mine(
  { core, overview }: SlackDeps,
  person: Person,
  notice: string | null,
): Promise<SlackMessage> {
  return tripListMessage(await readTrips(overview, person, core.now()), notice)
}
