import { BookingError, type TextField } from '../booking-error.ts'
import type { Person } from '../people/person.ts'
import { cleanText } from '../text/clean-text.ts'
import { nameKey } from '../text/look-alike-key.ts'
import type { Traveller } from './booking.ts'

/** The longest texts a person may type, in UTF-16 code units; Slack's and the cards' limits leave room for them. */
export const LONGEST: Record<TextField, number> = {
  destination: 150,
  details: 3000,
  companion: 80,
  comment: 1000,
  rejection_reason: 1000,
  change_note: 1000,
  cancel_reason: 1000,
}

/** The fields that have one line. */
const ONE_LINE: ReadonlySet<TextField> = new Set(['destination', 'companion'])

/**
 * Returns what was typed as {@link cleanText} leaves it.
 * @throws BookingError `text_missing` (where `required`), `text_too_long`
 */
export function checkText(field: TextField, typed: string, { required }: { required: boolean }): string {
  const text = cleanText(typed, { lines: !ONE_LINE.has(field) })
  if (required && text === '') throw new BookingError('text_missing', { field })
  if (text.length > LONGEST[field]) {
    throw new BookingError('text_too_long', { field, most: LONGEST[field], length: text.length })
  }
  return text
}

export interface NamedTravellers {
  driverIds: string[]
  companionIds: string[]
  /** People who are not in the directory. */
  otherCompanions: string[]
}

/**
 * The travellers in the order of the form, drivers first. The requester drives unless somebody else is named as a driver.
 * @throws BookingError `traveller_unknown`, `traveller_twice`, `text_too_long`
 */
export function checkTravellers(named: NamedTravellers, requester: Person, known: Person[]): Traveller[] {
  const people = new Map([...known, requester].map((person) => [person.id, person]))
  const colleague =
    (kind: Traveller['kind']) =>
    (personId: string): Traveller => {
      const person = people.get(personId)
      if (!person) throw new BookingError('traveller_unknown', { personId })
      return { kind, person, name: person.name }
    }
  const drivers = named.driverIds.length > 0 ? named.driverIds : [requester.id]
  const others = named.otherCompanions
    .map((name) => checkText('companion', name, { required: false }))
    .filter((name) => name !== '')
  const travellers = [
    ...drivers.map(colleague('driver')),
    ...named.companionIds.map(colleague('companion')),
    ...others.map((name): Traveller => ({ kind: 'companion', person: null, name })),
  ]
  const twice = travellers.find(
    (traveller, index) => travellers.findIndex((other) => sameTraveller(other, traveller)) < index,
  )
  if (twice) throw new BookingError('traveller_twice', { name: twice.name })
  return travellers
}

function sameTraveller(a: Traveller, b: Traveller): boolean {
  return a.person || b.person ? a.person?.id === b.person?.id : nameKey(a.name) === nameKey(b.name)
}

/** @throws BookingError `passengers_out_of_range` */
export function checkPassengers(passengers: number): void {
  if (!Number.isInteger(passengers) || passengers < 1 || passengers > 99) {
    throw new BookingError('passengers_out_of_range', { passengers })
  }
}

/**
 * Passengers counts everybody aboard: named travellers ≤ passengers.
 * @throws BookingError `more_travellers_than_passengers`
 */
export function checkEverybodyFits(travellers: Traveller[], passengers: number): void {
  if (travellers.length > passengers) {
    throw new BookingError('more_travellers_than_passengers', { travellers: travellers.length, passengers })
  }
}
