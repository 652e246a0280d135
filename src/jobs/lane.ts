import { setTimeout as sleep } from 'node:timers/promises'
import { giveWay } from './give-way.ts'

/** How many attempts of one lane are on their way at once. */
const LANE_WIDTH = 10

/** A look waits so long for others that are asked for in the same moment: one statement looks for all. Milliseconds. */
const GATHER = 25

/** What is due on one channel, in the order in which it is claimed. */
export interface Lane {
  /** Looks now; rejects where nothing could be claimed. */
  run(): Promise<void>
  /** When it last looked and got an answer, by the clock it was given; null where the last look failed. */
  lookedAt(): number | null
  /** Claims nothing more, and waits for what is on its way. */
  stop(): Promise<void>
}

interface LaneDeps<Due> {
  claim(limit: number): Promise<Due[]>
  handle(due: Due): Promise<void>
  /** Whether anybody waits for an answer: they come first. */
  isAnswering(): boolean
  /** Milliseconds on a clock that only goes forward. */
  elapsed(): number
}

/** Claims as long as something is due and there is room; a run asked for during a claim follows it. */
export function createLane<Due>({ claim, handle, isAnswering, elapsed }: LaneDeps<Due>): Lane {
  const onTheirWay = new Set<Promise<void>>()
  let current = Promise.resolve()
  let claiming = false
  let again = false
  let moreMayWait = false
  let asked = 0
  let stopped = false
  let lookedAt: number | null = elapsed()

  async function claimAll() {
    claiming = true
    try {
      while (again && !stopped) {
        await sleep(GATHER)
        await giveWay(isAnswering)
        again = false
        const room = LANE_WIDTH - onTheirWay.size
        const due = room > 0 ? await claim(room) : []
        lookedAt = elapsed()
        moreMayWait = due.length === room
        const askedBefore = asked
        for (const one of due) {
          const attempt = handle(one).finally(() => {
            onTheirWay.delete(attempt)
            // A look costs a statement. It is needed where the last one did not take all there was, and where something came
            // during the attempt: it may have been about what was in hand, which nobody else could claim.
            if (moreMayWait || asked > askedBefore) void look().catch(() => {})
          })
          onTheirWay.add(attempt)
        }
      }
    } catch (error) {
      lookedAt = null
      throw error
    } finally {
      claiming = false
    }
  }

  function look(): Promise<void> {
    again = true
    if (!claiming) current = claimAll()
    return current
  }

  return {
    run: () => {
      asked += 1
      return look()
    },
    lookedAt: () => lookedAt,
    stop: async () => {
      stopped = true
      await current.catch(() => {})
      await Promise.all(onTheirWay)
    },
  }
}
