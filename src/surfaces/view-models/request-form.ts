import { TZDate } from '@date-fns/tz'
import { addDays, addHours, isSameDay, isWeekend, set, startOfHour } from 'date-fns'
import type { TripWindow } from '../../core/booking/trip-window.ts'
import { bySuitability, type Vehicle } from '../../core/fleet/vehicle.ts'
import type { Person } from '../../core/people/person.ts'
import { carName, seatsPhrase } from './booking-words.ts'

/** The working day that a suggested window keeps to, in hours of the reader's clock. */
const DAY_STARTS = 9
const DAY_ENDS = 17

/** The value of the choice that leaves the car to Motorpool. */
export const ANY_CAR = 'any'
export const ANY_CAR_WORDS = 'Any suitable car'
export const MOST_PASSENGERS = 99

export function noCarWords(passengers: number): string {
  return `No car with ${passengers} or more seats is free then. Try another time.`
}

/** A sensible first window: from the next full hour until the end of the day, or the next working day as a whole. */
export function suggestedWindow(now: Date, zone: string): TripWindow {
  const today = new TZDate(now, zone)
  const next = addHours(startOfHour(today), 1)
  if (!isWeekend(next) && next.getHours() >= DAY_STARTS && next.getHours() <= DAY_ENDS - 2) {
    return { startsAt: new Date(+next), endsAt: at(next, DAY_ENDS) }
  }
  let day: Date = next.getHours() < DAY_STARTS && isSameDay(today, next) ? today : addDays(today, 1)
  while (isWeekend(day)) day = addDays(day, 1)
  return { startsAt: at(day, DAY_STARTS), endsAt: at(day, DAY_ENDS) }
}

function at(day: Date, hours: number): Date {
  return new Date(+set(day, { hours, minutes: 0, seconds: 0, milliseconds: 0 }))
}

export interface CarChoice {
  vehicleId: string
  siteName: string
  label: string
}

/** The free cars in the order in which they would be taken, other sites' cars labelled. */
export function carChoices(free: Vehicle[], ownSiteId: string): CarChoice[] {
  return free.toSorted(bySuitability(ownSiteId)).map((vehicle) => ({
    vehicleId: vehicle.id,
    siteName: vehicle.site.name,
    label: `${carName(vehicle)}, ${seatsPhrase(vehicle.seats)}${vehicle.site.id === ownSiteId ? '' : `, in ${vehicle.site.name}`}`,
  }))
}

export interface PersonChoice {
  personId: string
  label: string
}

export function personChoice(person: Person): PersonChoice {
  return { personId: person.id, label: person.department ? `${person.name} (${person.department})` : person.name }
}
