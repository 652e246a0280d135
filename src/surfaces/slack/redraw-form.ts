import type { ModalView } from '@slack/types'
import { type Person, readerZone } from '../../core/people/person.ts'
import { freeCarsNote, windowProblem } from '../view-models/form-note.ts'
import { biggestCar, type CarChoice, carChoices } from '../view-models/request-form.ts'
import { chosenCar, chosenPassengers, chosenTime, type FormState } from './form-state.ts'
import { epochSeconds, peopleToChoose } from './open-form.ts'
import type { SlackDeps } from './slack-deps.ts'
import { requestBookingModal } from './views/request-booking-modal.ts'

/**
 * The form for the window and passengers that are chosen now. What was typed stays, for Slack keeps it with the block; a
 * return that the new departure has overtaken moves along with it, and a car that is taken then is let go. For a window
 * that nobody can drive in no cars are listed, and the note says what is wrong with it.
 * @param options `isRefused`: why is told on top, and the note says only what that leaves open
 */
export async function redrawnForm(
  deps: SlackDeps,
  person: Person,
  form: FormState,
  { isRefused = false }: { isRefused?: boolean } = {},
): Promise<ModalView> {
  const { metadata } = form
  const { window, returnMoved } = movedWindow(form)
  const seats = chosenPassengers(form)
  const passengers = Number.isInteger(seats) && seats > 0 ? seats : 1
  const chosen = chosenCar(form)
  const clock = { zone: readerZone(person), siteZone: person.site.timeZone, now: deps.core.now() }
  const problem = windowProblem(window, clock.zone, clock.now)
  const [cars, colleagues] = await Promise.all([
    problem === null ? freeCars(deps, person, window, passengers) : [chosen].filter((car) => car !== null),
    peopleToChoose(deps, person),
  ])
  const isLost = chosen !== null && !cars.some((car) => car.vehicleId === chosen.vehicleId)
  const lost = isLost ? lostHow(isRefused, cars.length) : null
  const mostSeats = problem === null && cars.length === 0 ? await biggestCar(deps.overview, window) : null
  const note = problem ?? freeCarsNote({ window, passengers, cars: cars.length, mostSeats, lost }, clock)
  return requestBookingModal({
    metadata: {
      ...metadata,
      window: epochSeconds(window),
      revisions: {
        return: metadata.revisions.return + (returnMoved ? 1 : 0),
        car: metadata.revisions.car + (isLost ? 1 : 0),
      },
    },
    window,
    passengers,
    cars,
    vehicleId: isLost ? null : (chosen?.vehicleId ?? null),
    ...colleagues,
    note: isRefused && chosen === null && cars.length === 0 ? null : note,
  })
}

function lostHow(isRefused: boolean, cars: number): 'not_free' | 'taken' | null {
  if (!isRefused) return 'not_free'
  return cars > 0 ? 'taken' : null
}

async function freeCars(
  { choices }: SlackDeps,
  person: Person,
  window: { startsAt: Date; endsAt: Date },
  passengers: number,
): Promise<CarChoice[]> {
  return carChoices(await choices.freeVehicles(window, passengers), person.site.id)
}

/** A departure moved past the return takes the return along, and the trip keeps its length. */
function movedWindow(form: FormState) {
  const [oldStart, oldEnd] = form.metadata.window
  const start = chosenTime(form, 'departure') ?? oldStart
  const end = chosenTime(form, 'return') ?? oldEnd
  const returnMoved = oldEnd > oldStart && end <= start && start !== oldStart
  const kept = returnMoved ? start + (oldEnd - oldStart) : end
  return { window: { startsAt: new Date(start * 1000), endsAt: new Date(kept * 1000) }, returnMoved }
}
