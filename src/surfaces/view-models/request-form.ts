import type { TripWindow } from '../../core/booking/trip-window.ts'
import { bySuitability, type Vehicle } from '../../core/fleet/vehicle.ts'
import type { Person } from '../../core/people/person.ts'
import { type CalendarDay, firstMoment, isoWeekday, plusDays, wallTimeAt } from '../../core/time/wall-clock.ts'
import { seatsPhrase } from './booking-words.ts'
import { clipped } from './clipped.ts'

/** The working day that a suggested window keeps to, in hours of the reader's clock. */
const DAY_STARTS = 9
const DAY_ENDS = 17

/** A line of a list, in characters: what Slack takes, and a phone shows. */
const LONGEST_LABEL = 75
const LONGEST_DEPARTMENT = 25
/** What is left of a name at least. */
const SHORTEST_NAME = 20

/** The value of the choice that leaves the car to Motorpool. */
export const ANY_CAR = 'any'
export const ANY_CAR_WORDS = 'Any suitable car'
export const MOST_PASSENGERS = 99

/** A sensible first window: from the next full hour until the end of the day, or the next working day as a whole. */
export function suggestedWindow(now: Date, zone: string): TripWindow {
  const { minutes, ...today } = wallTimeAt(now, zone)
  const next = Math.floor(minutes / 60) + 1
  if (!isWeekend(today) && next >= DAY_STARTS && next <= DAY_ENDS - 2) return windowOn(today, next, zone)
  let day = next < DAY_STARTS ? today : plusDays(today, 1)
  while (isWeekend(day)) day = plusDays(day, 1)
  return windowOn(day, DAY_STARTS, zone)
}

function windowOn(day: CalendarDay, hour: number, zone: string): TripWindow {
  const at = (hours: number) => firstMoment({ ...day, minutes: hours * 60 }, zone)
  return { startsAt: at(hour), endsAt: at(DAY_ENDS) }
}

function isWeekend(day: CalendarDay): boolean {
  return isoWeekday(day) > 5
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
    label: carLabel(vehicle, ownSiteId),
  }))
}

/** What tells cars apart stays whole, however long the name is. */
function carLabel({ name, licensePlate, seats, site }: Vehicle, ownSiteId: string): string {
  return fitting(name, ` (${licensePlate}), ${seatsPhrase(seats)}${site.id === ownSiteId ? '' : `, in ${site.name}`}`)
}

export interface PersonChoice {
  personId: string
  label: string
}

export function personChoice({ id, name, department }: Person): PersonChoice {
  return { personId: id, label: fitting(name, department && ` (${clipped(department, LONGEST_DEPARTMENT)})`) }
}

/** In the order they came in. Those who would look the same are told apart by their addresses. */
export function personChoices(people: Person[]): PersonChoice[] {
  const choices = people.map(personChoice)
  const count = new Map<string, number>()
  for (const { label } of choices) count.set(label, (count.get(label) ?? 0) + 1)
  return people.map((person, index) => {
    const choice = choices[index] ?? personChoice(person)
    return count.get(choice.label) === 1 ? choice : { ...choice, label: withAddress(person) }
  })
}

function withAddress({ name, email }: Person): string {
  const room = LONGEST_LABEL - ' ()'.length - Math.min(name.length, SHORTEST_NAME)
  return fitting(name, ` (${clipped(email, room)})`)
}

/** A name with what follows it: where both are too long for a line, the name is cut. */
function fitting(name: string, rest: string): string {
  return `${clipped(name, Math.max(LONGEST_LABEL - rest.length, SHORTEST_NAME))}${rest}`
}
