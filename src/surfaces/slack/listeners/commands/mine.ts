import type { Person } from '../../../../core/people/person.ts'
import { listReader } from '../../../view-models/cancel-choice.ts'
import { tripEntry } from '../../../view-models/trip-entry.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import { tripListMessage } from '../../views/trip-list-message.ts'

const MOST = 10

/** The next trips of somebody, those on which they come along as well. */
export async function mine(
  { core, overview }: SlackDeps,
  person: Person,
  notice: string | null,
): Promise<SlackMessage> {
  const now = core.now()
  const reader = listReader(person)
  const trips = await overview.nextTrips(person.id, now, MOST)
  return tripListMessage(
    trips.map((booking) => tripEntry(booking, reader, now)),
    notice,
  )
}
