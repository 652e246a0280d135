import { type Person, readerZone } from '../../../../core/people/person.ts'
import { carList, windowToLookAt } from '../../../view-models/cars-words.ts'
import { readWhen } from '../../../view-models/when-words.ts'
import { escaped } from '../../mrkdwn.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import { carListMessage } from '../../views/car-list-message.ts'

/** When the cars of all sites are free; `typed` says for which time. */
export async function cars({ core, overview }: SlackDeps, person: Person, typed: string): Promise<SlackMessage> {
  const now = core.now()
  const when = readWhen(typed, readerZone(person), now)
  if (typeof when === 'string') return { text: escaped(when), blocks: [] }
  const found = await overview.carsIn(windowToLookAt(when), null)
  return carListMessage(carList(found, when, person, now))
}
