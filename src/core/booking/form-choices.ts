import type { Vehicle } from '../fleet/vehicle.ts'
import type { Person } from '../people/person.ts'
import type { TripWindow } from './trip-window.ts'

/** What a request form reads to offer choices. */
export interface FormChoices {
  freeVehicles(window: TripWindow, seats: number): Promise<Vehicle[]>
  /** Everybody active, or null when there are more than `most`. */
  everybody(most: number): Promise<Person[] | null>
  searchPeople(text: string, most: number): Promise<Person[]>
}
