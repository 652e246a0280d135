import { bySuitability, type Vehicle } from '../fleet/vehicle.ts'
import type { Site } from '../people/person.ts'
import type { TripWindow } from './trip-window.ts'

/** A search for a car of one site. */
export interface SiteQuery {
  siteId: string
  window: TripWindow
  passengers: number
  /** What this booking holds is free for it. */
  forBookingId: string | null
}

/** What a site has for those who find none of its cars free. */
export interface SiteOutlook {
  /** Of its biggest car in service; 0: it has none. */
  mostSeats: number
  /** The next time that one of its cars with the seats is free for as long; null: not within {@link SEARCHED_DAYS} days. */
  next: TripWindow | null
}

/** How far ahead a site's next free car is looked for, in days. */
export const SEARCHED_DAYS = 14

/** Why no car of the own site can be had, and what can. */
export interface NoneFree {
  passengers: number
  siteName: string
  siteZone: string
  /** Of the site's biggest car in service; 0: the site has none. */
  siteSeats: number
  next: TripWindow | null
  /** Cars of other sites that are free then, best first. */
  elsewhere: { vehicleName: string; siteName: string }[]
}

/**
 * Returns what to tell people of this site none of whose cars is free.
 * @param free the cars that are free then, of all sites
 */
export function noneFree(site: Site, passengers: number, { mostSeats, next }: SiteOutlook, free: Vehicle[]): NoneFree {
  const elsewhere = free
    .filter((vehicle) => vehicle.site.id !== site.id)
    .toSorted(bySuitability(site.id))
    .map(({ name, site: { name: siteName } }) => ({ vehicleName: name, siteName }))
  return { passengers, siteName: site.name, siteZone: site.timeZone, siteSeats: mostSeats, next, elsewhere }
}
