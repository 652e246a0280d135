import type { AbsenceDeps } from '../core/people/absences.ts'
import { moveForAbsence } from '../core/people/move-for-absence.ts'
import type { Job } from './job.ts'
import { type HowToSee, seeToAll } from './see-to-all.ts'

/** Moves what waits for those who went away or came back. */
export function absencesDue(core: AbsenceDeps, how: HowToSee): Job {
  return {
    name: 'absences due',
    run: async (now, stopping) => {
      await seeToAll({
        ...how,
        stopping,
        claim: async (limit) => (await core.absences.claimDue(now, limit)).map((id) => ({ id })),
        seeTo: ({ id }) => moveForAbsence(core, { personId: id }),
      })
    },
  }
}
