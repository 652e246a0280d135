import { expect, it } from 'vitest'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import type { EndedBooking } from '../../src/core/notification/past-messages.ts'
import { pastDue } from '../../src/jobs/past-due.ts'
import { minutesAfter, NOW } from '../support/builders.ts'

/** Bookings that are over, as many as there are numbers. */
function pruning(bookings: number, stop = new AbortController(), stopsAt = Number.POSITIVE_INFINITY) {
  const asked: { endedBefore: Date; after: string | undefined }[] = []
  const messages = {
    prune: async (endedBefore: Date, after: EndedBooking | null, limit: number) => {
      asked.push({ endedBefore, after: after?.id })
      if (asked.length === stopsAt) stop.abort()
      const last = Math.min(Number(after?.id ?? 0) + limit, bookings)
      return last > Number(after?.id ?? 0) ? { endsAt: '', id: String(last) } : null
    },
  }
  const activities = { forget: async () => 0 }
  const job = pastDue({ deadlines: DEADLINES }, { messages, activities }, () => false)
  return { asked, tick: () => job.run(NOW, stop.signal) }
}

it('prunes what ended 90 days ago, batch after batch until none is left', async () => {
  const { asked, tick } = pruning(250)
  await tick()
  const endedBefore = minutesAfter(NOW, -90 * 24 * 60)
  expect(asked).toEqual([undefined, '100', '200', '250'].map((after) => ({ endedBefore, after })))
})

it('goes on with the next tick where there is much, and begins again at the end', async () => {
  const { asked, tick } = pruning(3000)
  await tick()
  expect(asked).toHaveLength(20)
  await tick()
  expect(asked.slice(20).map(({ after }) => after)).toEqual([
    ...Array.from({ length: 10 }, (_, batch) => String(2000 + 100 * batch)),
    '3000',
  ])
  await tick()
  expect(asked.at(31)?.after).toBeUndefined()
})

it('leaves the rest for later when the process stops', async () => {
  const { asked, tick } = pruning(3000, new AbortController(), 2)
  await tick()
  expect(asked).toHaveLength(2)
})
