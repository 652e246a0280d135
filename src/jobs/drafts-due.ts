import { type DraftDeps, pruneDrafts } from '../core/booking/draft.ts'
import type { Job } from './job.ts'

const BATCH = 500

/** Deletes the drafts that nobody has touched for as long as they are kept. */
export function draftsDue(core: DraftDeps): Job {
  return {
    name: 'drafts due',
    run: async (_now, stopping) => {
      let pruned = BATCH
      while (pruned === BATCH && !stopping.aborted) pruned = await pruneDrafts(core, BATCH)
    },
  }
}
