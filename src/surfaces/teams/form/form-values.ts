import { z } from 'zod'
import { BOOKING_REASONS, BOOKING_TYPES } from '../../../core/booking/booking.ts'
import type { TripForm } from '../../../core/booking/check-trip.ts'
import type { DraftForm } from '../../../core/booking/draft.ts'
import type { TripWindow } from '../../../core/booking/trip-window.ts'
import type { Person } from '../../../core/people/person.ts'
import type { FormFill } from '../../view-models/form-fill.ts'
import { ANY_CAR } from '../../view-models/request-form.ts'
import { typedNames } from '../../view-models/typed-names.ts'
import type { FormFields } from '../cards/request-form-fields.ts'
import { typedMoment, windowOf } from './form-times.ts'

type Named = Pick<TripForm, 'driverIds' | 'companionIds'>

/** The trip that a form asks for; what is no number or no time in it is one that core refuses. `zone`: of its times (IANA). */
export function tripFrom(fields: FormFields, zone: string, named: Named): TripForm {
  return {
    window: windowIn(fields, zone),
    passengers: passengersIn(fields),
    vehicleId: vehicleIn(fields) ?? null,
    destination: fields.destination,
    type: typeIn(fields) ?? BOOKING_TYPES[0],
    reason: reasonIn(fields) ?? BOOKING_REASONS[0],
    details: fields.details,
    otherCompanions: otherCompanionsIn(fields),
    ...named,
  }
}

/** The form as it stands, with nothing checked. */
export function draftFrom(fields: FormFields): DraftForm {
  const type = typeIn(fields)
  const reason = reasonIn(fields)
  const vehicleId = vehicleIn(fields)
  const drivers = chosenIn(fields.drivers)
  const companions = chosenIn(fields.companions)
  return {
    starts: departureIn(fields),
    ends: returnIn(fields),
    passengers: fields.passengers,
    ...(vehicleId !== undefined && { vehicleId }),
    destination: fields.destination,
    ...(type && { type }),
    ...(reason && { reason }),
    details: fields.details,
    ...(drivers ? { driverIds: drivers } : { typedDrivers: fields.drivers }),
    ...(companions ? { companionIds: companions } : { typedCompanions: fields.companions }),
    otherCompanions: fields.other_companions,
  }
}

/**
 * The fields of a form that is filled in from somewhere.
 * @param areListed whether colleagues are chosen from a list, and not typed
 */
export function fieldsOf(fill: FormFill, zone: string, areListed: boolean): FormFields {
  const named = (people: Person[]) =>
    areListed ? people.map(({ id }) => id).join(',') : people.map(({ email }) => email).join('; ')
  const starts = typedMoment(fill.window.startsAt, zone)
  const ends = typedMoment(fill.window.endsAt, zone)
  return {
    departure_date: starts.date,
    departure_time: starts.time,
    return_date: ends.date,
    return_time: ends.time,
    passengers: fill.passengers,
    car: fill.vehicleId ?? ANY_CAR,
    destination: fill.destination,
    type: fill.type,
    reason: fill.reason,
    details: fill.details,
    drivers: named(fill.drivers),
    companions: named(fill.companions),
    other_companions: fill.otherCompanions,
  }
}

export function windowIn(fields: FormFields, zone: string): TripWindow {
  return windowOf(departureIn(fields), returnIn(fields), zone)
}

export function departureIn({ departure_date, departure_time }: FormFields) {
  return { date: departure_date, time: departure_time }
}

export function returnIn({ return_date, return_time }: FormFields) {
  return { date: return_date, time: return_time }
}

/** NaN where what was typed is no whole number. */
export function passengersIn({ passengers }: FormFields): number {
  return /^\d{1,3}$/.test(passengers) ? Number(passengers) : Number.NaN
}

/** Null: any suitable car; undefined: nothing that could be one. */
export function vehicleIn({ car }: FormFields): string | null | undefined {
  if (car === ANY_CAR || car === '') return null
  return z.uuid().safeParse(car).data
}

/** Those who are named by what was typed, as typed. */
export function otherCompanionsIn({ other_companions }: FormFields): string[] {
  return typedNames(other_companions)
}

function typeIn({ type }: FormFields) {
  return BOOKING_TYPES.find((known) => known === type)
}

function reasonIn({ reason }: FormFields) {
  return BOOKING_REASONS.find((known) => known === reason)
}

/** Ids, where colleagues were chosen from a list; null where they were typed. */
function chosenIn(field: string): string[] | null {
  const values = field.split(',').filter((value) => value !== '')
  return values.every((value) => z.uuid().safeParse(value).success) ? values : null
}
