import type { Trip } from '../../core/booking/booking.ts'
import type { TripWindow } from '../../core/booking/trip-window.ts'
import { type TripFacts, travellerFacts } from '../../core/notification/notice.ts'
import type { Person } from '../../core/people/person.ts'
import { carName, passengersPhrase, purposePhrase, seatsPhrase, travellersPhrase } from './booking-words.ts'
import { formatLength, formatWindow } from './format-window.ts'

/** One thing in which a trip differs from what it was, as words: old beside new. */
export interface TripChange {
  label: 'When' | 'Car' | 'Where' | 'Why' | 'Who' | 'Note'
  was: string
  is: string
}

/** What people see of a trip, whether it is kept as a booking or as the facts of a notice. */
type ShownTrip = Omit<TripFacts, 'startsAt' | 'endsAt'> & { window: TripWindow }

/** `requester`: by their site's clock it was planned. */
export function shownTrip({ vehicle, travellers, ...trip }: Trip, requester: Pick<Person, 'site'>): ShownTrip {
  const { name, licensePlate, seats, site } = vehicle
  return {
    ...trip,
    vehicle: { name, licensePlate, seats, siteName: site.name, siteTimeZone: requester.site.timeZone },
    travellers: travellers.map(travellerFacts),
  }
}

export function shownFacts({ startsAt, endsAt, ...trip }: TripFacts): ShownTrip {
  return { ...trip, window: { startsAt: new Date(startsAt), endsAt: new Date(endsAt) } }
}

/** What differs, and nothing else, in the order of the form. `zone` is the reader's (IANA). */
export function tripChanges(from: ShownTrip, to: ShownTrip, zone: string, now: Date): TripChange[] {
  const otherSite = from.vehicle.siteName !== to.vehicle.siteName
  const said = (trip: ShownTrip): Record<TripChange['label'], string> => ({
    When: `${formatWindow(trip.window, zone, trip.vehicle.siteTimeZone, now)}, ${formatLength(trip.window)}`,
    Car: `${carName(trip.vehicle)}, ${seatsPhrase(trip.vehicle.seats)}${otherSite ? `, ${trip.vehicle.siteName}` : ''}`,
    Where: trip.destination,
    Why: purposePhrase(trip),
    Who: `${passengersPhrase(trip.passengers)}: ${travellersPhrase(trip.travellers)}`,
    Note: trip.details === '' ? 'no note' : trip.details,
  })
  const was = said(from)
  const is = said(to)
  if (was.Who === is.Who && areOthers(from.travellers, to.travellers)) is.Who += ', somebody else of the same name'
  const labels = Object.keys(was) as TripChange['label'][]
  return labels.filter((label) => was[label] !== is[label]).map((label) => ({ label, was: was[label], is: is[label] }))
}

/** True if colleagues of the same names are other people. Facts from before ids were kept do not show it. */
function areOthers(from: ShownTrip['travellers'], to: ShownTrip['travellers']): boolean {
  return to.some(({ personId }, index) => {
    const before = from[index]?.personId
    return personId !== undefined && before !== undefined && personId !== before
  })
}

/** "When: Thu 5 Nov, 09:00 – 17:30, 8 h 30 min → Thu 5 Nov, 09:00 – 19:00, 10 h". */
export function changeLine({ label, was, is }: TripChange): string {
  return `${label}: ${was} → ${is}`
}
