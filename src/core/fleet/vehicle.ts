import type { Site } from '../people/person.ts'

/** A car. Whether it is free, booked or in maintenance at some time is derived from the holds, never stored. */
export interface Vehicle {
  id: string
  name: string
  type: string
  seats: number
  licensePlate: string
  site: Site
  turnaroundMinutes: number
}

/**
 * The order in which "any suitable car" is tried and cars are listed: own site first, then the smallest that fits, so that
 * the big ones stay free for those who need them.
 */
export function bySuitability(ownSiteId: string): (a: Vehicle, b: Vehicle) => number {
  const distance = (vehicle: Vehicle) => (vehicle.site.id === ownSiteId ? 0 : 1)
  return (a, b) =>
    distance(a) - distance(b) ||
    a.seats - b.seats ||
    a.name.localeCompare(b.name) ||
    a.licensePlate.localeCompare(b.licensePlate)
}
