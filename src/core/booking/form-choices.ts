import type { Vehicle } from '../fleet/vehicle.ts'
import type { Person } from '../people/person.ts'
import type { SiteOutlook, SiteQuery } from './none-free.ts'
import type { TripWindow } from './trip-window.ts'

/** What a request form reads to offer choices. */
export interface FormChoices {
  /** `forBookingId`: what this booking holds is free for it, as its own car is that went out of service since. */
  freeVehicles(window: TripWindow, seats: number, forBookingId?: string | null): Promise<Vehicle[]>
  siteOutlook(query: SiteQuery): Promise<SiteOutlook>
  /** Everybody active, or null when there are more than `most`. */
  everybody(most: number): Promise<Person[] | null>
  /** Those of these who are active, in the order of the ids. */
  activePeople(ids: string[]): Promise<Person[]>
  searchPeople(text: string, most: number): Promise<Person[]>
}
