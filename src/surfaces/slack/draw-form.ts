import type { ModalView } from '@slack/types'
import type { NoneFree } from '../../core/booking/none-free.ts'
import type { TripWindow } from '../../core/booking/trip-window.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { savedWords } from '../view-models/draft-words.ts'
import type { FormFill } from '../view-models/form-fill.ts'
import { freeCarsNote, windowProblem } from '../view-models/form-note.ts'
import { freeCars } from '../view-models/free-cars.ts'
import { type CarChoice, type PersonChoice, personChoice, personChoices } from '../view-models/request-form.ts'
import { LIMITS } from './limits.ts'
import type { SlackDeps } from './slack-deps.ts'
import type { ShownFill } from './views/form-inputs.ts'
import { type FormMetadata, requestBookingModal } from './views/request-booking-modal.ts'

/** A form that is to be drawn: what stands in it, and why it is drawn. */
export interface FormToDraw {
  metadata: Omit<FormMetadata, 'window'>
  title: string
  above: string[]
  fill: ShownFill
  /** The car that was chosen, as it stands in a list; `gone`: it is not in service any more. */
  car: CarChoice | 'gone' | null
  /**
   * `opened`: it says of its cars only what is odd. `refused`: why is told on top, and its note says only what that leaves
   * open.
   */
  because: 'opened' | 'changed' | 'refused'
  /** What became of saving it as a draft, where that is not told by when it was saved. */
  draftLine?: string | null
}

/**
 * The form with the cars that are free for its window and passengers now; a car that is taken then is let go. For a window
 * that nobody can drive in no cars are listed, and the note says what is wrong with it.
 * @param people everybody, or null where they are too many for a list
 */
export async function drawForm(
  deps: SlackDeps,
  person: Person,
  form: FormToDraw,
  people: PersonChoice[] | null,
): Promise<ModalView> {
  const { metadata, title, above, fill, car, draftLine = null } = form
  const found = await carsFor(deps, person, form)
  const isLost = car === 'gone' || (car !== null && !found.cars.some(({ vehicleId }) => vehicleId === car.vehicleId))
  const { return: returnRevision, car: carRevision } = metadata.revisions
  const revisions = { return: returnRevision, car: carRevision + (isLost ? 1 : 0) }
  const { savedAt } = metadata
  return requestBookingModal({
    metadata: { ...metadata, window: epochSeconds(fill.window), revisions },
    title,
    above,
    fill: { ...fill, vehicleId: isLost ? null : fill.vehicleId },
    cars: found.cars,
    people,
    note: noteOf(deps, person, form, found, isLost),
    draftLine: draftLine ?? (savedAt === null ? null : savedWords(new Date(savedAt), readerZone(person))),
  })
}

interface Found {
  cars: CarChoice[]
  ownCars: number
  /** Why there is no trip then, whatever car it is. */
  problem: string | null
  /** What to say where there is none of the own site. */
  none: NoneFree | null
}

async function carsFor(deps: SlackDeps, person: Person, { metadata, fill, car }: FormToDraw): Promise<Found> {
  const { window } = fill
  const passengers = /^[1-9]\d{0,2}$/.test(fill.passengers.trim()) ? Number(fill.passengers) : 1
  const problem = windowProblem(window, readerZone(person), deps.core.now())
  if (problem !== null) return { cars: car && car !== 'gone' ? [car] : [], ownCars: 0, problem, none: null }
  const forBookingId = metadata.changes?.bookingId ?? null
  return { ...(await freeCars(deps.choices, person, { window, passengers, forBookingId })), problem }
}

function noteOf(
  { core }: SlackDeps,
  person: Person,
  { fill: { window }, car, because }: FormToDraw,
  { cars, ownCars, problem, none }: Found,
  isLost: boolean,
): string | null {
  if (because === 'refused' && car === null && none) return null
  if (problem !== null) return problem
  if (because === 'opened' && !isLost && !none) return null
  const lost = isLost ? lostHow(because, cars.length) : null
  const clock = { zone: readerZone(person), siteZone: person.site.timeZone, now: core.now() }
  return freeCarsNote({ window, ownCars, none, lost }, clock)
}

function lostHow(because: FormToDraw['because'], cars: number): 'not_free' | 'taken' | null {
  if (because !== 'refused') return 'not_free'
  return cars > 0 ? 'taken' : null
}

/** Everybody as they stand in the list, or null where they are too many for one. */
export async function peopleToChoose({ choices }: SlackDeps): Promise<PersonChoice[] | null> {
  const everybody = await choices.everybody(LIMITS.options)
  return everybody && personChoices(everybody)
}

/** A form's fill with its people as they stand in the list: Slack takes a first choice only as the very option. */
export function shownFill(fill: FormFill, people: PersonChoice[] | null): ShownFill {
  const shown = (chosen: Person[]) => inList(chosen.map(personChoice), people)
  return { ...fill, drivers: shown(fill.drivers), companions: shown(fill.companions) }
}

/** These people as the list has them; whoever is not in it any more is left out. */
export function inList(chosen: PersonChoice[], people: PersonChoice[] | null): PersonChoice[] {
  if (people === null) return chosen
  return chosen.flatMap(({ personId }) => people.find((one) => one.personId === personId) ?? [])
}

function epochSeconds(window: TripWindow): [number, number] {
  return [Math.floor(+window.startsAt / 1000), Math.floor(+window.endsAt / 1000)]
}
