import type { Refusal } from '../../core/booking-error.ts'
import type { Press } from '../../core/notification/pressed-cards.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import type { Deps } from '../../core/ports.ts'
import { refusalWords } from './refusal-words.ts'

type Core = Pick<Deps, 'store' | 'now'>

/**
 * The words of a refusal for the person who tried: what they did themselves is told as theirs. A name would not do for
 * that, for two people may share one. `about`: what they tried it on, if that is there already.
 */
export async function refusalTold(
  core: Core,
  refusal: Refusal,
  person: Person,
  about: Press['about'] | null,
): Promise<string> {
  const isChange = refusal.code === 'step_closed' || refusal.code === 'not_possible_now'
  const mayBeOwn = isChange && about !== null && refusal.facts.by === person.name
  const isOwnDoing = mayBeOwn && (await lastToChange(core, about)) === person.id
  return refusalWords(refusal, readerZone(person), core.now(), { isOwnDoing })
}

/** Who decided the step, or was the last to change the booking: their id. */
async function lastToChange({ store }: Core, about: Press['about']): Promise<string | null> {
  const isStep = 'stepId' in about
  const booking = await (isStep ? store.findBookingByStep(about.stepId) : store.findBooking(about.bookingId))
  const step = isStep ? booking?.steps.find(({ id }) => id === about.stepId) : undefined
  return step?.decidedBy?.id ?? booking?.events.at(-1)?.actor?.id ?? null
}
