import { z } from 'zod'
import { type BusinessClock, ClockRefusal } from '../business-clock.ts'
import type { ClockProblem, ClockState } from './page-api.ts'

const move = z
  .strictObject(
    {
      forwardMinutes: z.int('Say a whole number of minutes.').optional(),
      to: z.iso.datetime({ offset: true, error: 'Say a date and time such as 2026-11-30T09:00:00Z.' }).optional(),
    },
    { error: ({ code }) => (code === 'invalid_type' ? 'Say it as a JSON object.' : undefined) },
  )
  .refine(({ forwardMinutes, to }) => (forwardMinutes === undefined) !== (to === undefined), {
    error: 'Say either forwardMinutes or to.',
  })

/** What the clock shows, and how far it was moved. */
export function clockState(clock: BusinessClock): ClockState {
  return { now: clock.now().toISOString(), aheadMs: clock.ahead() }
}

/** Moves the clock as the body says; null when it did, else why not. */
export function moveClock(clock: BusinessClock, body: unknown): ClockProblem | null {
  const wanted = move.safeParse(body)
  if (!wanted.success) {
    const [issue] = wanted.error.issues
    return { field: issue?.path.join('.') || null, error: issue?.message ?? '' }
  }
  const { forwardMinutes = 0, to } = wanted.data
  try {
    if (to === undefined) clock.forward(forwardMinutes * 60_000)
    else clock.forwardTo(new Date(to))
  } catch (error) {
    if (!(error instanceof ClockRefusal)) throw error
    return { field: to === undefined ? 'forwardMinutes' : 'to', error: error.message }
  }
  return null
}
