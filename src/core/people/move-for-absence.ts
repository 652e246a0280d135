import { reaskStep } from '../approval/reask-step.ts'
import type { AbsenceDeps } from './absences.ts'

/**
 * Brings what waits to those who answer now that somebody went away, came back, or set so. Whoever does it again, or at the
 * same moment, finds it done. One booking that cannot be moved keeps none of the others; all of it is due again then.
 */
export async function moveForAbsence(deps: AbsenceDeps, { personId }: { personId: string }): Promise<void> {
  const { absences } = deps
  const claim = await absences.claim(personId)
  // What begins or ends while this is going on is due again at once.
  const now = deps.now()
  const failures: unknown[] = []
  for (const bookingId of await absences.concernedBookings(personId)) {
    await reaskStep(deps, { bookingId }).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not all that waits could be moved for an absence')
  if (claim) await absences.settle(personId, claim, now)
}
