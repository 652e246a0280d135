import type { StepStatus } from '../../core/approval/step.ts'
import type { BookingStatus } from '../../core/booking/status.ts'
import type { BookingErrorCode, Refusal, TextField } from '../../core/booking-error.ts'
import { bookingName, bookingStatusWords, seatsPhrase } from './booking-words.ts'
import { formatHour, formatMoment, formatWindow, isToday } from './format-window.ts'

/** The field of a form at which a refusal is shown. */
export type FormField =
  | 'departure'
  | 'return'
  | 'passengers'
  | 'car'
  | 'destination'
  | 'details'
  | 'drivers'
  | 'companions'
  | 'other_companions'
  | 'comment'

const FIELD_OF_TEXT: Record<TextField, FormField> = {
  destination: 'destination',
  details: 'details',
  companion: 'other_companions',
  comment: 'comment',
  rejection_reason: 'comment',
}

/**
 * Where in a form a refusal belongs; null: it is about no field.
 * @param typedNames of those who are named by what was typed, and not chosen from the directory
 */
export function refusedField(refusal: Refusal, typedNames: string[] = []): FormField | null {
  if (refusal.code === 'text_missing' || refusal.code === 'text_too_long') return FIELD_OF_TEXT[refusal.facts.field]
  if (refusal.code === 'traveller_twice' && isTwiceIn(typedNames, refusal.facts.name)) return 'other_companions'
  const fields: Partial<Record<BookingErrorCode, FormField>> = {
    window_ends_before_start: 'return',
    window_starts_in_past: 'departure',
    window_too_long: 'return',
    passengers_out_of_range: 'passengers',
    more_travellers_than_passengers: 'passengers',
    traveller_unknown: 'companions',
    traveller_twice: 'companions',
    vehicle_not_found: 'car',
    vehicle_too_small: 'car',
    vehicle_taken: 'car',
    no_vehicle_free: 'car',
  }
  return fields[refusal.code] ?? null
}

/** Two people with one name are one traveller only where neither was chosen from the directory. */
function isTwiceIn(typedNames: string[], name: string): boolean {
  return typedNames.filter((typed) => typed.trim() === name).length > 1
}

/**
 * Why something was refused, for the person who tried it.
 * @param zone theirs (IANA)
 * @param options `isOwnDoing`: it was they who changed what they looked at
 */
export function refusalWords(
  refusal: Refusal,
  zone: string,
  now: Date,
  { isOwnDoing = false }: { isOwnDoing?: boolean } = {},
): string {
  switch (refusal.code) {
    case 'window_ends_before_start':
      return 'The return has to be after the departure.'
    case 'window_starts_in_past':
      return `The departure is in the past: it is ${formatHour(now, zone)} now.`
    case 'window_too_long':
      return `A trip can be ${refusal.facts.days} days long at most.`
    case 'passengers_out_of_range':
      return 'Say how many people are aboard, drivers included: a whole number from 1 to 99.'
    case 'more_travellers_than_passengers':
      return `You named ${refusal.facts.travellers} travellers, but only ${refusal.facts.passengers} aboard.`
    case 'traveller_unknown':
      return 'One of these colleagues is no longer in the directory. Please choose again.'
    case 'traveller_twice':
      return `${refusal.facts.name} is named twice.`
    case 'text_missing':
      return refusal.facts.field === 'rejection_reason' ? 'Please give a reason.' : 'Please fill this in.'
    case 'text_too_long':
      return `${refusal.facts.length} characters are too many; ${refusal.facts.most} fit.`
    case 'vehicle_not_found':
      return 'This car is no longer in service. Please choose another one.'
    case 'vehicle_too_small':
      return `${refusal.facts.vehicleName} has ${seatsPhrase(refusal.facts.seats)}, too few for ${refusal.facts.passengers} people.`
    case 'vehicle_taken':
      return `${refusal.facts.vehicleName} has just been taken for that time. Please choose another car or time.`
    case 'no_vehicle_free':
      return `No car with ${refusal.facts.passengers} or more seats is free then. Please try another time.`
    case 'requested_already': {
      const { number, window, siteZone } = refusal.facts
      const saved = formatWindow(window, zone, siteZone, now)
      return `This form was saved before you changed it, as ${bookingName(number)}: ${saved}. Cancel that one, or leave it as it is.`
    }
    case 'no_approver':
      return 'There is nobody who could approve this: no other person in HR, and no admin. Please tell an administrator.'
    case 'person_not_found':
      return 'You are not in the company directory. Please ask an administrator to add you.'
    case 'person_inactive':
      return 'Your entry in the company directory is no longer active.'
    case 'booking_not_found':
      return 'This booking no longer exists.'
    case 'not_your_booking':
      return 'Only the person who asked for this car, or an administrator, can do that.'
    case 'not_asked':
      return 'You have not been asked to decide this request.'
    case 'own_request':
      return 'This is your own request: somebody else has to decide it.'
    case 'decided_already':
      return 'You have already decided the other step of this request: a second person has to look at it.'
    case 'departed':
      return `Too late: the departure was ${pastMoment(refusal.facts.startsAt, zone, now)}.`
    case 'step_closed':
    case 'not_possible_now':
      return whatHappened(refusal.facts, isOwnDoing, zone, now)
  }
}

/** "at 09:00" today, "on Mon 3 Nov, 09:00" before. */
function pastMoment(at: Date, zone: string, now: Date): string {
  return isToday(at, zone, now) ? `at ${formatHour(at, zone)}` : `on ${formatMoment(at, zone, now)}`
}

const CHANGED = 'Changed since you looked:'

/** What a person does to a request; everything else just comes to be. */
const DONE_BY_SOMEBODY = new Map([
  ['approved', 'approved'],
  ['rejected', 'rejected'],
  ['cancelled', 'cancelled'],
])

/** "Changed since you looked: Hanna Weber approved it, today 10:12." */
function whatHappened(
  facts: { bookingStatus: BookingStatus; status?: StepStatus; by: string | null; at: Date | null },
  isOwnDoing: boolean,
  zone: string,
  now: Date,
): string {
  const when = facts.at ? `, ${formatMoment(facts.at, zone, now)}` : ''
  const verb = DONE_BY_SOMEBODY.get(facts.status ?? '') ?? DONE_BY_SOMEBODY.get(facts.bookingStatus)
  if (verb && isOwnDoing) return `You ${verb} it${when}.`
  if (verb) return `${CHANGED} ${facts.by ? `${facts.by} ${verb} it` : `it is ${verb}`}${when}.`
  const words = bookingStatusWords(facts.bookingStatus)
  return `${CHANGED} it is ${words.charAt(0).toLowerCase()}${words.slice(1)}.`
}
