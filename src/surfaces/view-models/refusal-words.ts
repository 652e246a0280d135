import type { StepStatus } from '../../core/approval/step.ts'
import type { BookingStatus } from '../../core/booking/status.ts'
import type { BookingErrorCode, Refusal, TextField } from '../../core/booking-error.ts'
import { nameKey } from '../../core/text/look-alike-key.ts'
import { bookingName, bookingStatusWords, seatsPhrase, uncapitalised } from './booking-words.ts'
import { formatHour, formatMoment, formatWindow, isToday } from './format-window.ts'
import { noneFreeWords } from './none-free-words.ts'

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
  change_note: 'comment',
  cancel_reason: 'comment',
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
    driver_busy: 'drivers',
  }
  return fields[refusal.code] ?? null
}

/** Two people with one name are one traveller only where neither was chosen from the directory. */
function isTwiceIn(typedNames: string[], name: string): boolean {
  return typedNames.filter((typed) => nameKey(typed) === nameKey(name)).length > 1
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
      return MISSING[refusal.facts.field] ?? 'Please fill this in.'
    case 'text_too_long':
      return `${refusal.facts.length} characters are too many; ${refusal.facts.most} fit.`
    case 'vehicle_not_found':
      return 'This car is no longer in service. Please choose another one.'
    case 'vehicle_too_small':
      return `${refusal.facts.vehicleName} has ${seatsPhrase(refusal.facts.seats)}, too few for ${refusal.facts.passengers} people.`
    case 'vehicle_taken':
      return `${refusal.facts.vehicleName} has just been taken for that time. Please choose another car or time.`
    case 'driver_busy':
      return busyWords(refusal.facts, zone, now)
    case 'no_vehicle_free':
      return noneFreeWords(refusal.facts, zone, now)
    case 'requested_already': {
      const { number, window, siteZone } = refusal.facts
      const saved = formatWindow(window, zone, siteZone, now)
      return `This form was saved before you changed it, as ${bookingName(number)}: ${saved}. Change or cancel that one, or leave it as it is.`
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
    case 'draft_not_found':
      return 'This draft is no longer there. Please start a new form.'
    case 'draft_too_long':
      return `A draft holds ${refusal.facts.most} characters, and this one has ${refusal.facts.length}. Please shorten it.`
    case 'too_many_drafts':
      return `You have ${refusal.facts.most} drafts, and that is all there is room for. Please send or discard one first.`
    case 'not_asked':
      return 'You have not been asked to decide this request.'
    case 'passed_on':
      return refusal.facts.to.length > 0
        ? `This is no longer yours to decide: it has gone on to ${anyOf(refusal.facts.to)}.`
        : 'This is no longer yours to decide, and nobody else can. Please tell an administrator.'
    case 'requester_left':
      return `${refusal.facts.name} has left, so there is nothing left to decide.`
    case 'own_request':
      return 'This is your own request: somebody else has to decide it.'
    case 'decided_already':
      return 'You have already decided the other step of this request: a second person has to look at it.'
    case 'departed':
      return `Too late: the departure was ${pastMoment(refusal.facts.startsAt, zone, now)}.`
    case 'absence_ends_before_start':
      return 'The end has to be after the beginning.'
    case 'absence_in_past':
      return `That was over ${pastMoment(refusal.facts.endsAt, zone, now)}. Please choose a later end.`
    case 'absence_too_long':
      return `You can be away for ${refusal.facts.days} days at most.`
    case 'stand_in_is_self':
      return 'You cannot stand in for yourself. Please choose somebody else.'
    case 'stand_in_unknown':
      return 'This colleague is no longer in the directory. Please choose somebody else.'
    case 'stand_in_circle':
      return `${circleWords(refusal.facts)}. Please choose somebody else.`
    case 'stand_in_away':
      return `${refusal.facts.name} is away all that time, and nobody stands in for them. Please choose somebody else.`
    case 'step_closed':
    case 'not_possible_now':
      return whatHappened(refusal.facts, isOwnDoing, zone, now)
  }
}

/** "You are already driving then: booking #12, Tue 5 Nov, 09:00 – 11:00." */
function busyWords({ driverName, isRequester, booking }: DriverBusy, zone: string, now: Date): string {
  const driving = isRequester ? 'You are already driving then' : `${driverName} is already driving then`
  const trip = booking && formatWindow(booking.window, zone, booking.siteZone, now)
  const which = booking ? `: booking ${bookingName(booking.number)}, ${trip}` : ''
  return `${driving}${which}. Please choose another driver or time.`
}

type DriverBusy = Extract<Refusal, { code: 'driver_busy' }>['facts']

const MISSING: Partial<Record<TextField, string>> = {
  rejection_reason: 'Please give a reason.',
  change_note: 'Please say what should be changed.',
}

/** "at 09:00" today, "on Mon 3 Nov, 09:00" before. */
function pastMoment(at: Date, zone: string, now: Date): string {
  return isToday(at, zone, now) ? `at ${formatHour(at, zone)}` : `on ${formatMoment(at, zone, now)}`
}

/** "Ben Koch is away then too, and through Mara Lindt it would come back to you": who answers for whom goes round. */
function circleWords({ name, through }: { name: string; through: string[] }): string {
  return through.length > 0
    ? `${name} is away then too, and through ${through.join(', then ')} it would come back to you`
    : `${name} is away then too, and you stand in for them`
}

function anyOf(names: string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names)
}

const CHANGED = 'Changed since you looked:'

/** What a person does to a request; everything else just comes to be. */
const DONE_BY_SOMEBODY = new Map([
  ['approved', 'approved it'],
  ['rejected', 'rejected it'],
  ['cancelled', 'cancelled it'],
  ['changes_requested', 'asked for a change'],
])

/** "Changed since you looked: Hanna Weber approved it, today 10:12." */
function whatHappened(facts: WhatHappened, isOwnDoing: boolean, zone: string, now: Date): string {
  const when = facts.at ? `, ${formatMoment(facts.at, zone, now)}` : ''
  const did = whatSomebodyDid(facts)
  if (did && isOwnDoing) return `You ${did}${when}.`
  if (did && facts.by) return `${CHANGED} ${facts.by} ${did}${when}.`
  // The booking may stand all the while that a change of it is decided.
  if (facts.status && facts.bookingStatus === 'approved') return `${CHANGED} it no longer waits for you.`
  const words = uncapitalised(bookingStatusWords(facts.bookingStatus))
  return `${CHANGED} it is ${words}${did ? when : ''}.`
}

interface WhatHappened {
  bookingStatus: BookingStatus
  status?: StepStatus
  by: string | null
  at: Date | null
}

/** A step that was superseded tells only of a booking that is cancelled; one that stands had its change withdrawn or changed. */
function whatSomebodyDid({ status, bookingStatus, by }: WhatHappened): string | undefined {
  if (status === undefined) return DONE_BY_SOMEBODY.get(bookingStatus)
  if (status === 'superseded' && bookingStatus !== 'cancelled') return by === null ? undefined : 'changed it'
  return DONE_BY_SOMEBODY.get(status === 'superseded' ? bookingStatus : status)
}
