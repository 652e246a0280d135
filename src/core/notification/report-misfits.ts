import type { BookingEvent } from '../booking/booking.ts'
import type { Misfit } from '../booking/misfit.ts'
import type { Person } from '../people/person.ts'
import type { Deps } from '../ports.ts'
import { firstMoment, plusDays, wallTimeAt } from '../time/wall-clock.ts'
import type { MisfitReport, Misfits } from './misfits.ts'
import type { Notice } from './notice.ts'
import { type Telling, tell } from './notices-for.ts'

/** The hour of the company's clock at which nobody books. */
const NIGHT = 3

/** How many are told one by one; of the others their number. */
const MOST_TOLD = 20

/**
 * Looks, once a night, whether everything fits together, and tells the admins what does not: once, until it went away and
 * came again. Returns what is new. A look that fails is due again at once.
 */
export async function reportMisfits(deps: Deps & { misfits: Misfits }, companyTimeZone: string): Promise<Misfit[]> {
  const { misfits } = deps
  const at = deps.now()
  const next = nextNight(at, companyTimeZone)
  const claim = await misfits.claim(at, next)
  if (claim === null) return []
  try {
    const found = await misfits.find(at)
    const fresh = found.filter((misfit) => misfit.isNew)
    const kept = await misfits.keep({ claim, at, next }, found, await reportOf(deps, fresh, at))
    return kept ? fresh : []
  } catch (error) {
    // Where that fails as well, the claim ends by itself.
    await misfits.release(claim).catch(() => {})
    throw error
  }
}

/** The next time after `now` that it is three in the morning there. */
export function nextNight(now: Date, timeZone: string): Date {
  const today = wallTimeAt(now, timeZone)
  const nightOf = (day: typeof today) => firstMoment({ ...day, minutes: NIGHT * 60 }, timeZone)
  const night = nightOf(today)
  return night > now ? night : nightOf({ ...plusDays(today, 1), minutes: 0 })
}

/** Told through the first booking of those concerned. */
async function reportOf(deps: Deps & { misfits: Misfits }, fresh: Misfit[], at: Date): Promise<MisfitReport | null> {
  const booking = fresh[0] && (await deps.misfits.read(fresh[0].bookingId))
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
