import { BookingError } from '../booking-error.ts'
import type { Vehicle } from '../fleet/vehicle.ts'
import type { Site } from '../people/person.ts'
import { noneFree, type SiteOutlook, type SiteQuery } from './none-free.ts'

/** Returns the refusal of any suitable car for people of this site. */
export async function noVehicleFree(
  store: { siteOutlook(query: SiteQuery): Promise<SiteOutlook> },
  site: Site,
  query: Omit<SiteQuery, 'siteId'>,
  free: Vehicle[],
): Promise<BookingError<'no_vehicle_free'>> {
  const outlook = await store.siteOutlook({ ...query, siteId: site.id })
  return new BookingError('no_vehicle_free', noneFree(site, query.passengers, outlook, free))
}
