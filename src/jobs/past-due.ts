import { subDays } from 'date-fns/subDays'
import type { EndedBooking, PastMessages } from '../core/notification/past-messages.ts'
import type { Deps } from '../core/ports.ts'
import { giveWay } from './give-way.ts'
import type { Job } from './job.ts'

/** Bookings at a time, each with some twenty rows. */
const BATCH = 100
/** A tick has other things to do: what is left after a long time without pruning takes several. */
const MOST_BATCHES = 20
const MOST_ACTIVITIES = 5000

interface Past {
  messages: PastMessages
  activities: { forget(limit: number): Promise<number> }
}

/**
 * Deletes what nobody needs any more, so that what is read all day stays small. Goes through the bookings that are over in
 * the order of their end; what has to stay comes up in the next round.
 */
export function pastDue(
  { deadlines }: Pick<Deps, 'deadlines'>,
  { messages, activities }: Past,
  isAnswering: () => boolean,
): Job {
  let last: EndedBooking | null = null
  return {
    name: 'past due',
    run: async (now, stopping) => {
      await activities.forget(MOST_ACTIVITIES)
      for (let batch = 0; batch < MOST_BATCHES && !stopping.aborted; batch += 1) {
        await giveWay(isAnswering)
        last = await messages.prune(subDays(now, deadlines.messagesKeptDays), last, BATCH)
        if (!last) return
      }
    },
  }
}
