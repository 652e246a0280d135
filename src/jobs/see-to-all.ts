import { giveWay } from './give-way.ts'
import type { JobLog } from './job.ts'

/** How many are claimed in one go, and how many of them are seen to at once: most of the time is spent waiting for the disk. */
const BATCH = 50
const AT_ONCE = 5

export interface HowToSee {
  /** Whether anybody waits for an answer: they come first. */
  isAnswering(): boolean
  log: JobLog
}

interface SeeToAll<Due extends { id: string }> extends HowToSee {
  /** What is due, each for nobody else for a while; nothing where none is left. */
  claim(limit: number): Promise<Due[]>
  seeTo(due: Due): Promise<void>
  stopping: AbortSignal
}

/**
 * Claims what is due until nothing is left, and sees to some of it at a time. One that fails does not hold up the others.
 * Gives the ids of those that were claimed and not seen to.
 */
export async function seeToAll<Due extends { id: string }>({
  claim,
  seeTo,
  isAnswering,
  stopping,
  log,
}: SeeToAll<Due>): Promise<string[]> {
  const left: string[] = []

  async function attempt(due: Due): Promise<void> {
    await giveWay(isAnswering)
    try {
      if (stopping.aborted) left.push(due.id)
      else await seeTo(due)
    } catch (error) {
      left.push(due.id)
      log.error({ err: error, id: due.id }, 'Something that is due could not be seen to; a later tick tries again')
    }
  }

  async function untilNoneIsLeft(): Promise<void> {
    while (!stopping.aborted) {
      const claimed = await claim(BATCH)
      if (claimed.length === 0) return
      const waiting = claimed.values()
      const worker = async () => {
        for (const due of waiting) await attempt(due)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
    }
  }

  // Two, so that one works while the other claims.
  await Promise.all([untilNoneIsLeft(), untilNoneIsLeft()])
  return left
}
