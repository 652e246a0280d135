import type { TripForm } from '../../../core/booking/check-trip.ts'
import type { Refusal } from '../../../core/booking-error.ts'
import { type Person, readerZone } from '../../../core/people/person.ts'
import { namedColleagues } from '../../view-models/named-colleagues.ts'
import { refusalWords, refusedField } from '../../view-models/refusal-words.ts'
import type { FormFields } from '../cards/request-form-fields.ts'
import type { TeamsDeps } from '../teams-deps.ts'
import { type FilledForm, type FormErrors, windowErrors } from './drawn-form.ts'
import { otherCompanionsIn, passengersIn, tripFrom, vehicleIn } from './form-values.ts'

/** The trip that a form asks for, or all that is missing or wrong at its fields, as far as that can be seen without core. */
export async function readTrip(
  deps: TeamsDeps,
  person: Person,
  fields: FormFields,
): Promise<{ trip: TripForm } | { errors: FormErrors }> {
  const zone = readerZone(person)
  const now = deps.core.now()
  const [drivers, companions] = await Promise.all([
    namedColleagues(deps.choices, fields.drivers),
    namedColleagues(deps.choices, fields.companions),
  ])
  const missing = (refusal: Refusal) => refusalWords(refusal, zone, now)
  const passengers = passengersIn(fields)
  const errors: FormErrors = {
    ...windowErrors(fields, zone, now),
    ...(Number.isNaN(passengers) && {
      passengers: missing({ code: 'passengers_out_of_range', facts: { passengers } }),
    }),
    ...(vehicleIn(fields) === undefined && { car: 'Please choose a car.' }),
    ...(fields.destination.trim() === '' && {
      destination: missing({ code: 'text_missing', facts: { field: 'destination' } }),
    }),
    ...(drivers.problem && { drivers: drivers.problem }),
    ...(companions.problem && { companions: companions.problem }),
  }
  if (Object.keys(errors).length > 0) return { errors }
  return { trip: tripFrom(fields, zone, { driverIds: drivers.ids, companionIds: companions.ids }) }
}

/** The same form with a refusal of core's: at its field, or on top where it is about none. */
export function withRefusal<Form extends Pick<FilledForm, 'fields'>>(
  form: Form,
  refusal: Refusal,
  person: Person,
  now: Date,
): Form & Pick<FilledForm, 'errors' | 'notice'> {
  const words = refusalWords(refusal, readerZone(person), now)
  const isDriver =
    refusal.code === 'traveller_unknown' && form.fields.drivers.split(',').includes(refusal.facts.personId)
  const field = isDriver ? 'drivers' : refusedField(refusal, otherCompanionsIn(form.fields))
  return { ...form, ...(field ? { errors: { [field]: words } } : { notice: words }) }
}
