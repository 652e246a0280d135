import { expect, it } from 'vitest'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import type { DraftDeps } from '../../src/core/booking/draft.ts'
import { draftsDue } from '../../src/jobs/drafts-due.ts'
import { minutesAfter, NOW } from '../support/builders.ts'

function pruning(counts: number[], stop?: AbortController) {
  const asked: Date[] = []
  const drafts: Partial<DraftDeps['drafts']> = {
    prune: async (touchedBefore, limit) => {
      asked.push(touchedBefore)
      stop?.abort()
      return Math.min(counts.shift() ?? 0, limit)
    },
  }
  const core = { now: () => NOW, deadlines: DEADLINES, drafts } as DraftDeps
  return { asked, run: () => draftsDue(core).run(NOW, (stop ?? new AbortController()).signal) }
}

it('deletes drafts that nobody has touched for 30 days, until none is left', async () => {
  const { asked, run } = pruning([9999, 9999, 3])
  await run()
  expect(asked).toEqual(Array.from({ length: 3 }, () => minutesAfter(NOW, -30 * 24 * 60)))
})

it('leaves the rest for later when the process stops', async () => {
  const { asked, run } = pruning([9999, 9999, 3], new AbortController())
  await run()
  expect(asked).toHaveLength(1)
})
