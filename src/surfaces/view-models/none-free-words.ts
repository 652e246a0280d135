import type { NoneFree } from '../../core/booking/none-free.ts'
import { passengersPhrase, seatsPhrase } from './booking-words.ts'
import { formatWindow } from './format-window.ts'

/** How many cars of other sites are named; of the others their number. */
const MOST_NAMED = 3

/**
 * "No car with 5 or more seats is free in Berlin then. The next is free Tue 5 Nov, 11:00 – 13:00. Free elsewhere: Renault Zoe
 * (Lisbon). You can choose it by name."
 * @param zone the reader's (IANA)
 */
export function noneFreeWords(none: NoneFree, zone: string, now: Date): string {
  const elsewhere = elsewhereWords(none)
  const words = atTheSite(none, zone, now)
  if (elsewhere !== null) return `${words} ${elsewhere}`
  return none.siteSeats === 0 ? `${none.siteName} has no cars, and no other site has one free then.` : words
}

function atTheSite({ passengers, siteName, siteZone, siteSeats, next }: NoneFree, zone: string, now: Date): string {
  if (siteSeats === 0) return `${siteName} has no cars.`
  if (siteSeats < passengers) {
    return `The biggest car in ${siteName} has ${seatsPhrase(siteSeats)}, too few for ${passengersPhrase(passengers)}.`
  }
  const none = `No car with ${passengers} or more seats is free in ${siteName} then`
  return next
    ? `${none}. The next is free ${formatWindow(next, zone, siteZone, now)}.`
    : `${none}, nor for that long in the two weeks after.`
}

function elsewhereWords({ elsewhere }: NoneFree): string | null {
  if (elsewhere.length === 0) return null
  const named = elsewhere.slice(0, MOST_NAMED).map(({ vehicleName, siteName }) => `${vehicleName} (${siteName})`)
  const left = elsewhere.length - named.length
  const names = new Intl.ListFormat('en').format(left > 0 ? [...named, `${left} more`] : named)
  return `Free elsewhere: ${names}. You can choose ${elsewhere.length === 1 ? 'it' : 'one'} by name.`
}
