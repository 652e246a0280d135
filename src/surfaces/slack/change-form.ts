import type { ModalView } from '@slack/types'
import type { Booking } from '../../core/booking/booking.ts'
import { openMatter } from '../../core/booking/trip-change.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { changeFormWords } from '../view-models/change-form.ts'
import { fillOfTrip } from '../view-models/form-fill.ts'
import { carChoices } from '../view-models/request-form.ts'
import { drawForm, peopleToChoose, shownFill } from './draw-form.ts'
import type { SlackDeps } from './slack-deps.ts'
import type { ListPlace } from './views/list-blocks.ts'

/** The form to change a booking: filled in with what there is to decide of it, else with what stands. */
export async function changeForm(
  deps: SlackDeps,
  person: Person,
  booking: Booking,
  list: ListPlace | null,
): Promise<ModalView> {
  const { trip } = openMatter(booking)
  const { title, lines } = changeFormWords(booking, readerZone(person), deps.core.now())
  const [people, { fill, missing }] = await Promise.all([peopleToChoose(deps), fillOfTrip(deps.choices, trip)])
  const [car = null] = carChoices([trip.vehicle], person.site.id)
  return drawForm(
    deps,
    person,
    {
      metadata: {
        requestKey: booking.requestKey,
        revisions: { return: 0, car: 0 },
        changes: { bookingId: booking.id, list },
        savedAt: null,
      },
      title,
      above: missing === null ? lines : [...lines, missing],
      fill: shownFill(fill, people),
      car,
      because: 'opened',
    },
    people,
  )
}
