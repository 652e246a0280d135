import { createTask } from 'node-cron'
import type { Job, JobLog } from './job.ts'

export interface ScheduleDeps {
  /** In the order in which a tick runs them. */
  jobs: Job[]
  /** Business time. */
  now(): Date
  log: JobLog
}

export interface Schedule {
  /** Runs a tick at once, for what fell due while nobody looked, and one every minute from then on. */
  start(): void
  /** A tick now; during one, one more after it, however many ask. Resolves when it is over. Never rejects. */
  run(): Promise<void>
  /** Begins nothing more, and waits for what is on its way. */
  stop(): Promise<void>
}

/** The tick. What is due, and when, stands in the database: a tick that is missed or comes twice does no harm. */
export function createSchedule({ jobs, now, log }: ScheduleDeps): Schedule {
  const stopping = new AbortController()
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null

  async function tick() {
    const at = now()
    for (const job of jobs) {
      if (stopping.signal.aborted) return
      await job
        .run(at, stopping.signal)
        .catch((error: unknown) =>
          log.error({ err: error, job: job.name }, 'A job failed; the next tick runs it again'),
        )
    }
  }

  function run(): Promise<void> {
    if (running) {
      next ??= running.then(() => {
        next = null
        return run()
      })
      return next
    }
    running = tick().finally(() => {
      running = null
    })
    return running
  }

  // A machine that slept has missed a few: nothing to warn of.
  const everyMinute = createTask('* * * * *', run, { timezone: 'UTC', suppressMissedWarning: true })
  return {
    start: () => {
      void run()
      void everyMinute.start()
    },
    run,
    stop: async () => {
      stopping.abort()
      await everyMinute.destroy()
      await running
      await next
    },
  }
}
