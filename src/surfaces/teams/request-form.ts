import { TZDate } from '@date-fns/tz'
import type { Activity } from 'botbuilder'
import { format } from 'date-fns'
import { z } from 'zod'
import { BOOKING_REASONS, BOOKING_TYPES, type Booking } from '../../core/booking/booking.ts'
import { type RequestBooking, requestBooking } from '../../core/booking/request-booking.ts'
import type { TripWindow } from '../../core/booking/trip-window.ts'
import { BookingError, type Refusal } from '../../core/booking-error.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { bookingName } from '../view-models/booking-words.ts'
import { freeCarsNote, windowRefusal } from '../view-models/form-note.ts'
import { formatWindow, zoneNote } from '../view-models/format-window.ts'
import { type FormField, refusalWords, refusedField } from '../view-models/refusal-words.ts'
import {
  ANY_CAR,
  biggestCar,
  carChoices,
  MOST_PASSENGERS,
  personChoices,
  suggestedWindow,
} from '../view-models/request-form.ts'
import type { AdaptiveCard } from './cards/adaptive-card.ts'
import { requestFormCard } from './cards/request-form-card.ts'
import { type FormFields, readFormFields } from './cards/request-form-fields.ts'
import { withNotice, wordsCard } from './cards/words-card.ts'
import { namedColleagues } from './named-colleagues.ts'
import type { TeamsDeps } from './teams-deps.ts'

/** No card has room for two lists of more people than that: they are typed by name. */
const MOST_PEOPLE = 60

type Errors = Partial<Record<FormField, string>>
type Data = Record<string, unknown>

/** An empty form, for a window that makes sense now. */
export async function newForm(deps: TeamsDeps, person: Person): Promise<AdaptiveCard> {
  const zone = readerZone(person)
  const { startsAt, endsAt } = suggestedWindow(deps.core.now(), zone)
  const fields: FormFields = {
    departure_date: dateIn(startsAt, zone),
    departure_time: timeIn(startsAt, zone),
    return_date: dateIn(endsAt, zone),
    return_time: timeIn(endsAt, zone),
    passengers: '1',
    car: ANY_CAR,
    destination: '',
    type: BOOKING_TYPES[0],
    reason: BOOKING_REASONS[0],
    details: '',
    drivers: '',
    companions: '',
    other_companions: '',
  }
  return drawn(deps, person, { requestKey: crypto.randomUUID(), fields, errors: {} })
}

/** The form as it was filled in, with the cars that are free for it now. */
export async function refreshedForm(deps: TeamsDeps, person: Person, data: Data): Promise<AdaptiveCard> {
  const fields = readFormFields(data)
  return drawn(deps, person, { requestKey: keyIn(data) ?? crypto.randomUUID(), fields, errors: {} })
}

/** Requests the car; what is wrong stands at its field, and everything that was typed stays. */
export async function formSubmitted(
  deps: TeamsDeps,
  person: Person,
  data: Data,
  activity: Activity,
): Promise<{ card: AdaptiveCard; isSent: boolean }> {
  const fields = readFormFields(data)
  const form: Filled = { requestKey: keyIn(data) ?? crypto.randomUUID(), fields, errors: {} }
  const { drivers, companions } = await colleaguesIn(deps, fields)
  const errors: Errors = {
    ...windowErrors(fields, readerZone(person), deps.core.now()),
    ...(drivers.problem && { drivers: drivers.problem }),
    ...(companions.problem && { companions: companions.problem }),
    ...(vehicleIn(fields) === undefined && { car: 'Please choose a car.' }),
  }
  if (Object.keys(errors).length > 0) return { card: await drawn(deps, person, { ...form, errors }), isSent: false }
  try {
    const named = { driverIds: drivers.ids, companionIds: companions.ids }
    const requestKey = requestKeyOf(data, person, activity)
    const booking = await requestBooking(deps.core, { ...requestFrom(fields, person), ...named, requestKey })
    return { card: sent(booking, readerZone(person), deps.core.now()), isSent: true }
  } catch (error) {
    if (!(error instanceof BookingError)) throw error
    return { card: await refused(deps, person, form, error.refusal), isSent: false }
  }
}

function requestFrom(
  fields: FormFields,
  person: Person,
): Omit<RequestBooking, 'requestKey' | 'driverIds' | 'companionIds'> {
  return {
    requesterId: person.id,
    window: windowOf(fields, readerZone(person)),
    passengers: passengersIn(fields),
    vehicleId: vehicleIn(fields) ?? null,
    destination: fields.destination,
    type: BOOKING_TYPES.find((type) => type === fields.type) ?? BOOKING_TYPES[0],
    reason: BOOKING_REASONS.find((reason) => reason === fields.reason) ?? BOOKING_REASONS[0],
    details: fields.details,
    otherCompanions: otherCompanions(fields),
  }
}

function otherCompanions({ other_companions }: FormFields): string[] {
  return other_companions.split(/[,;\n]/)
}

/** What takes the form's place; the living card of the booking comes as a message of its own. */
function sent({ number, window, vehicle }: Booking, zone: string, now: Date): AdaptiveCard {
  const when = formatWindow(window, zone, vehicle.site.timeZone, now)
  return wordsCard(`Request ${bookingName(number)} is sent`, `${vehicle.name} is held for you: ${when}.`, 'none')
}

interface Filled {
  requestKey: string
  fields: FormFields
  errors: Errors
}

async function refused(deps: TeamsDeps, person: Person, form: Filled, refusal: Refusal): Promise<AdaptiveCard> {
  const words = refusalWords(refusal, readerZone(person), deps.core.now())
  const isDriver =
    refusal.code === 'traveller_unknown' && form.fields.drivers.split(',').includes(refusal.facts.personId)
  const field = isDriver ? 'drivers' : refusedField(refusal, otherCompanions(form.fields))
  return field
    ? drawn(deps, person, { ...form, errors: { [field]: words } })
    : withNotice(await drawn(deps, person, form), words)
}

async function drawn({ choices, core, overview }: TeamsDeps, person: Person, form: Filled): Promise<AdaptiveCard> {
  const zone = readerZone(person)
  const now = core.now()
  const { requestKey, fields } = form
  const window = windowOf(fields, zone)
  const errors = { ...windowErrors(fields, zone, now), ...form.errors }
  const isTrip = !errors.departure && !errors.return
  const passengers = Math.min(MOST_PASSENGERS, passengersIn(fields) || 1)
  const [free, everybody] = await Promise.all([
    isTrip ? choices.freeVehicles(window, passengers) : [],
    choices.everybody(MOST_PEOPLE),
  ])
  const cars = carChoices(free, person.site.id)
  const isLost = isTrip && vehicleIn(fields) !== null && !cars.some(({ vehicleId }) => vehicleId === fields.car)
  const mostSeats = isTrip && cars.length === 0 ? await biggestCar(overview, window) : null
  const lost = isLost && !errors.car ? 'not_free' : null
  const clock = { zone, siteZone: person.site.timeZone, now }
  return requestFormCard({
    requestKey,
    fields: isLost ? { ...fields, car: ANY_CAR } : fields,
    cars,
    people: everybody && personChoices(everybody),
    errors,
    remark: isTrip ? freeCarsNote({ window, passengers, cars: cars.length, mostSeats, lost }, clock) : null,
    zoneNote: zoneNote(isTrip ? window.startsAt : now, zone, person.site.timeZone).trim() || null,
  })
}

/** What is wrong with the times, before anybody looks whether there is a car. */
function windowErrors(fields: FormFields, zone: string, now: Date): Errors {
  const window = windowOf(fields, zone)
  if (Number.isNaN(+window.startsAt)) return { departure: noTimeWords(fields.departure_date, fields.departure_time) }
  if (Number.isNaN(+window.endsAt)) return { return: noTimeWords(fields.return_date, fields.return_time) }
  const refusal = windowRefusal(window, now)
  return refusal ? { [refusedField(refusal) ?? 'departure']: refusalWords(refusal, zone, now) } : {}
}

function noTimeWords(date: string, time: string): string {
  if (date === '' || time === '') return 'Please choose a day and a time.'
  return `There is no ${time} on that day: the clocks are put forward over it. Please choose another time.`
}

/** Those who are chosen from a list, or typed by name or address. */
async function colleaguesIn({ choices }: TeamsDeps, fields: FormFields) {
  const [drivers, companions] = await Promise.all([
    namedColleagues(choices, fields.drivers),
    namedColleagues(choices, fields.companions),
  ])
  return { drivers, companions }
}

function passengersIn({ passengers }: FormFields): number {
  return /^\d{1,3}$/.test(passengers) ? Number(passengers) : Number.NaN
}

/** Null: any suitable car; undefined: nothing that could be one. */
function vehicleIn({ car }: FormFields): string | null | undefined {
  if (car === ANY_CAR || car === '') return null
  return z.uuid().safeParse(car).data
}

/**
 * What a date and a time mean on the reader's clock; an invalid date where there is no such time. Of a time that comes twice,
 * as the clocks are put back, the trip takes in both.
 */
function windowOf(fields: FormFields, zone: string): TripWindow {
  const starts = momentsOf(fields.departure_date, fields.departure_time, zone)
  const ends = momentsOf(fields.return_date, fields.return_time, zone)
  return { startsAt: starts[0] ?? new Date(Number.NaN), endsAt: ends.at(-1) ?? new Date(Number.NaN) }
}

const HOUR = 3600 * 1000

/** When the clock shows this: mostly once. */
function momentsOf(date: string, time: string, zone: string): Date[] {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? []
  if (year === undefined || hours === undefined) return []
  const at = +new TZDate(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes), zone)
  return [at - HOUR, at, at + HOUR]
    .map((moment) => new Date(moment))
    .filter((moment) => dateIn(moment, zone) === date && timeIn(moment, zone) === time)
}

const dateIn = (at: Date, zone: string) => format(new TZDate(at, zone), 'yyyy-MM-dd')
const timeIn = (at: Date, zone: string) => format(new TZDate(at, zone), 'HH:mm')

function keyIn({ requestKey }: Data): string | undefined {
  return z.uuid().safeParse(requestKey).data
}

/**
 * The same form of the same person makes one booking: one that was passed on is another's request. A form that lost its key
 * goes by the press.
 */
function requestKeyOf(data: Data, person: Person, { conversation, id }: Activity): string {
  return `${person.id} ${keyIn(data) ?? `${conversation.id} ${id ?? crypto.randomUUID()}`}`
}
