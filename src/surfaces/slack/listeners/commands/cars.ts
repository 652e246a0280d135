import type { Person } from '../../../../core/people/person.ts'
import { readCars } from '../../../view-models/lists.ts'
import { escaped } from '../../mrkdwn.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import { carListMessage } from '../../views/car-list-message.ts'

/** When cars are free; `typed` says for which time, and at which site where it is not all of them. */
export async function cars({ core, overview }: SlackDeps, person: Person, typed: string): Promise<SlackMessage> {
  const list = await readCars(overview, person, typed, core.now())
  return typeof list === 'string' ? { text: escaped(list), blocks: [] } : carListMessage(list)
}
