import type { ModalView } from '@slack/types'
import { type Person, readerZone } from '../../core/people/person.ts'
import { formatWindow } from '../view-models/format-window.ts'
import { carChoices, personChoice } from '../view-models/request-form.ts'
import { chosenPassengers, chosenTime, chosenVehicle, type FormState } from './form-state.ts'
import { LIMITS } from './limits.ts'
import { escaped } from './mrkdwn.ts'
import { epochSeconds } from './open-form.ts'
import type { SlackDeps } from './slack-deps.ts'
import { requestBookingModal } from './views/request-booking-modal.ts'

/**
 * The form for the window and passengers that are chosen now. What was typed stays, for Slack keeps it with the block; a
 * return that the new departure has overtaken moves along with it, and a car that is taken then is let go.
 */
export async function redrawnForm(deps: SlackDeps, person: Person, form: FormState): Promise<ModalView> {
  const { metadata } = form
  const { window, returnMoved } = movedWindow(form)
  const seats = chosenPassengers(form)
  const passengers = Number.isInteger(seats) && seats > 0 ? seats : 1
  const [free, everybody] = await Promise.all([
    deps.choices.freeVehicles(window, passengers),
    deps.choices.everybody(LIMITS.options),
  ])
  const cars = carChoices(free, person.site.id)
  const chosen = chosenVehicle(form)
  const carLost = chosen !== null && !cars.some((car) => car.vehicleId === chosen)
  const when = escaped(formatWindow(window, readerZone(person), person.site.timeZone, deps.core.now()))
  return requestBookingModal({
    metadata: {
      ...metadata,
      window: epochSeconds(window),
      revisions: {
        return: metadata.revisions.return + (returnMoved ? 1 : 0),
        car: metadata.revisions.car + (carLost ? 1 : 0),
      },
    },
    window,
    passengers,
    cars,
    vehicleId: carLost ? null : chosen,
    requester: personChoice(person),
    people: everybody?.map(personChoice) ?? null,
    remark: carLost
      ? `The car you chose is not free then, or too small. ${freeCars(cars.length)}: ${when}.`
      : `${freeCars(cars.length)}: ${when}.`,
  })
}

function freeCars(count: number): string {
  return count === 1 ? '1 car is free' : `${count} cars are free`
}

/** A departure moved past the return takes the return along, and the trip keeps its length. */
function movedWindow(form: FormState) {
  const [oldStart, oldEnd] = form.metadata.window
  const start = chosenTime(form, 'departure') ?? oldStart
  const end = chosenTime(form, 'return') ?? oldEnd
  const returnMoved = end <= start && start !== oldStart
  const kept = returnMoved ? start + (oldEnd - oldStart) : Math.max(end, start + 60)
  return { window: { startsAt: new Date(start * 1000), endsAt: new Date(kept * 1000) }, returnMoved }
}
