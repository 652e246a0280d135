import {
  BOOKING_REASONS,
  BOOKING_TYPES,
  type BookingReason,
  type BookingType,
  type Trip,
} from '../../core/booking/booking.ts'
import type { DraftForm, DraftMoment } from '../../core/booking/draft.ts'
import type { FormChoices } from '../../core/booking/form-choices.ts'
import type { TripWindow } from '../../core/booking/trip-window.ts'
import type { Person } from '../../core/people/person.ts'
import { firstMoment, lastMoment } from '../../core/time/wall-clock.ts'
import { namedColleagues } from './named-colleagues.ts'
import { readTypedTime } from './typed-time.ts'

/** What stands in a request form. */
export interface FormFill {
  window: TripWindow
  /** As typed. */
  passengers: string
  /** Null: any suitable car. */
  vehicleId: string | null
  destination: string
  type: BookingType
  reason: BookingReason
  details: string
  drivers: Person[]
  companions: Person[]
  /** Those who are not in the directory, separated by semicolons. */
  otherCompanions: string
}

/** A form that is filled in from somewhere, and what could not be filled in, for the reader; null: everything was. */
export interface Filled {
  fill: FormFill
  missing: string | null
}

type People = Pick<FormChoices, 'activePeople' | 'searchPeople'>

/** A form in which nothing was chosen yet: its reader drives. */
export function emptyFill(person: Person, window: TripWindow): FormFill {
  return {
    window,
    passengers: '1',
    vehicleId: null,
    destination: '',
    type: BOOKING_TYPES[0],
    reason: BOOKING_REASONS[0],
    details: '',
    drivers: [person],
    companions: [],
    otherCompanions: '',
  }
}

/** The form that a trip was asked for with. Whoever has left since no longer travels. */
export async function fillOfTrip(choices: People, trip: Trip): Promise<Filled> {
  const { window, passengers, vehicle, destination, type, reason, details, travellers } = trip
  const named = travellers.flatMap(({ kind, person }) => (person ? [{ kind, person }] : []))
  const active = await choices.activePeople(named.map(({ person }) => person.id))
  const those = (kind: 'driver' | 'companion') =>
    named.flatMap((one) => (one.kind === kind ? (active.find(({ id }) => id === one.person.id) ?? []) : []))
  const gone = named.filter(({ person }) => !active.some(({ id }) => id === person.id)).map(({ person }) => person.name)
  return {
    fill: {
      window,
      passengers: String(passengers),
      vehicleId: vehicle.id,
      destination,
      type,
      reason,
      details,
      drivers: those('driver'),
      companions: those('companion'),
      otherCompanions: travellers.flatMap(({ person, name }) => (person ? [] : name)).join('; '),
    },
    missing: gone.length > 0 ? `No longer in the directory, and left out: ${gone.join(', ')}.` : null,
  }
}

/**
 * A form as it was put aside, on whatever platform. Times that were not filled in are suggested; whoever was chosen and has
 * left, or was typed and is not found, is left out.
 * @param zone of the reader (IANA)
 */
export async function fillOfDraft(choices: People, form: DraftForm, empty: FormFill, zone: string): Promise<Filled> {
  const [drivers, companions] = await Promise.all([
    chosenOrTyped(choices, form.driverIds, form.typedDrivers),
    chosenOrTyped(choices, form.companionIds, form.typedCompanions),
  ])
  const missing = [drivers.missing, companions.missing].flat().join(' ')
  return {
    fill: {
      window: draftWindow(form, empty.window, zone),
      passengers: form.passengers ?? empty.passengers,
      vehicleId: form.vehicleId ?? null,
      destination: form.destination ?? '',
      type: form.type ?? empty.type,
      reason: form.reason ?? empty.reason,
      details: form.details ?? '',
      drivers: form.driverIds || form.typedDrivers ? drivers.people : empty.drivers,
      companions: companions.people,
      otherCompanions: form.otherCompanions ?? '',
    },
    missing: missing || null,
  }
}

async function chosenOrTyped(choices: People, ids: string[] = [], typed = '') {
  const found = await namedColleagues(choices, typed)
  const wanted = [...new Set([...ids, ...found.ids])]
  const people = await choices.activePeople(wanted)
  const gone = wanted.length - people.length
  const goneWords = `${gone === 1 ? 'A colleague' : `${gone} colleagues`} you had chosen ${gone === 1 ? 'is' : 'are'} no longer in the directory.`
  return { people, missing: [...(gone > 0 ? [goneWords] : []), ...(found.problem ? [found.problem] : [])] }
}

/** Where the return was not filled in, or the departure has overtaken what is suggested, the trip is as long as suggested. */
function draftWindow({ starts, ends }: DraftForm, suggested: TripWindow, zone: string): TripWindow {
  const startsAt = departureOf(starts, zone) ?? suggested.startsAt
  const endsAt = returnOf(ends, zone)
  if (endsAt) return { startsAt, endsAt }
  const length = +suggested.endsAt - +suggested.startsAt
  return { startsAt, endsAt: suggested.endsAt > startsAt ? suggested.endsAt : new Date(+startsAt + length) }
}

/** Returns when a draft departs; null where that was not filled in. `zone`: whose clock a day and a time are of (IANA). */
export function departureOf(moment: DraftMoment | undefined, zone: string): Date | null {
  return momentBy(firstMoment, moment, zone)
}

/** Returns when a draft returns, as {@link departureOf} does; of a time that comes twice, the second. */
export function returnOf(moment: DraftMoment | undefined, zone: string): Date | null {
  return momentBy(lastMoment, moment, zone)
}

function momentBy(read: typeof firstMoment, moment: DraftMoment | undefined, zone: string): Date | null {
  if (!moment) return null
  if ('at' in moment) return moment.at
  const wall = readTypedTime(moment)
  return typeof wall === 'string' ? null : read(wall, zone)
}
