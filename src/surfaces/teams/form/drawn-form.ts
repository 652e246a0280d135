import { addHours } from 'date-fns/addHours'
import type { Overview } from '../../../core/booking/overview.ts'
import { BookingError } from '../../../core/booking-error.ts'
import { type Person, readerZone } from '../../../core/people/person.ts'
import { freeCarsNote, windowRefusal } from '../../view-models/form-note.ts'
import { zoneNote } from '../../view-models/format-window.ts'
import { type FreeCars, freeCars } from '../../view-models/free-cars.ts'
import { type FormField, refusalWords, refusedField } from '../../view-models/refusal-words.ts'
import {
  ANY_CAR,
  carChoices,
  MOST_PASSENGERS,
  type PersonChoice,
  personChoices,
} from '../../view-models/request-form.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import type { FormAbout } from '../cards/form-about.ts'
import { requestFormCard } from '../cards/request-form-card.ts'
import type { FormFields } from '../cards/request-form-fields.ts'
import { choosablePeople } from '../cards/request-form-inputs.ts'
import { withNotice } from '../cards/words-card.ts'
import type { TeamsDeps } from '../teams-deps.ts'
import { noTimeWords } from './form-times.ts'
import { departureIn, passengersIn, returnIn, vehicleIn, windowIn } from './form-values.ts'

/** No card has room for two lists of more people than that: they are typed by name. */
const MOST_PEOPLE = 60
const NO_TIME_YET = 'Which cars are free shows once the times are right.'

export type FormErrors = Partial<Record<FormField, string>>

/** A form with what stands in it. */
export interface FilledForm {
  about: FormAbout
  title: string
  lines: string[]
  fields: FormFields
  errors?: FormErrors
  saved?: string
  /** What is about no field, on top. */
  notice?: string | null
}

/** The form with the cars that are free for it now; what is wrong stands at its field, and everything that was typed stays. */
export async function drawnForm(deps: TeamsDeps, person: Person, form: FilledForm): Promise<AdaptiveCard> {
  const { about, title, lines, saved = null, notice = null } = form
  const { choices, core, overview } = deps
  const zone = readerZone(person)
  const now = core.now()
  const window = windowIn(form.fields, zone)
  const errors = { ...windowErrors(form.fields, zone, now), ...form.errors }
  const isTrip = !errors.departure && !errors.return
  const passengers = Math.min(MOST_PASSENGERS, passengersIn(form.fields) || 1)
  const bookingId = about.kind === 'change' ? about.bookingId : null
  const [{ cars, ownCars, none }, people] = await Promise.all([
    isTrip
      ? freeCars(choices, person, { window, passengers, forBookingId: bookingId })
      : chosenCar(overview, person, form.fields, now),
    listedColleagues(deps),
  ])
  const isLost = vehicleIn(form.fields) !== null && !cars.some(({ vehicleId }) => vehicleId === form.fields.car)
  const lost = isLost && !errors.car ? 'not_free' : null
  const clock = { zone, siteZone: person.site.timeZone, now }
  const note = isTrip ? freeCarsNote({ window, ownCars, none, lost }, clock) : null
  const card = requestFormCard({
    about,
    title,
    lines,
    fields: isLost ? { ...form.fields, car: ANY_CAR } : form.fields,
    cars,
    people,
    errors,
    remark: note ?? NO_TIME_YET,
    zoneNote: zoneNote(isTrip ? window.startsAt : now, zone, person.site.timeZone).trim() || null,
    saved,
  })
  return notice === null ? card : withNotice(card, notice)
}

/** The car that stays chosen while nobody can say yet which are free. */
async function chosenCar({ carsIn }: Overview, { site }: Person, fields: FormFields, now: Date): Promise<FreeCars> {
  const chosen = vehicleIn(fields)
  const inService = chosen ? await carsIn({ startsAt: now, endsAt: addHours(now, 1) }, null) : []
  const vehicles = inService.flatMap(({ vehicle }) => (vehicle.id === chosen ? vehicle : []))
  return { cars: carChoices(vehicles, site.id), ownCars: 0, none: null }
}

/** Everybody to choose from, or null where they are too many for a list. */
export async function listedColleagues({ choices }: Pick<TeamsDeps, 'choices'>): Promise<PersonChoice[] | null> {
  const everybody = await choices.everybody(MOST_PEOPLE)
  return choosablePeople(everybody && personChoices(everybody))
}

/** What is wrong with the times, before anybody looks whether there is a car. */
export function windowErrors(fields: FormFields, zone: string, now: Date): FormErrors {
  const window = windowIn(fields, zone)
  const departure = Number.isNaN(+window.startsAt) && noTimeWords(departureIn(fields), zone)
  const back = Number.isNaN(+window.endsAt) && noTimeWords(returnIn(fields), zone)
  if (departure || back) return { ...(departure && { departure }), ...(back && { return: back }) }
  const refusal = windowRefusal(window, zone, now)
  return refusal ? { [refusedField(refusal) ?? 'departure']: refusalWords(refusal, zone, now) } : {}
}

/** The refusal that somebody was given; anything else goes on as an error. */
export function refusalIn(error: unknown) {
  if (error instanceof BookingError) return error.refusal
  throw error
}
