import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Job } from '../../src/jobs/job.ts'
import { createSchedule, type Schedule } from '../../src/jobs/schedule.ts'

const NOW = new Date('2026-11-02T09:00:00Z')
const schedules: Schedule[] = []
afterEach(async () => {
  for (const schedule of schedules.splice(0)) await schedule.stop()
  vi.useRealTimers()
})

function aSchedule(jobs: Job[], errors: string[] = []) {
  const log = { error: (facts: object) => void errors.push((facts as { job: string }).job) }
  const schedule = createSchedule({ jobs, now: () => NOW, log })
  schedules.push(schedule)
  return schedule
}

/** A job that is busy until it is let go; says when it has begun. */
function busy(name = 'busy') {
  const waiting: (() => void)[] = []
  let begun = 0
  const job: Job = {
    name,
    run: async () => {
      begun += 1
      await new Promise<void>((resolve) => waiting.push(resolve))
    },
  }
  const letGo = async () => {
    waiting.shift()?.()
    // Whatever follows at once has begun by then.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { job, begun: () => begun, letGo }
}

describe('the schedule', () => {
  it('looks as soon as it starts, in the order of its jobs and at business time', async () => {
    const seen: string[] = []
    const named = (name: string): Job => ({
      name,
      run: async (now) => {
        await new Promise((resolve) => setImmediate(resolve))
        seen.push(`${name} ${now.toISOString()}`)
      },
    })
    const schedule = aSchedule([named('first'), named('second')])
    schedule.start()
    await schedule.stop()
    expect(seen).toEqual(['first 2026-11-02T09:00:00.000Z'])
    const another = aSchedule([named('first'), named('second')])
    seen.length = 0
    await another.run()
    expect(seen).toEqual(['first 2026-11-02T09:00:00.000Z', 'second 2026-11-02T09:00:00.000Z'])
  })

  it('looks every minute, on the minute, until it is stopped', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-02T09:00:30Z') })
    const at: string[] = []
    const schedule = aSchedule([
      { name: 'look', run: async () => void at.push(new Date().toISOString().slice(14, 19)) },
    ])
    schedule.start()
    await vi.advanceTimersByTimeAsync(150_000)
    await schedule.stop()
    await vi.advanceTimersByTimeAsync(150_000)
    expect(at).toEqual(['00:30', '01:00', '02:00', '03:00'])
  })

  it('goes on with the next job when one fails, and says which', async () => {
    const errors: string[] = []
    const { job, begun, letGo } = busy()
    const failing: Job = { name: 'failing', run: () => Promise.reject(new Error('no database')) }
    const over = aSchedule([failing, job], errors).run()
    await letGo()
    await letGo()
    await over
    expect([errors, begun()]).toEqual([['failing'], 1])
  })

  it('runs once more after a tick during which it was asked to, however many asked, and tells each when that is over', async () => {
    const { job, begun, letGo } = busy()
    const schedule = aSchedule([job])
    const order: string[] = []
    const first = schedule.run().then(() => order.push('first'))
    const second = schedule.run().then(() => order.push('second'))
    const third = schedule.run().then(() => order.push('third'))
    expect(begun()).toBe(1)
    await letGo()
    expect([begun(), order]).toEqual([2, ['first']])
    const fourth = schedule.run()
    await letGo()
    expect([begun(), order]).toEqual([3, ['first', 'second', 'third']])
    await letGo()
    await Promise.all([first, second, third, fourth])
    expect(begun()).toBe(3)
  })

  it('waits for what is on its way when it is stopped, and begins nothing more', async () => {
    const { job, begun, letGo } = busy()
    const after = busy('after')
    const schedule = aSchedule([job, after.job])
    void schedule.run()
    void schedule.run()
    let stopped = false
    const stop = schedule.stop().then(() => {
      stopped = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(stopped).toBe(false)
    await letGo()
    await stop
    expect([begun(), after.begun()]).toEqual([1, 0])
  })

  it('tells a job that is at work that it stops', async () => {
    let told = false
    const job: Job = {
      name: 'long',
      run: (_now, stopping) =>
        new Promise((resolve) => {
          stopping.addEventListener('abort', () => {
            told = true
            resolve()
          })
        }),
    }
    const schedule = aSchedule([job])
    schedule.start()
    await schedule.stop()
    expect(told).toBe(true)
  })
})
