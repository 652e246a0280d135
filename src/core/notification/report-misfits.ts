import type { BookingEvent } from '../booking/booking.ts'
import type { Misfit, MisfitReport, Misfits } from '../booking/misfit.ts'
import type { Person } from '../people/person.ts'
import type { Deps } from '../ports.ts'
import { firstMoment, plusDays, wallTimeAt } from '../time/wall-clock.ts'
import type { Notice } from './notice.ts'
import { type Telling, tell } from './notices-for.ts'

/** The hour of the company's clock at which nobody books. */
const NIGHT = 3

/** How many are told one by one; of the others their number. */
const MOST_TOLD = 20

/**
 * Looks, once a night, whether everything fits together, and tells the admins what does not: once, until it went away and
 * came again. Gives what is new.
 */
export async function reportMisfits(deps: Deps & { misfits: Misfits }, companyTimeZone: string): Promise<Misfit[]> {
  const now = deps.now()
  if (!(await deps.misfits.claim(now, nextNight(now, companyTimeZone)))) return []
  const found = await deps.misfits.find(now)
  const fresh = found.filter((misfit) => misfit.isNew)
  await deps.misfits.keep(found, now, await reportOf(deps, fresh, now))
  return fresh
}

/** The next time after `now` that it is three in the morning there. */
export function nextNight(now: Date, timeZone: string): Date {
  const today = wallTimeAt(now, timeZone)
  const nightOf = (day: typeof today) => firstMoment({ ...day, minutes: NIGHT * 60 }, timeZone)
  const night = nightOf(today)
  return night > now ? night : nightOf({ ...plusDays(today, 1), minutes: 0 })
}

/** Told through the first booking of those concerned. */
async function reportOf(deps: Deps, fresh: Misfit[], at: Date): Promise<MisfitReport | null> {
  const booking = fresh[0] && (await deps.store.findBooking(fresh[0].bookingId))
  if (!booking) return null
  const { admins } = await deps.store.deciders(booking.requester.id)
  const event: BookingEvent = { id: crypto.randomUUID(), type: 'check.failed', actor: null, at }
  const said = { actorName: null, comment: null, wasApproved: booking.status === 'approved' }
  const notices = misfitNotices({ channels: deps.channels, event, booking, said }, admins, fresh)
  return { bookingId: booking.id, event, notices }
}

function misfitNotices(telling: Telling, admins: Person[], fresh: Misfit[]): Notice[] {
  const findings = fresh.slice(0, MOST_TOLD).map(({ number, finding }) => ({ number, finding }))
  const more = fresh.length - findings.length
  return tell(telling, 'check_found', admins).map((notice) => ({
    ...notice,
    facts: { ...notice.facts, findings, ...(more > 0 && { moreFindings: more }) },
  }))
}
