import { followDirectory } from '../core/approval/follow-directory.ts'
import type { DirectoryChanges } from '../core/people/directory-changes.ts'
import type { Deps } from '../core/ports.ts'
import type { Job } from './job.ts'
import { type HowToSee, seeToAll } from './see-to-all.ts'

/** Brings bookings in line with the directory after an import that was killed before it could. */
export function directoryDue(core: Deps, changes: DirectoryChanges, how: HowToSee): Job {
  return {
    name: 'directory due',
    run: async (now, stopping) => {
      const claim = await changes.claim(now)
      if (!claim) return
      const ids = await changes.concernedBookings(now)
      const left = await seeToAll({
        ...how,
        stopping,
        claim: async (limit) => ids.splice(0, limit).map((id) => ({ id })),
        seeTo: async ({ id }) => void (await followDirectory(core, { bookingId: id })),
      })
      // Anything left is due again once the claim ends.
      if (left.length === 0 && ids.length === 0) await changes.settle(claim)
    },
  }
}
