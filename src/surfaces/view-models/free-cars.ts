import type { FormChoices } from '../../core/booking/form-choices.ts'
import { type NoneFree, noneFree, type SiteQuery } from '../../core/booking/none-free.ts'
import type { Person } from '../../core/people/person.ts'
import { type CarChoice, carChoices } from './request-form.ts'

/** The cars that a form offers. */
export interface FreeCars {
  /** Of all sites, in the order in which they are listed. */
  cars: CarChoice[]
  /** How many of them are at the reader's own site: "any suitable car" is one of these. */
  ownCars: number
  /** What to say where there is none. */
  none: NoneFree | null
}

/** Finds the cars that are free for what a form asks for. */
export async function freeCars(
  choices: Pick<FormChoices, 'freeVehicles' | 'siteOutlook'>,
  { site }: Person,
  query: Omit<SiteQuery, 'siteId'>,
): Promise<FreeCars> {
  const free = await choices.freeVehicles(query.window, query.passengers, query.forBookingId)
  const ownCars = free.filter((vehicle) => vehicle.site.id === site.id).length
  const none =
    ownCars > 0
      ? null
      : noneFree(site, query.passengers, await choices.siteOutlook({ ...query, siteId: site.id }), free)
  return { cars: carChoices(free, site.id), ownCars, none }
}
